package io.qupersync.infrastructure.store;

import io.qupersync.application.port.DeadLetterBox;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.row.DeadLetter;
import io.qupersync.domain.run.RunId;
import io.qupersync.infrastructure.jdbc.ConnectionPool;
import io.qupersync.infrastructure.json.StateJson;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Rejected rows in `dead_letters`. They get there with the batch they were rejected from, by
/// [DeadLetters].
public final class PostgresDeadLetterBox implements DeadLetterBox {

  /// Of JSON, for one answer.
  private static final int LONGEST_ANSWER = 4 << 20;

  private final ConnectionPool pool;
  private final String list;
  private final String count;
  private final String discard;

  public PostgresDeadLetterBox(ConnectionPool pool, StateSchema schema) {
    this.pool = pool;
    this.list =
        """
        select * from (
          select *, sum(octet_length(row_values::text)) over (
            order by id rows between unbounded preceding and 1 preceding) as before
          from %s where sync_job_id = ? and id > ? order by id limit ?) as l
        where before is null or before < %d order by id
        """
            .formatted(schema.deadLetters(), LONGEST_ANSWER);
    this.count = "select count(*) from %s where sync_job_id = ?".formatted(schema.deadLetters());
    this.discard = "delete from %s where sync_job_id = ?".formatted(schema.deadLetters());
  }

  @Override
  public List<DeadLetter> list(JobId job, long after, int limit) {
    return pool.with(
        "list the dead letters of job '%s'".formatted(job),
        StateQuery.orElse(
            List.of(),
            connection -> {
              try (PreparedStatement statement = connection.prepareStatement(list)) {
                statement.setString(1, job.value());
                statement.setLong(2, after);
                statement.setInt(3, limit);
                ResultSet row = statement.executeQuery();
                var letters = new ArrayList<DeadLetter>();
                while (row.next()) {
                  letters.add(letter(row));
                }
                return letters;
              }
            }));
  }

  @Override
  public long count(JobId job) {
    return pool.with(
        "count the dead letters of job '%s'".formatted(job),
        StateQuery.orElse(
            0L,
            connection -> {
              try (PreparedStatement statement = connection.prepareStatement(count)) {
                statement.setString(1, job.value());
                ResultSet row = statement.executeQuery();
                row.next();
                return row.getLong(1);
              }
            }));
  }

  @Override
  public long discard(JobId job) {
    return pool.with(
        "discard the dead letters of job '%s'".formatted(job),
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(discard)) {
            statement.setString(1, job.value());
            return statement.executeLargeUpdate();
          }
        });
  }

  private static DeadLetter letter(ResultSet row) throws SQLException {
    return new DeadLetter(
        row.getLong("id"),
        new JobId(row.getString("sync_job_id")),
        new RunId(row.getLong("run_id")),
        Optional.ofNullable(row.getString("column_name")),
        row.getString("reason"),
        values(row.getString("row_values")),
        row.getBoolean("complete"),
        row.getLong("occurrences"),
        row.getObject("first_seen", OffsetDateTime.class).toInstant(),
        row.getObject("last_seen", OffsetDateTime.class).toInstant());
  }

  static Map<String, Optional<String>> values(String json) {
    var values = new LinkedHashMap<String, Optional<String>>();
    ((Map<?, ?>) Objects.requireNonNull(StateJson.read(json)))
        .forEach((name, value) -> values.put((String) name, Optional.ofNullable((String) value)));
    return values;
  }
}
