package io.qupersync.sandbox.data;

import java.time.Instant;
import java.util.List;

/// Something the cluster thinks could be done better.
///
/// @param category what stands before the colon of the event
/// @param detail what comes after it; `%d` differs from slice to slice
/// @param everywhere whether each slice raises it, or the planner alone
record Alert(String category, String detail, String solution, boolean everywhere) {
  private static final Alert SELECTIVE =
      new Alert(
          "Very selective query filter",
          "ratio=rows(%d)/rows_pre_user_filter(91340012)=0.000009",
          "Review the choice of sort key to enable range restricted scans, or run the VACUUM command"
              + " to ensure the table is sorted",
          true);
  private static final Alert DELETED =
      new Alert(
          "Scanned a large number of deleted rows",
          "%d deleted rows out of 91699686",
          "Run the VACUUM command to reclaim deleted space",
          true);
  private static final List<Alert> OTHERS =
      List.of(
          new Alert("Missing query planner statistics", "%d", "Run the ANALYZE command", false),
          new Alert(
              "Nested Loop Join in the query plan",
              "%d",
              "Review the join predicates to avoid Cartesian products",
              false),
          new Alert(
              "Distributed a large number of rows across the network",
              "%d rows were distributed in order to process the aggregation",
              "Review the choice of distribution key to collocate the join or aggregation",
              true),
          SELECTIVE,
          SELECTIVE);

  static Alert thrown(RandomValues randomValues, ClusterTable table) {
    return table.ghosts() > table.rows() / 10 ? DELETED : randomValues.oneOf(OTHERS);
  }

  String event(int slice) {
    return category + ":" + detail.formatted(812 + 17 * slice);
  }

  void log(Timeline timeline, ClusterQuery query, int child, int slice, Instant appears) {
    if (!everywhere && slice > 0) {
      return;
    }
    timeline.at(appears, SystemView.ALERTS, line(query, child, slice));
    // one step of one slice may complain of two things: the text is all that tells the rows apart
    if (equals(SELECTIVE) && slice == 0) {
      timeline.at(appears, SystemView.ALERTS, DELETED.line(query, child, slice));
    }
  }

  private CopyLine line(ClusterQuery query, int child, int slice) {
    return CopyLine.of(
        query.session().userId(),
        child,
        slice,
        0,
        0,
        30_000 + child % 1000,
        query.transaction(),
        event(slice),
        solution,
        query.start());
  }
}
