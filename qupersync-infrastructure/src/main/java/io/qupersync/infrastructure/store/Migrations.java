package io.qupersync.infrastructure.store;

import io.qupersync.application.port.PermanentFailure;
import io.qupersync.application.port.TransientFailure;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.infrastructure.jdbc.ConnectionPool;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;
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

  /// What is wrong with QuperSync's own tables, and what to do; empty when they are as they must
  /// be.
  public Optional<String> trouble() {
    return switch (state()) {
      case CURRENT -> missing();
      case NEWER -> Optional.of(String.valueOf(newer().getMessage()));
      case MISSING ->
          Optional.of(
              "schema '%s' does not hold QuperSync's own tables; restore them, or run 'qupersync migrate', which makes them anew and empty"
                  .formatted(schema));
      case OUTDATED ->
          Optional.of(
              "the state schema '%s' is not up to date; run 'qupersync migrate'".formatted(schema));
    };
  }

  private Optional<String> missing() {
    List<String> missing =
        pool.with(
            "look at the state schema",
            connection -> {
              var names = new ArrayList<String>();
              try (PreparedStatement statement = connection.prepareStatement(schema.missing());
                  ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                  names.add(row.getString(1));
                }
              }
              return names;
            });
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "QuperSync's own table %s is missing; restore it from a backup"
                .formatted(String.join(", ", missing)));
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
        "select version::integer, script, checksum from %s where success and version ~ '^[0-9]+$'"
            .formatted(schema.migrations());
    List<Step> steps =
        pool.with(
            "read the version of the state schema", StateQuery.orElse(List.of(), c -> all(c, sql)));
    int version = steps.stream().mapToInt(Step::version).max().orElse(0);
    if (version <= VERSION) {
      steps.forEach(this::requireUnedited);
    }
    return version;
  }

  /// A step that was taken.
  private record Step(int version, String script, Optional<Integer> checksum) {}

  private static List<Step> all(Connection connection, String sql) throws SQLException {
    var steps = new ArrayList<Step>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      ResultSet row = statement.executeQuery();
      while (row.next()) {
        steps.add(
            new Step(
                row.getInt(1),
                row.getString(2),
                Optional.ofNullable(row.getObject(3, Integer.class))));
      }
    }
    return steps;
  }

  /// Flyway, which would see that too, is not asked where there is nothing to do.
  private void requireUnedited(Step step) {
    if (!step.checksum().equals(checksum(step.script()))) {
      throw failure(
          "the state schema '%s' was made by another %s than this program's: what its tables are like is not known; start the program that made it, or restore the line of that step in %s"
              .formatted(schema, step.script(), schema.migrations()));
    }
  }

  /// As Flyway computes it: over the lines, whatever ends them. Empty when there is no such script.
  private static Optional<Integer> checksum(String script) {
    try (InputStream in =
        Migrations.class.getClassLoader().getResourceAsStream("db/migration/" + script)) {
      if (in == null) {
        return Optional.empty();
      }
      var sum = new CRC32();
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .forEach(line -> sum.update(line.getBytes(StandardCharsets.UTF_8)));
      return Optional.of((int) sum.getValue());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
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
