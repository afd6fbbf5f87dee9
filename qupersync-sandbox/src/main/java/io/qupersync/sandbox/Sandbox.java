package io.qupersync.sandbox;

import io.qupersync.sandbox.data.LivelyCluster;
import io.qupersync.sandbox.server.EmbeddedServer;
import io.qupersync.sandbox.server.ServerSettings;
import io.qupersync.sandbox.standin.RedshiftStandIn;
import io.qupersync.sandbox.standin.StandInSettings;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// All that a trial needs: a stand-in for Redshift with the data of a lively cluster, and an empty
/// PostgreSQL. Not for use by several threads at once.
public final class Sandbox implements AutoCloseable {

  private static final long SEED = 20_260_302;

  private final RedshiftStandIn source;
  private final EmbeddedServer target;
  private final LivelyCluster cluster;

  private Sandbox(RedshiftStandIn source, EmbeddedServer target, LivelyCluster cluster) {
    this.source = source;
    this.target = target;
    this.cluster = cluster;
  }

  /// @param scale how many times the usual amount of data, 1 or more
  /// @param clock the present of the cluster's week
  /// @throws IllegalStateException when a server does not start; nothing is left running then
  public static Sandbox start(int scale, InstantSource clock) {
    try {
      RedshiftStandIn source = RedshiftStandIn.start(StandInSettings.defaults());
      try {
        EmbeddedServer target = EmbeddedServer.start(ServerSettings.fast().database("quper"));
        return new Sandbox(source, target, LivelyCluster.raise(source, SEED, scale, clock));
      } catch (SQLException | RuntimeException failure) {
        source.close();
        throw failure;
      }
    } catch (SQLException failure) {
      throw new IllegalStateException(
          "the sandbox does not start: " + failure.getMessage(), failure);
    }
  }

  /// An hour passes at the source.
  public void tick() {
    try {
      cluster.tick();
    } catch (SQLException failure) {
      throw new IllegalStateException(
          "the cluster does not tick: " + failure.getMessage(), failure);
    }
  }

  /// What a user would export to point QuperSync here.
  public Map<String, String> environment() {
    var variables = new LinkedHashMap<String, String>();
    variables.put("REDSHIFT_HOST", source.host());
    variables.put("REDSHIFT_PORT", Integer.toString(source.port()));
    variables.put("REDSHIFT_DB", source.database());
    variables.put("REDSHIFT_USER", source.user());
    variables.put("REDSHIFT_PASSWORD", source.password());
    variables.put("POSTGRES_HOST", target.host());
    variables.put("POSTGRES_PORT", Integer.toString(target.port()));
    variables.put("POSTGRES_DB", target.database());
    variables.put("POSTGRES_USER", target.user());
    variables.put("POSTGRES_PASSWORD", target.password());
    return variables;
  }

  @Override
  public void close() {
    target.close();
    source.close();
  }
}
