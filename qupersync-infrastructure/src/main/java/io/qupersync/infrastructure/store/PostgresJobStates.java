package io.qupersync.infrastructure.store;

import io.qupersync.application.port.JobStates;
import io.qupersync.application.port.SyncFailure;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.progress.JobProgress;
import io.qupersync.domain.run.SyncRun;
import io.qupersync.infrastructure.jdbc.ConnectionPool;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Four questions for all jobs together. The runs are found job by job from the end of the index,
/// so that a long history costs nothing.
public final class PostgresJobStates implements JobStates {

  private final ConnectionPool pool;
  private final String progress;
  private final String latest;
  private final String decided;
  private final String deadLetters;

  public PostgresJobStates(ConnectionPool pool, StateSchema schema) {
    this.pool = pool;
    this.progress =
        "select last_sync_time, checkpoint, metadata, job_id from %s where job_id = any (?)"
            .formatted(schema.jobs());
    this.latest = lastRuns(schema, "");
    this.decided = lastRuns(schema, "and status in ('success', 'failed')");
    this.deadLetters =
        "select sync_job_id, count(*) from %s where sync_job_id = any (?) group by sync_job_id"
            .formatted(schema.deadLetters());
  }

  private static String lastRuns(StateSchema schema, String condition) {
    return """
    select last.* from unnest(?) as job (id)
    cross join lateral (
      select * from %s where sync_job_id = job.id %s
      order by run_id desc limit 1) as last
    """
        .formatted(schema.runs(), condition);
  }

  @Override
  public Map<JobId, JobState> of(Collection<JobId> jobs) {
    return pool.with(
        "read how the jobs stand",
        StateQuery.orElse(unknown(jobs), connection -> known(jobs, connection)));
  }

  private static Map<JobId, JobState> unknown(Collection<JobId> jobs) {
    var standings = new LinkedHashMap<JobId, JobState>();
    jobs.forEach(job -> standings.put(job, JobState.unknown()));
    return standings;
  }

  private Map<JobId, JobState> known(Collection<JobId> jobs, Connection connection)
      throws SQLException {
    Array ids = connection.createArrayOf("text", jobs.stream().map(JobId::value).toArray());
    Map<JobId, JobProgress> reached = new HashMap<>();
    each(connection, progress, ids, row -> reached.put(new JobId(row.getString(4)), progress(row)));
    Map<JobId, SyncRun> last = runs(connection, latest, ids);
    Map<JobId, SyncRun> lastDecided = runs(connection, decided, ids);
    Map<JobId, Long> letters = new HashMap<>();
    each(
        connection,
        deadLetters,
        ids,
        row -> letters.put(new JobId(row.getString(1)), row.getLong(2)));
    var standings = new LinkedHashMap<JobId, JobState>();
    for (JobId job : jobs) {
      standings.put(
          job,
          new JobState(
              reached.getOrDefault(job, JobProgress.none()),
              Optional.ofNullable(last.get(job)),
              Optional.ofNullable(lastDecided.get(job)),
              letters.getOrDefault(job, 0L)));
    }
    return standings;
  }

  /// One job whose progress cannot be read says so when it runs; here it must not hide the others.
  private static JobProgress progress(ResultSet row) throws SQLException {
    try {
      return PostgresProgressStore.progress(new JobId(row.getString(4)), row);
    } catch (SyncFailure unreadable) {
      return JobProgress.none();
    }
  }

  private static Map<JobId, SyncRun> runs(Connection connection, String sql, Array ids)
      throws SQLException {
    Map<JobId, SyncRun> runs = new HashMap<>();
    each(
        connection,
        sql,
        ids,
        row -> {
          SyncRun run = PostgresRunLog.run(row);
          runs.put(run.job(), run);
        });
    return runs;
  }

  private interface RowWork {
    void with(ResultSet row) throws SQLException;
  }

  private static void each(Connection connection, String sql, Array ids, RowWork work)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, ids);
      ResultSet row = statement.executeQuery();
      while (row.next()) {
        work.with(row);
      }
    }
  }
}
