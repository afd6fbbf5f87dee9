package io.qupersync.sandbox.data;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Vacuums, by people and by the cluster itself.
final class VacuumLog {
  private static final Duration HOUR = Duration.ofHours(1);

  private final RandomValues randomValues;
  private final IdSequences idSequences;
  private final Timeline timeline;
  private final Tables tables;
  private final int scale;

  VacuumLog(
      RandomValues randomValues,
      IdSequences idSequences,
      Timeline timeline,
      Tables tables,
      int scale) {
    this.randomValues = randomValues;
    this.idSequences = idSequences;
    this.timeline = timeline;
    this.tables = tables;
    this.scale = scale;
  }

  void hour(Instant from) {
    for (int i = randomValues.about(1.0 * scale); i > 0; i--) {
      vacuum(randomValues.within(from, HOUR), randomValues.skewed(Duration.ofMinutes(6)));
    }
    for (int i = randomValues.about(0.1 * scale); i > 0; i--) {
      skip(randomValues.within(from, HOUR));
    }
  }

  /// One that takes long enough to be seen at work.
  void inFlight(Instant now) {
    vacuum(
        now.minusSeconds(randomValues.between(10, 300)),
        Duration.ofMinutes(randomValues.between(20, 90)));
  }

  private void vacuum(Instant start, Duration length) {
    ClusterTable table = tables.any();
    boolean automatic = randomValues.chance(0.3);
    var vacuum =
        new ClusterVacuum(
            idSequences.nextTransaction(),
            idSequences.nextQuery(),
            table,
            automatic
                ? "Delete"
                : randomValues.oneOf(List.of("Full", "Full", "Delete", "Sort", "Recluster")),
            automatic,
            start,
            start.plus(length),
            table.rows(),
            table.ghosts(),
            (int) table.megabytes());
    timeline.begin(vacuum);
    vacuum.logEvents(timeline);
    table.vacuumed();
  }

  /// A lone row, spelled as AWS's own sample spells it.
  private void skip(Instant time) {
    ClusterTable table = tables.any();
    long transaction = idSequences.nextTransaction();
    timeline.at(
        time,
        SystemView.VACUUM_EVENTS,
        CopyLine.of(
            101,
            transaction,
            table.id(),
            "Skipped(sorted>=95%)",
            table.rows(),
            (int) Math.min(table.rows(), Integer.MAX_VALUE),
            table.megabytes(),
            0,
            time,
            0,
            0,
            transaction - 41,
            0));
  }
}
