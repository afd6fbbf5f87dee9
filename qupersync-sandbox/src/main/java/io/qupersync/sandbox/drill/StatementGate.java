package io.qupersync.sandbox.drill;

import io.qupersync.sandbox.server.EmbeddedServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Holds a session of the program at a chosen step, on the server, until it is opened: so that a
/// blow lands between two given statements and not just somewhere near.
final class StatementGate implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StatementGate.class);
  private static final Duration GLANCE = Duration.ofMillis(5);

  private static final String HELD =
      "select pid from pg_locks where locktype = 'advisory' and objid = 4711 and not granted";

  /// Where sessions can be held.
  enum Place {
    /// The lease is taken, not yet committed.
    LEASE,
    /// The lease is committed, the run before is about to be marked as abandoned.
    ABANDON,
    /// The lease is committed, the start about to be logged.
    START,
    /// A batch is written and booked, not yet committed.
    BATCH,
    /// COMMIT of a batch was sent.
    COMMIT,
    /// All data is committed, the watermark about to move.
    WATERMARK,
    /// The watermark has moved, the end about to be logged.
    END,
    /// The end is logged, the lease about to be given back.
    RELEASE
  }

  private final Connection key;

  private StatementGate(Connection key) {
    this.key = key;
  }

  /// To be called once the program has made its tables.
  static void build(Connection admin) throws SQLException {
    try (Statement statement = admin.createStatement()) {
      statement.execute(DrillSql.read("gates.sql"));
    }
  }

  /// Shuts the gate; the nth session to come there is held.
  static StatementGate shut(EmbeddedServer target, Place place, int nth) throws SQLException {
    Connection key = target.connect();
    try (Statement statement = key.createStatement()) {
      statement.execute("select pg_advisory_lock(4711)");
      statement.execute("delete from drill.gate");
      statement.execute("select setval('drill.passes', 1, false)");
      statement.execute("insert into drill.gate values ('%s', %d)".formatted(place, nth));
    }
    return new StatementGate(key);
  }

  /// Waits until a session is held.
  ///
  /// @return false when the process ends first, or the time is up
  boolean awaitArrival(ProductProcess process, Duration patience)
      throws SQLException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    try (Statement statement = key.createStatement()) {
      while (process.isAlive() && System.nanoTime() < deadline) {
        if (isTrue(statement, "select exists (%s)".formatted(HELD))) {
          return true;
        }
        Thread.sleep(GLANCE);
      }
    }
    return false;
  }

  private static boolean isTrue(Statement statement, String sql) throws SQLException {
    ResultSet row = statement.executeQuery(sql);
    return row.next() && row.getBoolean(1);
  }

  /// Ends the held session on the server, as an administrator would.
  void endHeldSession() throws SQLException {
    try (Statement statement = key.createStatement()) {
      statement.execute("select pg_terminate_backend(pid) from (%s) as held".formatted(HELD));
    }
  }

  /// Opens it; whoever is held goes on.
  @Override
  public void close() {
    try (key;
        Statement statement = key.createStatement()) {
      statement.execute("delete from drill.gate");
    } catch (SQLException crashed) {
      LOG.debug("the server went, and the gate with it", crashed);
    }
  }
}
