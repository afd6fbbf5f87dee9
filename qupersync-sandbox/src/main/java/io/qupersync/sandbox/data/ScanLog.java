package io.qupersync.sandbox.data;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How the cluster's slices scanned tables, and what alarmed them. Rows arrive slice by slice.
final class ScanLog {
  /// Four nodes with two slices each.
  static final int SLICES = 8;

  private static final int LEADER = 10_000;

  private final RandomValues randomValues;
  private final Timeline timeline;

  ScanLog(RandomValues randomValues, Timeline timeline) {
    this.randomValues = randomValues;
    this.timeline = timeline;
  }

  /// @param child the number of the query in the legacy views
  void log(ClusterQuery query, int child, ClusterTable table) {
    Optional<Alert> alert =
        randomValues.chance(0.15)
            ? Optional.of(Alert.thrown(randomValues, table))
            : Optional.empty();
    boolean selective = alert.isPresent() && alert.get().category().startsWith("Very selective");
    long scanned = Math.max(1, table.rows());
    long kept = selective ? scanned / 100_000 + 1 : scanned / randomValues.between(2, 20) + 1;
    timeline.begin(
        new QueryWork(
            query, table, scanned, kept, alert.map(found -> found.event(0)).orElse(null)));
    Duration length = Duration.between(query.executes(), query.settles());
    for (int slice = 0; slice < SLICES; slice++) {
      Duration took = length.multipliedBy(randomValues.between(50, 100)).dividedBy(100);
      Instant end = query.executes().plus(took);
      scan(query, table, child, slice, end, scanned / SLICES, kept / SLICES);
      // an alert is logged when its slice is done, and dated to the start of the query
      int number = slice;
      alert.ifPresent(found -> found.log(timeline, query, child, number, end));
    }
    if (randomValues.chance(0.1)) {
      leaderScan(query, child);
    }
  }

  private void scan(
      ClusterQuery query,
      ClusterTable table,
      int child,
      int slice,
      Instant end,
      long scanned,
      long kept) {
    timeline.at(
        end,
        SystemView.SCANS,
        CopyLine.of(
            query.session().userId(),
            child,
            slice,
            0,
            0,
            query.executes().plus(RandomValues.micros(slice * 117L)),
            end,
            40 + slice,
            kept,
            kept * 48,
            0,
            2,
            table.id(),
            query.id() % 3 == 0 ? "t" : "f",
            "f",
            scanned + table.ghosts() / SLICES,
            scanned,
            table.name(),
            "f",
            query.id() % 5 == 0 ? "t" : "f"));
  }

  /// Of type 1, which scans no table: whoever wants user tables must filter.
  private void leaderScan(ClusterQuery query, int child) {
    timeline.at(
        query.settles(),
        SystemView.SCANS,
        CopyLine.of(
            query.session().userId(),
            child,
            LEADER,
            2,
            0,
            query.settles().minusMillis(1),
            query.settles(),
            40,
            12,
            540,
            0,
            1,
            0,
            "f",
            "f",
            0,
            0,
            "Internal Worktable",
            "f",
            "f"));
  }
}
