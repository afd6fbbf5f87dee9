package io.qupersync.sandbox.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/// A real PostgreSQL on a loopback port, started from binaries on the class path. Its data lives in
/// the temporary directory until [#close()]; [#stop()] and [#crash()] keep them for [#restart()].
///
/// Safe to share between threads; starting and stopping are serialised. Only its password opens it:
/// other users of the machine can reach the port.
public final class EmbeddedServer implements AutoCloseable {
  private static final String SUPERUSER = "postgres";
  private static final long USERS_SECONDS = 45;

  private final ServerSettings settings;
  private final DataDirectory data;
  private final int port;
  private final Thread atExit = new Thread(this::closeQuietly, "embedded-server-at-exit");
  private volatile CountDownLatch users = new CountDownLatch(0);
  private @Nullable EmbeddedPostgres running;

  private EmbeddedServer(ServerSettings settings) throws SQLException {
    this.settings = settings;
    this.data = DataDirectory.create(settings.binaries());
    Runtime.getRuntime().addShutdownHook(atExit);
    try {
      EmbeddedPostgres first = data.launch(settings, settings.port());
      running = first;
      port = first.getPort();
      requirePassword();
      if (!settings.database().equals(SUPERUSER)) {
        createDatabase(settings.database());
      }
    } catch (SQLException | RuntimeException failure) {
      close();
      throw failure;
    }
  }

  public static EmbeddedServer start() throws SQLException {
    return start(ServerSettings.fast());
  }

  public static EmbeddedServer start(ServerSettings settings) throws SQLException {
    return new EmbeddedServer(settings);
  }

  /// When a signal ends the JVM, these users get time to end in good order: all that stops at an
  /// exit stops at once, and in no order.
  ///
  /// @param gone zero when nobody uses the server any more
  public void atExitWaitFor(CountDownLatch gone) {
    users = gone;
  }

  public String host() {
    return "127.0.0.1";
  }

  public int port() {
    return port;
  }

  /// The database of the settings.
  public String database() {
    return settings.database();
  }

  /// The superuser.
  public String user() {
    return SUPERUSER;
  }

  public String password() {
    return settings.password();
  }

  /// Without user and password.
  public String jdbcUrl() {
    return jdbcUrl(database());
  }

  public String jdbcUrl(String anotherDatabase) {
    return "jdbc:postgresql://%s:%d/%s".formatted(host(), port, anotherDatabase);
  }

  /// A new connection of the superuser to [#database()]; the caller closes it.
  public Connection connect() throws SQLException {
    return connect(database());
  }

  public Connection connect(String anotherDatabase) throws SQLException {
    var source = new PGSimpleDataSource();
    source.setServerNames(new String[] {host()});
    source.setPortNumbers(new int[] {port});
    source.setDatabaseName(anotherDatabase);
    return source.getConnection(user(), password());
  }

  /// An empty database; the name is taken as it is, blanks and capitals included.
  public void createDatabase(String name) throws SQLException {
    try (Connection admin = connect(SUPERUSER);
        Statement statement = admin.createStatement()) {
      statement.execute("create database " + statement.enquoteIdentifier(name, true));
    }
  }

  /// Where the server writes its log, for looking after a failure.
  public Path log() {
    return data.log();
  }

  /// Ends all sessions and shuts down in good order, keeping the data.
  public synchronized void stop() {
    if (running != null) {
      data.stop(running);
      running = null;
    }
  }

  /// Kills every process of the server in the middle of whatever it does, as a power cut would.
  public synchronized void crash() {
    data.killAll();
    running = null;
  }

  /// Starts again on the same port with the same data, after recovery where that is needed.
  public synchronized void restart() {
    if (running != null) {
      stop();
    }
    running = data.launch(settings, port);
  }

  @Override
  public synchronized void close() {
    stop();
    data.delete();
    if (!Thread.currentThread().equals(atExit)) {
      try {
        Runtime.getRuntime().removeShutdownHook(atExit);
      } catch (IllegalStateException shuttingDown) {
        return; // the hook runs anyway, and finds nothing left to do
      }
    }
  }

  private void closeQuietly() {
    try {
      boolean _ = users.await(USERS_SECONDS, TimeUnit.SECONDS);
      close();
    } catch (InterruptedException _) {
      close();
    } catch (UncheckedIOException leftovers) {
      // at exit there is nobody left to tell
      return;
    }
  }

  /// initdb leaves everybody on this machine in without a password; from here on nobody is.
  private void requirePassword() throws SQLException {
    try (Connection admin = connect(SUPERUSER);
        Statement statement = admin.createStatement()) {
      statement.execute(
          "alter role postgres password " + statement.enquoteLiteral(settings.password()));
      // SCRAM, except for users whose password is stored as MD5: the Redshift driver knows no SCRAM
      Files.writeString(data.accessRules(), "host all all 127.0.0.1/32 md5\n");
      statement.execute("select pg_reload_conf()");
    } catch (IOException cannotWrite) {
      throw new UncheckedIOException(cannotWrite);
    }
  }
}
