package io.qupersync.domain.mapping;

import io.qupersync.domain.row.Row;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Collects rows, one per key, the later one in the earlier one's place: PostgreSQL refuses an
/// upsert that meets a key twice, and Redshift does not keep its keys unique.
final class KeyedRows {

  private final int[] key;
  private final List<Row> rows;
  private final List<Row> origins;
  private final Map<Object, Integer> places;
  private long duplicates;

  KeyedRows(int[] key, int expected) {
    this.key = key;
    this.rows = new ArrayList<>(expected);
    this.origins = new ArrayList<>(expected);
    this.places = HashMap.newHashMap(expected);
  }

  void add(Row row, Row origin) {
    Integer taken = places.putIfAbsent(keyOf(row), rows.size());
    if (taken == null) {
      rows.add(row);
      origins.add(origin);
    } else {
      rows.set(taken, row);
      origins.set(taken, origin);
      duplicates++;
    }
  }

  List<Row> rows() {
    return rows;
  }

  List<Row> origins() {
    return origins;
  }

  long duplicates() {
    return duplicates;
  }

  private Object keyOf(Row row) {
    if (key.length == 1) {
      return comparable(Objects.requireNonNull(row.cell(key[0])));
    }
    var parts = new ArrayList<@Nullable Object>(key.length);
    for (int index : key) {
      parts.add(comparable(Objects.requireNonNull(row.cell(index))));
    }
    return parts;
  }

  /// A form in which `equals` agrees with PostgreSQL's `=`.
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
