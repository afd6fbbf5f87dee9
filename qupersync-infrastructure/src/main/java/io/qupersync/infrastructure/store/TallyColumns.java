package io.qupersync.infrastructure.store;

import io.qupersync.domain.run.RunTally;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/// The counters of `sync_logs`, in one order everywhere.
final class TallyColumns {

  static final List<String> NAMES =
      List.of(
          "rows_extracted",
          "rows_inserted",
          "rows_updated",
          "rows_unchanged",
          "rows_deleted",
          "rows_skipped",
          "rows_duplicate");

  private TallyColumns() {}

  /// One assignment for each column, `%s` standing for its name.
  static String assign(String pattern) {
    return NAMES.stream()
        .map(name -> name + " = " + pattern.replace("%s", name))
        .collect(Collectors.joining(", "));
  }

  /// @return the index of the parameter after them
  static int set(PreparedStatement statement, int from, RunTally tally) throws SQLException {
    Long[] counts = counts(tally);
    for (int i = 0; i < counts.length; i++) {
      statement.setLong(from + i, counts[i]);
    }
    return from + counts.length;
  }

  static RunTally get(ResultSet row) throws SQLException {
    Long[] counts = new Long[NAMES.size()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = row.getLong(NAMES.get(i));
    }
    return tally(counts);
  }

  static Long[] counts(RunTally tally) {
    return new Long[] {
      tally.extracted(),
      tally.inserted(),
      tally.updated(),
      tally.unchanged(),
      tally.deleted(),
      tally.skipped(),
      tally.duplicates()
    };
  }

  static RunTally tally(Long[] counts) {
    return new RunTally(
        counts[0], counts[1], counts[2], counts[3], counts[4], counts[5], counts[6]);
  }
}
