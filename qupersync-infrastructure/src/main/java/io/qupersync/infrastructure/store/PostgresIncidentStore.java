package io.qupersync.infrastructure.store;

import io.qupersync.application.port.IncidentStore;
import io.qupersync.domain.alert.Alarm;
import io.qupersync.domain.alert.AlertKind;
import io.qupersync.domain.alert.Incident;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.RunId;
import io.qupersync.infrastructure.jdbc.ConnectionPool;
import io.qupersync.infrastructure.jdbc.SqlWork;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Incidents in one row each. A message is taken by moving its due time on: whoever dies with it
/// leaves it to the others without further ado.
public final class PostgresIncidentStore implements IncidentStore {

  private final ConnectionPool pool;
  private final IncidentSql sql;

  public PostgresIncidentStore(ConnectionPool pool, StateSchema schema) {
    this.pool = pool;
    this.sql = new IncidentSql(schema);
  }

  @Override
  public boolean open(String channel, Alarm alarm) {
    int opened =
        write(
            "open an incident of job '%s'".formatted(alarm.job()),
            sql.open(),
            statement -> {
              statement.setString(1, channel);
              statement.setString(2, alarm.job().value());
              statement.setString(3, alarm.kind().word());
              // an error may quote what a server said
              statement.setString(4, StateText.of(statement.getConnection()).words(alarm.reason()));
              statement.setObject(5, alarm.run().map(RunId::value).orElse(null));
            });
    return opened == 1;
  }

  @Override
  public void close(Incident incident) {
    end(incident, sql.close());
  }

  @Override
  public void drop(Incident incident) {
    end(incident, sql.drop());
  }

  private void end(Incident incident, String statementSql) {
    write(
        "end an incident of job '%s'".formatted(incident.alarm().job()),
        statementSql,
        statement -> statement.setLong(1, incident.id()));
  }

  @Override
  public List<Incident> listOpen(String channel) {
    SqlWork<List<Incident>> list =
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql.listOpen())) {
            statement.setString(1, channel);
            ResultSet row = statement.executeQuery();
            var incidents = new ArrayList<Incident>();
            while (row.next()) {
              incidents.add(incident(row));
            }
            return incidents;
          }
        };
    return pool.with("list the open incidents", StateQuery.orElse(List.of(), list));
  }

  @Override
  public Optional<Message> take(String channel, Duration ttl) {
    SqlWork<Optional<Message>> take =
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql.take())) {
            statement.setLong(1, ttl.toMillis());
            statement.setString(2, channel);
            ResultSet row = statement.executeQuery();
            return row.next()
                ? Optional.of(new Message(incident(row), row.getInt("attempts")))
                : Optional.empty();
          }
        };
    return pool.with("look for alerts that are due", StateQuery.orElse(Optional.empty(), take));
  }

  @Override
  public void delivered(Message message) {
    Incident incident = message.incident();
    write(
        "note that '%s' was told of an incident".formatted(incident.channel()),
        incident.isOver() ? sql.endTold() : sql.told(),
        statement -> statement.setLong(1, incident.id()));
  }

  @Override
  public void postponed(Message message, Duration delay) {
    write(
        "put off an alert to '%s'".formatted(message.incident().channel()),
        sql.postpone(),
        statement -> {
          statement.setLong(1, delay.toMillis());
          statement.setLong(2, message.incident().id());
        });
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

  private static Incident incident(ResultSet row) throws SQLException {
    return new Incident(
        row.getLong("id"),
        row.getString("channel"),
        new Alarm(
            new JobId(row.getString("sync_job_id")),
            AlertKind.ofWord(row.getString("kind")),
            row.getString("reason"),
            Optional.ofNullable(row.getObject("run_id", Long.class)).map(RunId::new)),
        row.getObject("opened_at", OffsetDateTime.class).toInstant(),
        Optional.ofNullable(row.getObject("closed_at", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant));
  }
}
