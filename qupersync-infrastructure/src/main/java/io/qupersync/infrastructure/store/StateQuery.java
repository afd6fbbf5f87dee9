package io.qupersync.infrastructure.store;

import io.qupersync.infrastructure.jdbc.SqlWork;
import java.sql.SQLException;

/// Reading state that may not be there yet: a plan or a status before the first migration finds
/// nothing, and creates nothing.
final class StateQuery {

  private static final String UNDEFINED_TABLE = "42P01";

  private StateQuery() {}

  /// @param nothing the answer when there is no state schema
  static <T> SqlWork<T> orElse(T nothing, SqlWork<T> work) {
    return connection -> {
      try {
        return work.on(connection);
      } catch (SQLException failure) {
        if (UNDEFINED_TABLE.equals(failure.getSQLState())) {
          return nothing;
        }
        throw failure;
      }
    };
  }
}
