package io.qupersync.infrastructure.store;

import io.qupersync.application.port.ScheduleStore;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.ManualOverride;
import io.qupersync.domain.job.Schedule;
import io.qupersync.domain.job.ScheduleChange;
import io.qupersync.infrastructure.jdbc.ConnectionPool;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Schedules in one row a job. The database's clock decides.
public final class PostgresScheduleStore implements ScheduleStore {

  private final ConnectionPool pool;
  private final Predicate<String> isDead;
  private final ScheduleSql sql;

  /// @param isDead whether the owner of a claim or lease is known to run no more; what it holds
  ///   need not expire
  public PostgresScheduleStore(ConnectionPool pool, StateSchema schema, Predicate<String> isDead) {
    this.pool = pool;
    this.isDead = isDead;
    this.sql = ScheduleSql.in(schema);
  }

  @Override
  public ScheduleSnapshot look() {
    return pool.with(
        "look up what is due",
        StateQuery.orElse(
            new ScheduleSnapshot(Instant.EPOCH, Map.of()),
            connection -> {
              try (PreparedStatement statement = connection.prepareStatement(sql.look())) {
                return new ScheduleSnapshotReader(isDead).read(statement.executeQuery());
              }
            }));
  }

  @Override
  public Instant now() {
    return pool.with(
        "ask for the time",
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement("select clock_timestamp()")) {
            ResultSet row = statement.executeQuery();
            row.next();
            return row.getObject(1, OffsetDateTime.class).toInstant();
          }
        });
  }

  @Override
  public boolean plan(JobId job, Optional<Instant> seen, Schedule by, Optional<Instant> next) {
    return write(
            "plan the next run of job '%s'".formatted(job),
            sql.plan(),
            statement -> {
              statement.setString(1, job.value());
              statement.setString(2, ScheduleText.of(by));
              statement.setObject(3, utc(next));
              statement.setObject(4, utc(seen));
            })
        == 1;
  }

  @Override
  public Optional<Claim> claim(JobId job, Instant due, String owner, Duration ttl) {
    return pool.with(
        "claim a run of job '%s'".formatted(job),
        connection -> {
          String[] dead = deadOwner(connection, job).stream().toArray(String[]::new);
          try (PreparedStatement statement = connection.prepareStatement(sql.claim())) {
            statement.setString(1, owner);
            statement.setLong(2, ttl.toMillis());
            statement.setString(3, job.value());
            statement.setObject(4, utc(Optional.of(due)));
            statement.setArray(5, connection.createArrayOf("text", dead));
            ResultSet row = statement.executeQuery();
            return row.next() ? Optional.of(new Claim(job, due, row.getLong(1))) : Optional.empty();
          }
        });
  }

  private Optional<String> deadOwner(Connection connection, JobId job) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql.owner())) {
      statement.setString(1, job.value());
      ResultSet row = statement.executeQuery();
      return row.next() ? Optional.ofNullable(row.getString(1)).filter(isDead) : Optional.empty();
    }
  }

  @Override
  public Set<Claim> renew(Collection<Claim> claims, Duration ttl) {
    if (claims.isEmpty()) {
      return Set.of();
    }
    List<Claim> asked = List.copyOf(claims);
    return pool.with(
        "renew claims",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql.renew())) {
            statement.setLong(1, ttl.toMillis());
            statement.setArray(
                2,
                connection.createArrayOf(
                    "text", asked.stream().map(claim -> claim.job().value()).toArray()));
            statement.setArray(
                3, connection.createArrayOf("bigint", asked.stream().map(Claim::token).toArray()));
            return held(asked, statement.executeQuery());
          }
        });
  }

  private static Set<Claim> held(List<Claim> asked, ResultSet row) throws SQLException {
    var held = new HashSet<Claim>();
    while (row.next()) {
      String job = row.getString(1);
      long token = row.getLong(2);
      asked.stream()
          .filter(claim -> claim.job().value().equals(job) && claim.token() == token)
          .forEach(held::add);
    }
    return held;
  }

  @Override
  public boolean complete(Claim claim, Optional<Instant> next) {
    return write(
            "plan the next run of job '%s'".formatted(claim.job()),
            sql.complete(),
            statement -> {
              statement.setObject(1, utc(next));
              statement.setString(2, claim.job().value());
              statement.setLong(3, claim.token());
            })
        == 1;
  }

  @Override
  public void release(Claim claim) {
    ofClaim("give back", sql.release(), claim);
  }

  @Override
  public void giveUp(Claim claim) {
    ofClaim("give up", sql.giveUp(), claim);
  }

  private void ofClaim(String verb, String statementSql, Claim claim) {
    write(
        "%s a run of job '%s'".formatted(verb, claim.job()),
        statementSql,
        statement -> {
          statement.setString(1, claim.job().value());
          statement.setLong(2, claim.token());
        });
  }

  @Override
  public boolean misfired(JobId job, Instant due) {
    return write(
            "note that job '%s' is late".formatted(job),
            sql.misfired(),
            statement -> {
              statement.setString(1, job.value());
              statement.setObject(2, utc(Optional.of(due)));
            })
        == 1;
  }

  @Override
  public void pause(JobId job, ManualOverride manualOverride) {
    write(
        "pause job '%s'".formatted(job),
        sql.pause(),
        statement -> {
          statement.setString(1, job.value());
          statement.setString(2, manualOverride.by());
          statement.setObject(3, utc(Optional.of(manualOverride.at())));
        });
  }

  @Override
  public boolean resume(JobId job) {
    return ofJob("resume job '%s'", sql.resume(), job);
  }

  @Override
  public void change(JobId job, ScheduleChange change) {
    write(
        "change the schedule of job '%s'".formatted(job),
        sql.change(),
        statement -> {
          statement.setString(1, job.value());
          statement.setString(2, ScheduleText.of(change.schedule()));
          statement.setString(3, change.decision().by());
          statement.setObject(4, utc(Optional.of(change.decision().at())));
        });
  }

  @Override
  public boolean restore(JobId job) {
    return ofJob("restore the schedule of job '%s'", sql.restore(), job);
  }

  private boolean ofJob(String step, String statementSql, JobId job) {
    return write(
            step.formatted(job), statementSql, statement -> statement.setString(1, job.value()))
        == 1;
  }

  private interface Parameters {
    void fill(PreparedStatement statement) throws SQLException;
  }

  private int write(String step, String statementSql, Parameters parameters) {
    return pool.with(
        step,
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(statementSql)) {
            parameters.fill(statement);
            return statement.executeUpdate();
          }
        });
  }

  private static @Nullable OffsetDateTime utc(Optional<Instant> instant) {
    return instant.map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null);
  }
}
