package io.qupersync.sandbox.data;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A vacuum of one table.
///
/// @param automatic run by the cluster itself, as user 1 and without a query
record ClusterVacuum(
    long transaction,
    long query,
    ClusterTable table,
    String type,
    boolean automatic,
    Instant start,
    Instant end,
    long rowsBefore,
    long ghosts,
    int megabytes)
    implements ChangingRow {

  @Override
  public SystemView view() {
    return SystemView.VACUUMS;
  }

  @Override
  public String key() {
    return Long.toString(transaction);
  }

  @Override
  public Instant begins() {
    return start;
  }

  @Override
  public Instant settles() {
    return end;
  }

  @Override
  public List<CopyLine> linesAt(Instant now) {
    boolean done = !now.isBefore(end);
    long micros = Duration.between(start, end).toNanos() / 1000;
    return List.of(
        CopyLine.of(
            userId(),
            transaction,
            automatic ? null : query,
            ClusterSession.DATABASE,
            table.schema(),
            table.name(),
            table.id(),
            type,
            automatic,
            done ? "Complete" : type.equals("Delete") ? "Delete" : "Sort",
            start,
            done ? end : null,
            done ? end.plus(RandomValues.micros(110_783)) : start.plusSeconds(2),
            // an integer of microseconds by its documentation: 35 minutes and no more
            done ? Math.min(micros, Integer.MAX_VALUE) : null,
            rowsBefore,
            megabytes,
            ghosts,
            done ? ghosts : 0,
            done ? ghosts / 30_000 : 0,
            (int) Math.min(rowsBefore * 9 / 10, Integer.MAX_VALUE),
            done ? (int) Math.min(rowsBefore / 10, Integer.MAX_VALUE) : 0));
  }

  /// The events of stl_vacuum. Those of the background begin like this and never end.
  void logEvents(Timeline timeline) {
    if (automatic) {
      event(timeline, start, "[VacuumBG] Started Delete Only", rowsBefore, ghosts);
    } else {
      event(
          timeline,
          start,
          type.equals("Delete") ? "Started Delete Only" : "Started",
          rowsBefore,
          ghosts);
      event(timeline, end, "Finished", rowsBefore - ghosts, 0);
    }
  }

  private void event(Timeline timeline, Instant time, String status, long rows, long reclaimable) {
    timeline.at(
        time,
        SystemView.VACUUM_EVENTS,
        CopyLine.of(
            userId(),
            transaction,
            table.id(),
            status,
            rows,
            (int) Math.min(rows, Integer.MAX_VALUE),
            megabytes,
            automatic ? 0 : 64,
            time,
            reclaimable,
            reclaimable / 30_000,
            transaction - 41,
            type.equals("Recluster") ? 1 : 0));
  }

  private int userId() {
    return automatic ? 1 : 101;
  }
}
