package io.qupersync.infrastructure.jdbc;

import java.sql.SQLException;

/// Stands in a chain of causes for what a driver threw, whose text may quote values of rows. Its
/// state and its stack are the same.
final class QuietSqlException extends SQLException {

  private static final long serialVersionUID = 1L;

  private QuietSqlException(SQLException loud, String message) {
    super(message, loud.getSQLState(), loud.getErrorCode());
    setStackTrace(loud.getStackTrace());
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
    return SqlFailures.chain(failure).stream().noneMatch(SafeWords::mayQuoteValues);
  }
}
