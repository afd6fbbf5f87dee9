package io.qupersync.infrastructure.jdbc;

import java.sql.SQLException;

/// Stands in a chain of causes for what a driver threw, whose text may quote values of rows. Its
/// state and its stack are the same.
final class QuietSqlException extends SQLException {

  private static final long serialVersionUID = 1L;

  private final SQLException loud;

  private QuietSqlException(SQLException loud, String message) {
    super(message, loud.getSQLState(), loud.getErrorCode());
    this.loud = loud;
    setStackTrace(loud.getStackTrace());
  }

  /// What the driver threw, to look for signs in it, and not to be shown.
  SQLException loud() {
    return loud;
  }

  /// The failure itself where all of its text, and that of what hangs on it, may be seen.
  static SQLException of(SQLException failure) {
    return isQuiet(failure)
        ? failure
        : new QuietSqlException(
            failure,
            "%s: %s".formatted(failure.getClass().getSimpleName(), SqlFailures.reason(failure)));
  }

  private static boolean isQuiet(SQLException failure) {
    return SqlFailures.chain(failure).stream().noneMatch(SafeMessages::mayQuoteValues);
  }
}
