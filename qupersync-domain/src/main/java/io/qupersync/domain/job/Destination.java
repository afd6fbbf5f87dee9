package io.qupersync.domain.job;

import io.qupersync.domain.table.TableRef;
import java.util.List;

/// Where a job writes.
///
/// @param key target columns that name a row; never empty
/// @param updateColumns the only columns that change on conflict; empty means all but the key
/// @param schema what happens when the source has other columns than the target
public record Destination(
    TableRef table,
    List<String> key,
    ConflictPolicy conflict,
    List<String> updateColumns,
    MetadataColumns stamps,
    SchemaPolicy schema) {

  public Destination(
      TableRef table,
      List<String> key,
      ConflictPolicy conflict,
      List<String> updateColumns,
      MetadataColumns stamps) {
    this(table, key, conflict, updateColumns, stamps, SchemaPolicy.EVOLVE);
  }

  public Destination {
    key = List.copyOf(key);
    updateColumns = List.copyOf(updateColumns);
    if (key.isEmpty()) {
      throw new IllegalArgumentException(
          "a target needs a key: without one a repeated row cannot be told from a new one");
    }
  }
}
