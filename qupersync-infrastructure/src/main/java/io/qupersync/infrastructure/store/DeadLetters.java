package io.qupersync.infrastructure.store;

import io.qupersync.domain.row.RejectedRow;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.run.Lease;
import io.qupersync.domain.table.CellText;
import io.qupersync.infrastructure.json.StateJson;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Writes into `dead_letters`, in the transaction of a batch. The same row is one letter however
/// often it is met, and counts how many runs met it.
public final class DeadLetters {

  private static final int LONGEST_ROW = 1 << 20;
  private static final int LONGEST_VALUE = 1 << 16;
  private static final int PIECE = 1 << 13;

  private final List<String> columns;
  private final String insert;
  private final String settle;
  private final String settleRows;
  private final String earlier;
  private final String settleEarlier;

  /// @param columns the source's columns
  public DeadLetters(StateSchema schema, List<String> columns) {
    this.columns = List.copyOf(columns);
    this.insert =
        """
        insert into %s as l (sync_job_id, run_id, column_name, reason, row_values, complete, row_hash)
        values (?, ?, ?, ?, ?::json, ?, ?)
        on conflict (sync_job_id, row_hash) do update set
          run_id = excluded.run_id, column_name = excluded.column_name, reason = excluded.reason,
          occurrences = l.occurrences + (l.run_id <> excluded.run_id)::integer,
          last_seen = excluded.last_seen
        """
            .formatted(schema.deadLetters());
    this.settle =
        "delete from %s where sync_job_id = ? and id = any (?)".formatted(schema.deadLetters());
    this.earlier =
        "select id, row_values from %s where sync_job_id = ? and run_id < ? and complete order by id limit 1000"
            .formatted(schema.deadLetters());
    this.settleEarlier =
        "delete from %s where sync_job_id = ? and run_id < ? and id = any (?)"
            .formatted(schema.deadLetters());
    this.settleRows =
        "delete from %s where sync_job_id = ? and row_hash = any (?)"
            .formatted(schema.deadLetters());
  }

  /// Takes away letters that are done with.
  public void settle(Connection connection, Lease lease, List<Long> ids) throws SQLException {
    if (ids.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(settle)) {
      statement.setString(1, lease.job().value());
      statement.setArray(2, connection.createArrayOf("bigint", ids.toArray()));
      statement.executeUpdate();
    }
  }

  /// Letters that earlier runs have left and that the lease's run has not met, by their numbers.
  /// There may be more.
  public Map<Long, Map<String, Optional<String>>> earlier(Connection connection, Lease lease)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(earlier)) {
      statement.setString(1, lease.job().value());
      statement.setLong(2, lease.run().value());
      ResultSet row = statement.executeQuery();
      var letters = new LinkedHashMap<Long, Map<String, Optional<String>>>();
      while (row.next()) {
        letters.put(row.getLong(1), PostgresDeadLetterBox.values(row.getString(2)));
      }
      return letters;
    }
  }

  /// Takes away such letters, unless a run has met them since.
  public void settleEarlier(Connection connection, Lease lease, List<Long> ids)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(settleEarlier)) {
      statement.setString(1, lease.job().value());
      statement.setLong(2, lease.run().value());
      statement.setArray(3, connection.createArrayOf("bigint", ids.toArray()));
      statement.executeUpdate();
    }
  }

  /// Takes away the letters of rows.
  ///
  /// @param rows as they were read
  public void settleRows(Connection connection, Lease lease, List<Row> rows) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(settleRows)) {
      statement.setString(1, lease.job().value());
      byte[][] hashes = rows.stream().map(row -> hash(values(row))).toArray(byte[][]::new);
      statement.setArray(2, connection.createArrayOf("bytea", hashes));
      statement.executeUpdate();
    }
  }

  public void add(Connection connection, Lease lease, List<RejectedRow> rejected)
      throws SQLException {
    if (rejected.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(insert)) {
      StateText text = StateText.of(connection);
      long waiting = 0;
      for (RejectedRow row : rejected) {
        waiting += add(statement, lease, row, text);
        if (waiting > LONGEST_ROW) {
          statement.executeBatch();
          waiting = 0;
        }
      }
      statement.executeBatch();
    }
  }

  private int add(PreparedStatement statement, Lease lease, RejectedRow rejected, StateText text)
      throws SQLException {
    Map<String, @Nullable String> values = values(rejected.source());
    byte[] hash = hash(values);
    boolean complete = isKeptWhole(values);
    if (!complete) {
      values.replaceAll((_, value) -> value == null ? null : shortened(value));
    }
    String json = text.json(StateJson.write(values));
    statement.setString(1, lease.job().value());
    statement.setLong(2, lease.run().value());
    statement.setString(3, rejected.column().orElse(null));
    statement.setString(4, text.words(rejected.reason()));
    statement.setString(5, json);
    statement.setBoolean(6, complete);
    statement.setBytes(7, hash);
    statement.addBatch();
    return json.length();
  }

  private Map<String, @Nullable String> values(Row source) {
    var values = new LinkedHashMap<String, @Nullable String>();
    for (int i = 0; i < columns.size(); i++) {
      Object cell = source.cell(i);
      values.put(columns.get(i), cell == null ? null : CellText.of(cell));
    }
    return values;
  }

  /// Up to 1 MB of a row is kept as it is; of a larger one, no value longer than 64 KB.
  private static boolean isKeptWhole(Map<String, @Nullable String> values) {
    return values.values().stream().mapToLong(value -> value == null ? 0 : value.length()).sum()
        <= LONGEST_ROW;
  }

  private static String shortened(String value) {
    return value.length() <= LONGEST_VALUE
        ? value
        : "%s… [cut here, %d characters in all]"
            .formatted(value.substring(0, LONGEST_VALUE), value.length());
  }

  /// Over names and whole values, so that rows that differ only where they are cut stay apart.
  private static byte[] hash(Map<String, @Nullable String> values) {
    MessageDigest digest = sha256();
    var piece = ByteBuffer.allocate(PIECE);
    values.forEach((name, value) -> {
      feed(digest, name, piece);
      feed(digest, value, piece);
    });
    return digest.digest();
  }

  /// Piece by piece: a value may take a good part of the heap, and so would a copy.
  private static void feed(MessageDigest digest, @Nullable String text, ByteBuffer piece) {
    int length = text == null ? -1 : text.length();
    digest.update(piece.clear().putInt(length).flip());
    for (int from = 0; text != null && from < length; from += PIECE / Character.BYTES) {
      int to = Math.min(length, from + PIECE / Character.BYTES);
      piece.clear().asCharBuffer().put(text, from, to);
      digest.update(piece.limit((to - from) * Character.BYTES));
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
