package io.qupersync.sandbox.data;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Vacuums, by people and by the cluster itself.
final class VacuumLog {
  private static final Duration HOUR = Duration.ofHours(1);

  private final Dice dice;
  private final Ids ids;
  private final Timeline timeline;
  private final Tables tables;
  private final int scale;

  VacuumLog(Dice dice, Ids ids, Timeline timeline, Tables tables, int scale) {
    this.dice = dice;
    this.ids = ids;
    this.timeline = timeline;
    this.tables = tables;
    this.scale = scale;
  }

  void hour(Instant from) {
    for (int i = dice.about(1.0 * scale); i > 0; i--) {
      vacuum(dice.within(from, HOUR), dice.skewed(Duration.ofMinutes(6)));
    }
    for (int i = dice.about(0.1 * scale); i > 0; i--) {
      skip(dice.within(from, HOUR));
    }
  }

  /// One that takes long enough to be seen at work.
  void inFlight(Instant now) {
    vacuum(now.minusSeconds(dice.between(10, 300)), Duration.ofMinutes(dice.between(20, 90)));
  }

  private void vacuum(Instant start, Duration length) {
    ClusterTable table = tables.any();
    boolean automatic = dice.chance(0.3);
    var vacuum =
        new ClusterVacuum(
            ids.nextTransaction(),
            ids.nextQuery(),
            table,
            automatic
                ? "Delete"
                : dice.oneOf(List.of("Full", "Full", "Delete", "Sort", "Recluster")),
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
    long transaction = ids.nextTransaction();
    timeline.at(
        time,
        View.VACUUM_EVENTS,
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
