package io.qupersync.infrastructure.store;

import io.qupersync.application.port.SyncFailure;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.RunId;
import io.qupersync.infrastructure.jdbc.ConnectionPool;
import java.sql.PreparedStatement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends the sessions that a run left behind when its process stopped without dying. The fence keeps
/// them from writing; this takes the locks from them on which the next run would wait.
final class AbandonedSessions {

  private static final Logger LOG = LoggerFactory.getLogger(AbandonedSessions.class);

  private static final String TERMINATE =
      """
      select count(pg_terminate_backend(pid)) from pg_stat_activity
      where datname = current_database() and usename = current_user
        and application_name = ? and pid <> pg_backend_pid()
      """;

  private final ConnectionPool pool;
  private final StateSchema schema;

  AbandonedSessions(ConnectionPool pool, StateSchema schema) {
    this.pool = pool;
    this.schema = schema;
  }

  void end(RunId run, JobId job) {
    try {
      pool.with(
          "end the sessions of run " + run,
          connection -> {
            try (PreparedStatement statement = connection.prepareStatement(TERMINATE)) {
              statement.setString(1, SessionName.of(schema, run, job));
              return statement.execute();
            }
          });
    } catch (SyncFailure failure) {
      // they end by themselves, only later
      LOG.warn("job={} {}", job, failure.getMessage());
    }
  }
}
