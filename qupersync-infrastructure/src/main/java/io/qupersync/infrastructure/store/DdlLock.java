package io.qupersync.infrastructure.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/// One lock for everything here that creates: two sessions that create the same schema or table at
/// once would both see it missing, and one of them would fail.
public final class DdlLock {

  // "QuperSyn" in ASCII
  private static final long KEY = 0x5175706572_53796EL;

  private DdlLock() {}

  /// Waits for the lock; it lasts until the transaction ends.
  public static void takeForTransaction(Connection connection) throws SQLException {
    execute(connection, "select pg_advisory_xact_lock(%d)".formatted(KEY));
  }

  /// Waits for the lock; it lasts until released.
  static void take(Connection connection) throws SQLException {
    execute(connection, "select pg_advisory_lock(%d)".formatted(KEY));
  }

  static void release(Connection connection) throws SQLException {
    execute(connection, "select pg_advisory_unlock(%d)".formatted(KEY));
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
