package io.qupersync.sandbox;

import io.qupersync.sandbox.data.LivelyCluster;
import io.qupersync.sandbox.data.Orders;
import io.qupersync.sandbox.server.EmbeddedServer;
import io.qupersync.sandbox.server.ServerSettings;
import io.qupersync.sandbox.standin.Flavor;
import io.qupersync.sandbox.standin.RedshiftStandIn;
import io.qupersync.sandbox.standin.StandInSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/// All that a trial needs: a stand-in for Redshift with the data of a lively cluster, and an empty
/// PostgreSQL. Not for use by several threads at once.
///
/// As a program it starts them, prints what to export, and stays until Ctrl-C. Its arguments, all
/// optional: `serverless`, `--scale N`, `--orders N` for a table public.orders of N rows.
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
    return start(StandInSettings.defaults(), scale, clock);
  }

  /// As above, with a stand-in of one's own choice.
  public static Sandbox start(StandInSettings settings, int scale, InstantSource clock) {
    try {
      RedshiftStandIn source = RedshiftStandIn.start(settings);
      try {
        // raised before the target starts: one thing less to stop when it fails
        LivelyCluster cluster = LivelyCluster.raise(source, SEED, scale, clock);
        EmbeddedServer target = EmbeddedServer.start(ServerSettings.fast().database("quper"));
        return new Sandbox(source, target, cluster);
      } catch (SQLException | RuntimeException failure) {
        source.close();
        throw failure;
      }
    } catch (SQLException failure) {
      throw new IllegalStateException(
          "the sandbox does not start: " + failure.getMessage(), failure);
    }
  }

  static void main(String[] args) throws SQLException, InterruptedException {
    List<String> asked = List.of(args);
    Flavor flavor = asked.contains("serverless") ? Flavor.SERVERLESS : Flavor.PROVISIONED;
    StandInSettings settings = StandInSettings.defaults().flavor(flavor);
    int scale = number(asked, "--scale", 1);
    try (Sandbox sandbox = start(settings, scale, InstantSource.system())) {
      try (Connection admin = sandbox.source.adminConnection()) {
        Orders.create(admin, "public.orders", number(asked, "--orders", 10_000));
      }
      sandbox
          .environment()
          .forEach((name, value) -> System.out.println("export " + name + "=" + value));
      new CountDownLatch(1).await();
    }
  }

  private static int number(List<String> asked, String option, int otherwise) {
    int at = asked.indexOf(option);
    return at >= 0 && at + 1 < asked.size() ? Integer.parseInt(asked.get(at + 1)) : otherwise;
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

  /// When a signal ends the JVM, both databases stay until nobody uses them.
  ///
  /// @param gone zero when nobody does
  public void atExitWaitFor(CountDownLatch gone) {
    source.server().atExitWaitFor(gone);
    target.atExitWaitFor(gone);
  }

  @Override
  public void close() {
    target.close();
    source.close();
  }
}
