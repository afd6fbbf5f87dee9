package io.qupersync.infrastructure.store;

import io.qupersync.application.port.RunLog;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.RunStatus;
import io.qupersync.domain.run.SyncRun;
import io.qupersync.infrastructure.jdbc.ConnectionPool;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Runs in `sync_logs`. The counters there are committed with the rows they count.
public final class PostgresRunLog implements RunLog {

  private final ConnectionPool pool;
  private final RunLogSql sql;

  public PostgresRunLog(ConnectionPool pool, StateSchema schema) {
    this.pool = pool;
    this.sql = new RunLogSql(schema);
  }

  @Override
  public RunId nextId() {
    return pool.with(
        "number a run",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql.nextId())) {
            ResultSet row = statement.executeQuery();
            row.next();
            return new RunId(row.getLong(1));
          }
        });
  }

  @Override
  public void started(SyncRun run) {
    write(
        "log the start of run " + run.id(),
        sql.started(),
        (statement, text) -> {
          statement.setLong(1, run.id().value());
          statement.setString(2, run.job().value());
          statement.setString(3, run.trigger().word());
          statement.setString(4, run.status().word());
          statement.setObject(5, utc(run.startedAt()));
          statement.setInt(6, run.attempts());
          statement.setString(7, text.wordsOrNull(run.watermarkFrom().orElse(null)));
          statement.setString(8, text.wordsOrNull(run.watermarkTo().orElse(null)));
        });
  }

  @Override
  public void neverBegan(SyncRun run) {
    write(
        "log that run %s never began".formatted(run.id()),
        sql.neverBegan(),
        (statement, text) -> {
          statement.setLong(1, run.id().value());
          statement.setString(2, run.job().value());
          statement.setString(3, run.trigger().word());
          statement.setString(4, run.status().word());
          statement.setObject(5, utc(run.startedAt()));
          statement.setObject(6, run.completedAt().map(PostgresRunLog::utc).orElse(null));
          statement.setInt(7, run.attempts());
          statement.setString(8, text.wordsOrNull(run.watermarkFrom().orElse(null)));
          statement.setString(9, text.wordsOrNull(run.watermarkTo().orElse(null)));
          statement.setString(10, text.wordsOrNull(run.error().orElse(null)));
          statement.setString(11, text.wordsOrNull(run.remark().orElse(null)));
        });
  }

  @Override
  public int deleteOlderThan(Instant then) {
    return pool.with(
        "forget old runs",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql.forget())) {
            statement.setObject(1, utc(then));
            return statement.executeUpdate();
          }
        });
  }

  @Override
  public void attempt(RunId run, int attempts) {
    write(
        "log an attempt of run " + run,
        sql.attempt(),
        (statement, text) -> {
          statement.setInt(1, attempts);
          statement.setLong(2, run.value());
        });
  }

  @Override
  public void finished(SyncRun run) {
    write(
        "log the end of run " + run.id(),
        sql.finished(),
        (statement, text) -> {
          int next = TallyColumns.set(statement, 1, run.tally());
          statement.setString(next++, run.status().word());
          statement.setObject(next++, run.completedAt().map(PostgresRunLog::utc).orElse(null));
          statement.setInt(next++, run.attempts());
          statement.setString(next++, text.wordsOrNull(run.watermarkTo().orElse(null)));
          statement.setString(next++, text.wordsOrNull(run.error().orElse(null)));
          statement.setString(next++, text.wordsOrNull(run.remark().orElse(null)));
          statement.setLong(next++, run.id().value());
          statement.setString(next++, run.job().value());
          statement.setLong(next, run.id().value());
        });
  }

  @Override
  public Optional<SyncRun> find(RunId run) {
    return pool.with(
        "look up run " + run,
        StateQuery.orElse(
            Optional.empty(),
            connection -> {
              try (PreparedStatement statement = connection.prepareStatement(sql.find())) {
                statement.setLong(1, run.value());
                ResultSet row = statement.executeQuery();
                return row.next() ? Optional.of(run(row)) : Optional.empty();
              }
            }));
  }

  @Override
  public List<SyncRun> list(Filter filter) {
    return pool.with(
        "list the runs",
        StateQuery.orElse(
            List.of(),
            connection -> {
              try (PreparedStatement statement = connection.prepareStatement(sql.list())) {
                statement.setString(1, filter.job().map(JobId::value).orElse(null));
                statement.setString(2, filter.status().map(RunStatus::word).orElse(null));
                statement.setLong(3, filter.before().map(RunId::value).orElse(Long.MAX_VALUE));
                statement.setInt(4, filter.limit());
                ResultSet row = statement.executeQuery();
                var runs = new ArrayList<SyncRun>();
                while (row.next()) {
                  runs.add(run(row));
                }
                return runs;
              }
            }));
  }

  private interface Parameters {
    /// @param text how texts must be written there
    void fill(PreparedStatement statement, StateText text) throws SQLException;
  }

  private void write(String step, String statementSql, Parameters parameters) {
    pool.with(
        step,
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(statementSql)) {
            parameters.fill(statement, StateText.of(connection));
            return statement.executeUpdate();
          }
        });
  }

  static SyncRun run(ResultSet row) throws SQLException {
    return new SyncRun(
        new RunId(row.getLong("run_id")),
        new JobId(row.getString("sync_job_id")),
        io.qupersync.domain.run.Trigger.ofWord(row.getString("trigger")),
        RunStatus.ofWord(row.getString("status")),
        row.getObject("started_at", OffsetDateTime.class).toInstant(),
        Optional.ofNullable(row.getObject("completed_at", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant),
        TallyColumns.get(row),
        row.getInt("attempts"),
        Optional.ofNullable(row.getString("watermark_from")),
        Optional.ofNullable(row.getString("watermark_to")),
        Optional.ofNullable(row.getString("error")),
        Optional.ofNullable(row.getString("remark")));
  }

  private static @Nullable OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
