package io.qupersync.infrastructure.postgres;

import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.row.RejectedRow;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.table.CellText;
import io.qupersync.infrastructure.jdbc.SqlFailures;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// What PostgreSQL says when it refuses rows for what is in them. Anything else it says, a lost
/// connection first of all, is no fault of a row.
///
/// @param column the column at fault, where PostgreSQL names it
/// @param said what it said
/// @param rowsBefore how many rows of the part had nothing wrong with them as far as their types
///   go, before the one at fault; never zero
/// @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">SQLSTATE</a>
record DataRefusal(Optional<String> column, SQLException said, Optional<Integer> rowsBefore) {

  // 22: data exception, 23: integrity constraint violation
  private static final Set<String> CLASSES = Set.of("22", "23");

  private static final Set<String> STATES =
      Set.of(
          "21000", // a key twice in one statement, as citext keys can be; splitting cures it
          "44000", // a view's check option
          "54000", // an index row too large
          "54001", // json nested too deep
          "P0001"); // raised by a trigger

  private static final Set<String> MISSING =
      Set.of("3F000", "42501", "42703", "42704", "42883", "42P01", "42P02");

  // "COPY qupersync_stage, line 3, column id: "…"", or null when the server speaks another language
  private static final Pattern COPY_COLUMN =
      Pattern.compile("COPY \\w+, line \\d+, column (.+?)(:|$)");

  private static final Pattern COPY_LINE = Pattern.compile("COPY \\w+, line (\\d{1,9})");

  static boolean is(SQLException failure) {
    String state = Optional.ofNullable(failure.getSQLState()).orElse("");
    return isOfRowPolicy(failure, state)
        || STATES.contains(state)
        || (state.length() == 5 && CLASSES.contains(state.substring(0, 2)))
        || isOfACell(failure);
  }

  /// Functions that read the text of a value give whatever class they like: `tsquery` a syntax
  /// error, `regclass` a missing table.
  private static boolean isOfACell(SQLException failure) {
    return SqlFailures.isRefusal(failure)
        && where(failure).flatMap(DataRefusal::copyColumn).isPresent();
  }

  /// Whether a row may be at fault, or the statement: constraints, triggers and computed columns
  /// read values, too.
  static boolean mayBe(SQLException failure) {
    return is(failure) || SqlFailures.isRefusal(failure);
  }

  /// Whether it would be said of any row, if the statement is at fault and not the row: something
  /// that it needs is not there, or not for us.
  static boolean isOfMissing(SQLException failure) {
    return !is(failure) && MISSING.contains(Optional.ofNullable(failure.getSQLState()).orElse(""));
  }

  /// Row-level security refuses a row under the state of a missing privilege; only the place in the
  /// server tells the two apart, in every language.
  private static boolean isOfRowPolicy(SQLException failure, String state) {
    return state.equals("42501")
        && failure instanceof PSQLException psql
        && Optional.ofNullable(psql.getServerErrorMessage())
            .map(ServerErrorMessage::getRoutine)
            .filter("ExecWithCheckOptions"::equals)
            .isPresent();
  }

  static DataRefusal of(SQLException failure) {
    return failure instanceof AlteredValue bent
        ? new DataRefusal(
            Optional.of(bent.column()),
            bent,
            Optional.of(bent.rowsBefore()).filter(rows -> rows > 0))
        : new DataRefusal(
            column(failure),
            failure,
            copyLine(failure).map(line -> line - 1).filter(rows -> rows > 0));
  }

  private static Optional<Integer> copyLine(SQLException failure) {
    return where(failure)
        .map(COPY_LINE::matcher)
        .filter(Matcher::find)
        .map(context -> Integer.parseInt(context.group(1)));
  }

  private static Optional<String> where(SQLException failure) {
    return failure instanceof PSQLException psql
        ? Optional.ofNullable(psql.getServerErrorMessage()).map(ServerErrorMessage::getWhere)
        : Optional.empty();
  }

  private static Optional<String> column(SQLException failure) {
    if (!(failure instanceof PSQLException psql)) {
      return Optional.empty();
    }
    Optional<ServerErrorMessage> said = Optional.ofNullable(psql.getServerErrorMessage());
    return said.map(ServerErrorMessage::getColumn)
        .or(() -> where(failure).flatMap(DataRefusal::copyColumn));
  }

  private static Optional<String> copyColumn(String where) {
    Matcher context = COPY_COLUMN.matcher(where);
    return context.find() ? Optional.of(context.group(1)) : Optional.empty();
  }

  private String reason(Row origin, Row row) {
    if (said instanceof AlteredValue) {
      return "PostgreSQL would keep another value: " + said.getMessage();
    }
    return "PostgreSQL says: %s (SQLSTATE %s)"
        .formatted(SqlFailures.reason(said, texts(origin, row)), said.getSQLState());
  }

  private static List<String> texts(Row... rows) {
    return Stream.of(rows)
        .flatMap(row -> IntStream.range(0, row.size()).mapToObj(row::cell))
        .filter(Objects::nonNull)
        .map(CellText::of)
        .toList();
  }

  /// Whether another row may be what stands in the way: one that this one refers to, or one that
  /// has the value which must be unique.
  boolean isForOthers() {
    return "23503".equals(said.getSQLState()) || "23505".equals(said.getSQLState());
  }

  RejectedRow rejecting(Row origin, Row row, TableMapping mapping) {
    return new RejectedRow(origin, column, reason(origin, row), Optional.of(mapping.keyOf(row)));
  }
}
