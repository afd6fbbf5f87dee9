package io.qupersync.infrastructure.store;

import io.qupersync.application.port.LeaseStore;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.Lease;
import io.qupersync.domain.run.RunId;
import io.qupersync.infrastructure.jdbc.ConnectionPool;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/// Leases in one row a job. The database's clock decides; the token of a row only grows.
public final class PostgresLeaseStore implements LeaseStore {

  private static final String LOCKED = "55P03";

  private final ConnectionPool pool;
  private final Predicate<String> isDead;
  private final LeaseSql sql;
  private final AbandonedSessions abandonedSessions;

  /// @param isDead whether the owner of a lease is known to run no more; its leases need not expire
  public PostgresLeaseStore(ConnectionPool pool, StateSchema schema, Predicate<String> isDead) {
    this.pool = pool;
    this.isDead = isDead;
    this.sql = new LeaseSql(schema);
    this.abandonedSessions = new AbandonedSessions(pool, schema);
  }

  @Override
  public Attempt acquire(JobId job, RunId run, String owner, Duration ttl) {
    return takeFree(job, run, owner, ttl)
        .<Attempt>map(lease -> new Attempt.Granted(lease, Optional.empty()))
        .orElseGet(() -> takeOrWait(job, run, owner, ttl));
  }

  /// Most leases are free: those cost one round trip.
  private Optional<Lease> takeFree(JobId job, RunId run, String owner, Duration ttl) {
    return pool.with(
        step(job),
        connection -> {
          try (PreparedStatement take = connection.prepareStatement(sql.takeFree())) {
            take.setString(1, job.value());
            take.setLong(2, run.value());
            take.setString(3, owner);
            take.setLong(4, ttl.toMillis());
            take.execute();
            take.getMoreResults();
            ResultSet row = take.getResultSet();
            return row.next() ? Optional.of(new Lease(job, run, row.getLong(1))) : Optional.empty();
          } catch (SQLException failure) {
            if (!LOCKED.equals(failure.getSQLState())) {
              throw failure;
            }
            return Optional.empty();
          }
        });
  }

  private static String step(JobId job) {
    return "take the lease of job '%s'".formatted(job);
  }

  private Attempt takeOrWait(JobId job, RunId run, String owner, Duration ttl) {
    Attempt attempt =
        pool.inTransaction(
            step(job),
            connection -> {
              try {
                return attempt(connection, job, run, owner, ttl);
              } catch (SQLException failure) {
                if (!LOCKED.equals(failure.getSQLState())) {
                  throw failure;
                }
                // its holder is committing a batch at this moment
                connection.rollback();
                return held(connection, job).orElseThrow(() -> failure);
              }
            });
    if (attempt instanceof Attempt.Granted(_, Optional<RunId> abandoned)) {
      abandoned.ifPresent(left -> abandonedSessions.end(left, job));
    }
    return attempt;
  }

  private Attempt attempt(Connection connection, JobId job, RunId run, String owner, Duration ttl)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set local lock_timeout = '3s'");
    }
    try (PreparedStatement reserve = connection.prepareStatement(sql.reserve());
        PreparedStatement find = connection.prepareStatement(sql.lock())) {
      reserve.setString(1, job.value());
      reserve.executeUpdate();
      find.setString(1, job.value());
      ResultSet row = find.executeQuery();
      row.next();
      Optional<RunId> holder = holder(row);
      boolean again = holder.equals(Optional.of(run));
      if (!again && holder.isPresent() && isHeld(row)) {
        return new Attempt.Held(holder.get(), expiry(row));
      }
      var lease = new Lease(job, run, row.getLong("token") + (again ? 0 : 1));
      take(connection, lease, owner, ttl);
      return new Attempt.Granted(lease, again ? Optional.empty() : holder);
    }
  }

  private void take(Connection connection, Lease lease, String owner, Duration ttl)
      throws SQLException {
    try (PreparedStatement take = connection.prepareStatement(sql.take())) {
      take.setLong(1, lease.run().value());
      take.setString(2, owner);
      take.setLong(3, lease.token());
      take.setLong(4, ttl.toMillis());
      take.setString(5, lease.job().value());
      take.executeUpdate();
    }
  }

  private Optional<Attempt> held(Connection connection, JobId job) throws SQLException {
    try (PreparedStatement find = connection.prepareStatement(sql.find())) {
      find.setString(1, job.value());
      ResultSet row = find.executeQuery();
      if (!row.next()) {
        return Optional.empty();
      }
      Instant until = expiry(row);
      return holder(row).map(run -> new Attempt.Held(run, until));
    }
  }

  private static Optional<RunId> holder(ResultSet row) throws SQLException {
    return Optional.ofNullable(row.getObject("run_id", Long.class)).map(RunId::new);
  }

  private boolean isHeld(ResultSet row) throws SQLException {
    return row.getBoolean("unexpired")
        && !isDead.test(Objects.requireNonNullElse(row.getString("owner"), ""));
  }

  private static Instant expiry(ResultSet row) throws SQLException {
    return row.getObject("expires_at", OffsetDateTime.class).toInstant();
  }

  @Override
  public Renewal renew(Lease lease, Duration ttl) {
    return pool.with(
        "renew the lease of job '%s'".formatted(lease.job()),
        connection -> {
          try (PreparedStatement renew = connection.prepareStatement(sql.renew())) {
            renew.setLong(1, ttl.toMillis());
            renew.setString(2, lease.job().value());
            renew.setLong(3, lease.token());
            ResultSet row = renew.executeQuery();
            if (!row.next()) {
              return Renewal.LOST;
            }
            return row.getBoolean(1) ? Renewal.CANCEL_REQUESTED : Renewal.HELD;
          }
        });
  }

  @Override
  public boolean requestCancel(RunId run) {
    return pool.with(
        "ask run %s to stop".formatted(run),
        connection -> {
          try (PreparedStatement cancel = connection.prepareStatement(sql.cancel())) {
            cancel.setLong(1, run.value());
            return cancel.executeUpdate() == 1;
          }
        });
  }

  @Override
  public void release(Lease lease) {
    pool.with(
        "give back the lease of job '%s'".formatted(lease.job()),
        connection -> {
          try (PreparedStatement release = connection.prepareStatement(sql.release())) {
            release.setString(1, lease.job().value());
            release.setLong(2, lease.token());
            return release.executeUpdate();
          }
        });
  }
}
