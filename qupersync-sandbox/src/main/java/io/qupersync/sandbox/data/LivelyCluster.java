package io.qupersync.sandbox.data;

import io.qupersync.sandbox.standin.Flavor;
import io.qupersync.sandbox.standin.RedshiftStandIn;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Fills a stand-in with a week in the life of a busy warehouse, and lets more hours pass.
///
/// The same seed, scale and time give the same data. At scale 1 there are some 120 tables, 4 nodes,
/// 4000 queries, 6000 scan rows, 700 alerts, 1500 connection events and 300 vacuum events; a higher
/// scale multiplies the logs. Not for use by several threads at once; others may read the stand-in
/// meanwhile and see each hour whole.
public final class LivelyCluster {
  private static final Duration RETENTION = Duration.ofDays(7);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int TABLES = 124;
  private static final int NODES = 4;

  private final RedshiftStandIn redshift;
  private final RandomValues randomValues;
  private final Timeline timeline = new Timeline();
  private final Tables tables;
  private final QueryLog queries;
  private final VacuumLog vacuums;
  private final boolean serverless;
  private Instant now;

  private LivelyCluster(RedshiftStandIn redshift, long seed, int scale, Instant now) {
    this.redshift = redshift;
    this.now = now;
    this.serverless = redshift.flavor() == Flavor.SERVERLESS;
    this.randomValues = new RandomValues(new Random(seed));
    this.tables = new Tables(randomValues);
    var idSequences = new IdSequences();
    this.queries = new QueryLog(randomValues, idSequences, timeline, tables, scale, serverless);
    this.vacuums = new VacuumLog(randomValues, idSequences, timeline, tables, scale);
  }

  /// Fills a stand-in that was just started, and turns its clock to the given time.
  public static LivelyCluster raise(
      RedshiftStandIn redshift, long seed, int scale, InstantSource clock) throws SQLException {
    if (scale < 1) {
      throw new IllegalArgumentException("scale must be at least 1, was " + scale);
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    var cluster = new LivelyCluster(redshift, seed, scale, now);
    cluster.liveThroughTheWeek(scale);
    return cluster;
  }

  /// The time in the cluster, which its own clock tells too.
  public Instant now() {
    return now;
  }

  /// An hour passes: running queries and vacuums end, others begin, slices log what was missing,
  /// tables grow, appear, change and vanish, and what is older than a week is forgotten.
  public void tick() throws SQLException {
    now = now.plus(HOUR);
    try (Connection admin = redshift.adminConnection()) {
      admin.setAutoCommit(false);
      tables.live(admin, now);
      live(now.minus(HOUR));
      queries.inFlight(now);
      vacuums.inFlight(now);
      show(admin);
      forget(admin);
      admin.commit();
    }
    redshift.turnClockTo(now);
  }

  private void liveThroughTheWeek(int scale) throws SQLException {
    try (Connection admin = redshift.adminConnection()) {
      admin.setAutoCommit(false);
      // tables are no log: ten times the traffic does not need ten times as many
      tables.raise(admin, (int) (TABLES * Math.sqrt(scale)), now.minus(RETENTION));
      for (Instant hour = now.minus(RETENTION); hour.isBefore(now); hour = hour.plus(HOUR)) {
        live(hour);
      }
      queries.inFlight(now);
      vacuums.inFlight(now);
      raiseNodes(admin);
      show(admin);
      admin.commit();
    }
    redshift.turnClockTo(now);
  }

  private void live(Instant hour) {
    queries.hour(hour);
    vacuums.hour(hour);
    if (serverless) {
      for (int minute = 0; minute < 60; minute++) {
        double capacity = randomValues.chance(0.6) ? 8.0 * randomValues.between(1, 4) : 0;
        timeline.begin(
            new UsageMinute(
                hour.plusSeconds(60L * minute), capacity, 380_000 + randomValues.between(0, 900)));
      }
    }
  }

  private void show(Connection admin) throws SQLException {
    Timeline.Changes changes = timeline.until(now);
    for (var stale : changes.stale().entrySet()) {
      Copy.remove(admin, stale.getKey(), stale.getValue());
    }
    for (var lines : changes.lines().entrySet()) {
      if (!serverless || !lines.getKey().onlyProvisioned()) {
        Copy.into(admin, lines.getKey(), lines.getValue());
      }
    }
    if (!serverless) {
      showNodes(admin);
    }
  }

  private void raiseNodes(Connection admin) throws SQLException {
    var slices = new ArrayList<CopyLine>();
    for (int slice = 0; slice < ScanLog.SLICES && !serverless; slice++) {
      slices.add(CopyLine.of(slice * NODES / ScanLog.SLICES, slice, slice % 2, "D"));
    }
    Copy.into(admin, SystemView.SLICES, slices);
  }

  private void showNodes(Connection admin) throws SQLException {
    long megabytes = tables.all().stream().mapToLong(ClusterTable::megabytes).sum();
    var nodes = new ArrayList<CopyLine>();
    for (int node = 0; node < NODES; node++) {
      // capacity is the whole cluster's quota, on every row: so it is on RA3
      nodes.add(CopyLine.of(node, megabytes / NODES + 190_000 + 37L * node, 512_000_000));
    }
    try (Statement statement = admin.createStatement()) {
      statement.execute("delete from " + SystemView.NODES.name());
    }
    Copy.into(admin, SystemView.NODES, nodes);
  }

  private void forget(Connection admin) throws SQLException {
    String limit = LocalDateTime.ofInstant(now.minus(RETENTION), ZoneOffset.UTC).toString();
    List<SystemView> logs = new ArrayList<>(SystemView.LOGS);
    if (serverless) {
      logs.add(SystemView.SERVERLESS_USAGE);
    }
    for (SystemView log : logs) {
      Copy.forget(admin, log, limit);
    }
  }
}
