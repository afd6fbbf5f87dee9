package io.qupersync.domain.mapping;

import io.qupersync.domain.row.Row;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Collects rows in their order and notes whether a key comes twice: PostgreSQL refuses an upsert
/// that meets a key twice, and Redshift does not keep its keys unique.
final class KeyedRows {

  private final int[] key;
  private final List<Row> rows;
  private final List<Row> origins;
  private final Set<Object> seen;

  KeyedRows(int[] key, int expected) {
    this.key = key;
    this.rows = new ArrayList<>(expected);
    this.origins = new ArrayList<>(expected);
    this.seen = HashSet.newHashSet(expected);
  }

  void add(Row row, Row origin) {
    rows.add(row);
    origins.add(origin);
    seen.add(keyOf(row, key));
  }

  List<Row> rows() {
    return rows;
  }

  List<Row> origins() {
    return origins;
  }

  boolean repeatsAKey() {
    return seen.size() < rows.size();
  }

  /// A row's key in a form in which `equals` agrees with PostgreSQL's `=`, as far as Java can tell.
  ///
  /// @param key where the key's cells are, none of which is NULL
  static Object keyOf(Row row, int[] key) {
    if (key.length == 1) {
      return comparable(Objects.requireNonNull(row.cell(key[0])));
    }
    var parts = new ArrayList<@Nullable Object>(key.length);
    for (int index : key) {
      parts.add(comparable(Objects.requireNonNull(row.cell(index))));
    }
    return parts;
  }

  private static Object comparable(Object cell) {
    return switch (cell) {
      case BigDecimal number -> number.stripTrailingZeros();
      case byte[] bytes -> ByteBuffer.wrap(bytes);
      // adding zero turns -0.0 into 0.0, which PostgreSQL holds to be the same
      case Double number -> number + 0.0;
      case Float number -> number + 0.0f;
      default -> cell;
    };
  }
}
