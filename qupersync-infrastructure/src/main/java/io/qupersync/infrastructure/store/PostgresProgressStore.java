package io.qupersync.infrastructure.store;

import io.qupersync.application.port.PermanentFailure;
import io.qupersync.application.port.ProgressStore;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.progress.Fingerprint;
import io.qupersync.domain.progress.JobProgress;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.progress.Witness;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.run.Lease;
import io.qupersync.domain.run.ShellCommand;
import io.qupersync.infrastructure.jdbc.ConnectionPool;
import io.qupersync.infrastructure.json.StateJson;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Progress in `qupersync_state`.
public final class PostgresProgressStore implements ProgressStore {

  private final ConnectionPool pool;
  private final String load;
  private final AdvanceSql advance;
  private final String adopt;
  private final String note;
  private final String set;
  private final String keep;
  private final String reserve;
  private final String holder;
  private final String fenceOff;

  public PostgresProgressStore(ConnectionPool pool, StateSchema schema) {
    this.pool = pool;
    this.load =
        "select last_sync_time, checkpoint, metadata from %s where job_id = ?"
            .formatted(schema.jobs());
    this.advance = new AdvanceSql(schema);
    this.adopt = underLease(schema, WatermarkOriginJson.BY_THIS_INSTANCE);
    this.note = underLease(schema, "");
    this.set =
        """
        insert into %s as s (job_id, watermark, metadata)
        values (?, ?, ?::jsonb)
        on conflict (job_id) do update set
          watermark = excluded.watermark,
          metadata = %s - 'watermark' - 'lateness' - 'beginning' || excluded.metadata,
          checkpoint = null
        """
            .formatted(schema.jobs(), WatermarkOriginJson.FORGOTTEN);
    this.keep =
        """
        insert into %s as s (job_id, metadata) values (?, ?::jsonb)
        on conflict (job_id) do update set metadata = %s - 'lateness' || excluded.metadata
        """
            .formatted(schema.jobs(), WatermarkOriginJson.FORGOTTEN);
    this.reserve =
        """
        insert into %s (job_id, token, expires_at) values (?, 0, '-infinity')
        on conflict (job_id) do nothing
        """
            .formatted(schema.leases());
    this.holder =
        """
        select case when expires_at > clock_timestamp() then run_id end
        from %s where job_id = ? for update
        """
            .formatted(schema.leases());
    this.fenceOff = "update %s set token = token + 1 where job_id = ?".formatted(schema.leases());
  }

  @Override
  public JobProgress load(JobId job) {
    return pool.with(
        "read the progress of job '%s'".formatted(job),
        StateQuery.orElse(
            JobProgress.none(),
            connection -> {
              try (PreparedStatement statement = connection.prepareStatement(load)) {
                statement.setString(1, job.value());
                ResultSet row = statement.executeQuery();
                return row.next() ? progress(job, row) : JobProgress.none();
              }
            }));
  }

  static JobProgress progress(JobId job, ResultSet row) throws SQLException {
    Optional<Instant> lastSync =
        Optional.ofNullable(row.getObject(1, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    try {
      return new JobProgress(
          WatermarkJson.watermark(row.getString(3)),
          Optional.ofNullable(row.getString(2)).map(WatermarkJson::checkpoint),
          lastSync,
          WatermarkJson.lateness(row.getString(3)),
          WatermarkJson.beginning(row.getString(3)),
          WatermarkOriginJson.origin(row.getString(3)),
          WatermarkJson.missing(row.getString(3)));
    } catch (RuntimeException unreadable) {
      throw new PermanentFailure(
          FailureKind.TARGET,
          "the progress of job '%s' in qupersync_state cannot be read; forget the watermark with %s, or set it anew"
              .formatted(job, ShellCommand.of("watermark", "reset", job.value())),
          unreadable);
    }
  }

  /// A statement that adds to the job's metadata, and says whether the run holds the lease.
  ///
  /// @param more in SQL
  private static String underLease(StateSchema schema, String more) {
    return """
    with %s,
    noted as (
      insert into %s as s (job_id, metadata) select ?, ?::jsonb%s where exists (select from held)
      on conflict (job_id) do update set metadata = s.metadata || excluded.metadata)
    select exists (select from held)
    """
        .formatted(Fence.held(schema), schema.jobs(), more);
  }

  @Override
  public void advance(
      Lease lease, Optional<Watermark> watermark, Instant at, Optional<Basis> basis) {
    pool.with(
        "move the watermark of job '%s'".formatted(lease.job()),
        connection -> {
          if (!advance.execute(connection, lease, watermark, at, basis)) {
            throw Fence.lost(lease);
          }
          return lease;
        });
  }

  @Override
  public void adopt(Lease lease, Fingerprint fingerprint) {
    note(
        lease,
        adopt,
        StateJson.write(WatermarkOriginJson.fields(fingerprint)),
        "say what the watermark of job '%s' is made for");
  }

  @Override
  public void lost(Lease lease, String reason) {
    var fields = new LinkedHashMap<String, @Nullable Object>();
    fields.put(WatermarkOriginJson.LOST, reason);
    note(lease, note, StateJson.write(fields), "note what the target of job '%s' has lost");
  }

  @Override
  public void witnessed(Lease lease, Witness witness) {
    var fields = new LinkedHashMap<String, @Nullable Object>();
    fields.put(WatermarkOriginJson.WITNESS, WatermarkOriginJson.fields(witness));
    note(lease, note, StateJson.write(fields), "remember the newest row of the target of job '%s'");
  }

  private void note(Lease lease, String sql, String metadata, String step) {
    pool.with(
        step.formatted(lease.job()),
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, lease.job().value());
            statement.setLong(2, lease.token());
            statement.setString(3, lease.job().value());
            statement.setString(4, metadata);
            ResultSet row = statement.executeQuery();
            row.next();
            if (!row.getBoolean(1)) {
              throw Fence.lost(lease);
            }
            return lease;
          }
        });
  }

  @Override
  public void rememberBeginning(Lease lease, Watermark beginning) {
    note(lease, note, WatermarkJson.beginning(beginning), "remember where job '%s' began to read");
  }

  @Override
  public void rememberMissing(Lease lease, Map<String, Instant> missing) {
    note(
        lease,
        note,
        WatermarkJson.missing(missing),
        "remember which open rows of job '%s' are missing");
  }

  @Override
  public void set(JobId job, Optional<Watermark> watermark, Optional<Fingerprint> fingerprint) {
    var metadata = new LinkedHashMap<String, @Nullable Object>();
    watermark.ifPresent(mark -> WatermarkJson.put(metadata, mark));
    fingerprint.ifPresent(made -> metadata.putAll(WatermarkOriginJson.byHand(made)));
    pool.inTransaction(
        "set the watermark of job '%s'".formatted(job),
        connection -> {
          refuseWhileRunning(connection, job);
          try (PreparedStatement statement = connection.prepareStatement(set)) {
            statement.setString(1, job.value());
            statement.setString(2, watermark.map(Watermark::toString).orElse(null));
            statement.setString(3, StateJson.write(metadata));
            return statement.executeUpdate();
          }
        });
  }

  @Override
  public void keep(JobId job, Fingerprint fingerprint) {
    pool.inTransaction(
        "keep the watermark of job '%s'".formatted(job),
        connection -> {
          refuseWhileRunning(connection, job);
          try (PreparedStatement statement = connection.prepareStatement(keep)) {
            statement.setString(1, job.value());
            statement.setString(2, StateJson.write(WatermarkOriginJson.byHand(fingerprint)));
            return statement.executeUpdate();
          }
        });
  }

  /// Leaves the lease's row locked, made up if need be: no run can begin before this is done. A run
  /// whose lease has expired cannot go on either, and undo what was set.
  private void refuseWhileRunning(Connection connection, JobId job) throws SQLException {
    update(connection, reserve, job);
    try (PreparedStatement statement = connection.prepareStatement(holder)) {
      statement.setString(1, job.value());
      ResultSet row = statement.executeQuery();
      if (row.next() && row.getObject(1) != null) {
        throw new PermanentFailure(
            FailureKind.LEASE_LOST,
            "run %d of job '%s' is under way; wait for its end or cancel it, then set the watermark"
                .formatted(row.getLong(1), job));
      }
    }
    update(connection, fenceOff, job);
  }

  private static void update(Connection connection, String sql, JobId job) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, job.value());
      statement.executeUpdate();
    }
  }
}
