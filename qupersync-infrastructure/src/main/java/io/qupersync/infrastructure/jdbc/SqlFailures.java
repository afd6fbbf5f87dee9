package io.qupersync.infrastructure.jdbc;

import io.qupersync.application.port.PermanentFailure;
import io.qupersync.application.port.SyncFailure;
import io.qupersync.application.port.TransientFailure;
import io.qupersync.domain.run.FailureKind;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/// Turns what the drivers of one database throw into failures that the application understands:
/// whether the next try may succeed, whose fault it is, and one line for the user.
public final class SqlFailures {

  private final Endpoint endpoint;

  private final Predicate<String> ownTables;

  public SqlFailures(Endpoint endpoint) {
    this(endpoint, _ -> false);
  }

  /// @param ownTables whether a server's words about something that is not there name a table of
  ///   QuperSync's own
  public SqlFailures(Endpoint endpoint, Predicate<String> ownTables) {
    this.endpoint = endpoint;
    this.ownTables = ownTables;
  }

  public Endpoint endpoint() {
    return endpoint;
  }

  /// @param step what was being done, in words that follow "cannot": `read job 'orders'`
  public SyncFailure of(String step, SQLException failure) {
    if (Thread.currentThread().isInterrupted()) {
      // an interrupt closes the socket, which then looks like a lost connection
      return new TransientFailure(
          FailureKind.UNREACHABLE,
          "cannot %s: it was interrupted".formatted(step),
          QuietSqlException.of(failure));
    }
    ClassifiedError classifiedError = telling(failure);
    SqlErrorKind sqlErrorKind = classifiedError.trouble();
    SQLException cause = QuietSqlException.of(failure);
    String said = String.valueOf(classifiedError.by().getMessage());
    String message =
        "cannot %s: %s; %s"
            .formatted(
                step,
                SqlErrorAdvice.what(sqlErrorKind, endpoint, reason(classifiedError.by())),
                SqlErrorAdvice.todo(sqlErrorKind, endpoint, said, ownTables.test(said)));
    return sqlErrorKind.passes()
        ? new TransientFailure(sqlErrorKind.kind(endpoint), message, cause)
        : new PermanentFailure(sqlErrorKind.kind(endpoint), message, cause);
  }

  /// Whether the next try may succeed.
  public static boolean passes(SQLException failure) {
    return telling(failure).trouble().passes();
  }

  /// The whole text of what a driver threw, to look for signs in it. It may quote values of rows,
  /// and must not be shown.
  public static String unredacted(SQLException failure) {
    return String.valueOf(
        failure instanceof QuietSqlException quiet
            ? quiet.loud().getMessage()
            : failure.getMessage());
  }

  /// What the server or the driver says, in one line without any value of a row.
  public static String reason(Throwable failure) {
    return SafeMessages.of(failure);
  }

  /// What the server says of one row, without anything that is in it.
  ///
  /// @param values of the row, as texts
  public static String reason(SQLException failure, Collection<String> values) {
    return SafeMessages.of(failure, values);
  }

  /// Whether the server refuses a statement as it stands: not for who asks or when, and with no
  /// word on whether the statement is wrong or a value in it.
  public static boolean isRefusal(SQLException failure) {
    boolean isOfServer =
        failure instanceof PSQLException psql && psql.getServerErrorMessage() != null;
    boolean isBroken = Set.of("XX001", "XX002").contains(String.valueOf(failure.getSQLState()));
    return isOfServer
        && !isBroken
        && switch (telling(failure).trouble()) {
          case REFUSAL, NO_PRIVILEGE, NO_TABLE, NO_SCHEMA -> true;
          default -> false;
        };
  }

  private record ClassifiedError(SqlErrorKind trouble, Throwable by) {}

  private static ClassifiedError telling(SQLException failure) {
    return chain(failure).stream()
        // what was refused of a batch tells more than that something was
        .sorted(Comparator.comparing(each -> each instanceof BatchUpdateException))
        .flatMap(each ->
            SqlErrorKind.of(each)
                .map(sqlErrorKind -> new ClassifiedError(sqlErrorKind, each))
                .stream())
        .min(Comparator.comparing(ClassifiedError::trouble))
        .orElseGet(() -> new ClassifiedError(SqlErrorKind.REFUSAL, failure));
  }

  /// All that hangs together, in the order it was linked: of several that tell as much, the first
  /// is named.
  static List<Throwable> chain(SQLException failure) {
    var chain = new ArrayList<Throwable>();
    collect(failure, chain, Collections.newSetFromMap(new IdentityHashMap<>()));
    return chain;
  }

  /// Causes and chained errors, which may lead back to where they began.
  private static void collect(
      @Nullable Throwable failure, List<Throwable> chain, Set<Throwable> seen) {
    if (failure == null || !seen.add(failure)) {
      return;
    }
    chain.add(failure);
    if (failure instanceof SQLException sql) {
      collect(sql.getNextException(), chain, seen);
    }
    collect(failure.getCause(), chain, seen);
  }
}
