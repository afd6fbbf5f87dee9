package io.qupersync.infrastructure.store;

import io.qupersync.application.port.IdempotencyKeys;
import io.qupersync.infrastructure.jdbc.ConnectionPool;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/// Requests under their keys in `idempotency_keys`.
public final class PostgresIdempotencyKeys implements IdempotencyKeys {

  private final ConnectionPool pool;
  private final String forget;
  private final String claim;
  private final String find;
  private final String answer;
  private final String release;

  public PostgresIdempotencyKeys(ConnectionPool pool, StateSchema schema) {
    String table = schema.idempotencyKeys();
    this.pool = pool;
    // whoever forgets the same keys at this moment need not be waited for
    this.forget =
        """
        delete from %1$s where (caller, key) in (
          select caller, key from %1$s where claimed_at < clock_timestamp() - ? * interval '1 ms'
          for update skip locked limit 1000)
        """
            .formatted(table);
    this.claim =
        """
        insert into %s as k (caller, key, request) values (?, ?, ?)
        on conflict (caller, key) do update set
          request = excluded.request, answer = null, claimed_at = clock_timestamp()
        where k.claimed_at < clock_timestamp() - ? * interval '1 ms'
          or k.answer is null and k.claimed_at < clock_timestamp() - ? * interval '1 ms'
        """
            .formatted(table);
    this.find = "select request, answer from %s where caller = ? and key = ?".formatted(table);
    this.answer = "update %s set answer = ? where caller = ? and key = ?".formatted(table);
    this.release =
        "delete from %s where caller = ? and key = ? and answer is null".formatted(table);
  }

  @Override
  public Claim claim(Key key, String request, Duration keep, Duration patience) {
    return pool.inTransaction(
        "take an idempotency key",
        connection -> {
          forgetOld(connection, keep);
          return isGranted(connection, key, request, keep, patience)
              ? new Claim.Granted()
              : taken(connection, key, request);
        });
  }

  private void forgetOld(Connection connection, Duration keep) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(forget)) {
      statement.setLong(1, keep.toMillis());
      statement.executeUpdate();
    }
  }

  private boolean isGranted(
      Connection connection, Key key, String request, Duration keep, Duration patience)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(claim)) {
      statement.setString(1, key.caller());
      statement.setString(2, key.text());
      statement.setString(3, request);
      statement.setLong(4, keep.toMillis());
      statement.setLong(5, patience.toMillis());
      return statement.executeUpdate() == 1;
    }
  }

  private Claim taken(Connection connection, Key key, String request) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(find)) {
      statement.setString(1, key.caller());
      statement.setString(2, key.text());
      ResultSet row = statement.executeQuery();
      // given back at this moment: whoever asks again gets it
      return row.next()
          ? new Claim.Taken(row.getString(1), Optional.ofNullable(row.getString(2)))
          : new Claim.Taken(request, Optional.empty());
    }
  }

  @Override
  public void answer(Key key, String text) {
    update("remember what came of a request", answer, text, key.caller(), key.text());
  }

  @Override
  public void release(Key key) {
    update("give an idempotency key back", release, key.caller(), key.text());
  }

  private void update(String step, String sql, String... parameters) {
    pool.with(
        step,
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
              statement.setString(i + 1, parameters[i]);
            }
            return statement.executeUpdate();
          }
        });
  }
}
