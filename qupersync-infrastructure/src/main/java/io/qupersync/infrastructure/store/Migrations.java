package io.qupersync.infrastructure.store;

import io.qupersync.application.port.PermanentFailure;
import io.qupersync.application.port.TransientFailure;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.infrastructure.jdbc.ConnectionPool;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.MigrateResult;

/// Brings the state schema up to date. Several instances may do so at once.
public final class Migrations {

  static final String HISTORY = "qupersync_migrations";

  /// The version that this program works with: that of the newest file in `db/migration`.
  static final int VERSION = 7;

  private static final String STEP = "bring the state schema up to date";

  /// How the state schema stands.
  public enum State {
    MISSING,
    OUTDATED,
    CURRENT,
    /// A newer program has been here; this one must not write.
    NEWER
  }

  private final ConnectionPool pool;
  private final StateSchema schema;

  public Migrations(ConnectionPool pool, StateSchema schema) {
    this.pool = pool;
    this.schema = schema;
  }

  /// Touches nothing.
  public State state() {
    int version = version();
    if (version == VERSION) {
      return State.CURRENT;
    }
    return version == 0 ? State.MISSING : version < VERSION ? State.OUTDATED : State.NEWER;
  }

  /// Makes sure that runs can be written down, without changing anything.
  ///
  /// @throws PermanentFailure when the schema is not the one this program works with
  public void requireCurrent() {
    switch (state()) {
      case CURRENT -> {}
      case NEWER -> throw newer();
      case MISSING, OUTDATED ->
          throw failure(
              "the state schema '%s' is not up to date; run 'qupersync migrate', or set migrate: true"
                  .formatted(schema));
    }
  }

  /// @return the scripts that were run; none when nothing was left to do
  /// @throws PermanentFailure when a newer program has been here
  public List<String> migrate() {
    // Flyway takes half a second to see that there is nothing to do
    return switch (state()) {
      case CURRENT -> List.of();
      case NEWER -> throw newer();
      case MISSING, OUTDATED ->
          pool.with(
              STEP,
              connection -> {
                // Flyway locks its own table, but not while it creates it
                DdlLock.take(connection);
                try {
                  return migrated();
                } finally {
                  DdlLock.release(connection);
                }
              });
    };
  }

  private List<String> migrated() {
    Flyway flyway =
        Flyway.configure(Migrations.class.getClassLoader())
            .dataSource(pool.dataSource(STEP))
            .schemas(schema.name().value())
            .defaultSchema(schema.name().value())
            .table(HISTORY)
            .locations("classpath:db/migration")
            .loggers("slf4j")
            // a newer schema is an error, not a curiosity
            .ignoreMigrationPatterns(new String[0])
            .load();
    try {
      MigrateResult result = flyway.migrate();
      return Stream.ofNullable(result.migrations)
          .flatMap(List::stream)
          .map(migration -> migration.filepath)
          .toList();
    } catch (FlywayException failure) {
      throw told(failure);
    }
  }

  private RuntimeException told(FlywayException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return pool.failures().of(STEP, sql);
      }
    }
    String message = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    return message.contains("lock")
        ? new TransientFailure(
            FailureKind.TARGET, "cannot %s: %s".formatted(STEP, message), failure)
        : new PermanentFailure(
            FailureKind.TARGET, "cannot %s: %s".formatted(STEP, message), failure);
  }

  /// The highest version that has been reached; 0 when there is no state schema.
  private int version() {
    String sql =
        "select coalesce(max(version::integer), 0) from %s where success and version ~ '^[0-9]+$'"
            .formatted(schema.migrations());
    return pool.with("read the version of the state schema", Reading.orElse(0, c -> first(c, sql)));
  }

  private static int first(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      ResultSet row = statement.executeQuery();
      row.next();
      return row.getInt(1);
    }
  }

  private PermanentFailure newer() {
    return failure(
        "the state schema '%s' is of version %d, and this program knows version %d only; start the newer program"
            .formatted(schema, version(), VERSION));
  }

  private static PermanentFailure failure(String message) {
    return new PermanentFailure(FailureKind.TARGET, message);
  }
}
