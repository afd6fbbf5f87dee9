package io.qupersync.domain.job;

import java.util.List;
import java.util.Set;

/// One job as it runs: what it reads, how columns are shaped, where they go.
public record SyncJob(
    JobId id,
    SyncMode mode,
    Extraction extraction,
    ColumnRules columns,
    Destination destination,
    Schedule schedule,
    RunLimits limits) {

  public SyncJob {
    if (mode == SyncMode.INCREMENTAL && extraction.watermark().isEmpty()) {
      throw new IllegalArgumentException(
          "mode incremental needs a watermark; name its column, or use mode upsert");
    }
    if (mode == SyncMode.UPSERT && extraction.watermark().isPresent()) {
      throw new IllegalArgumentException(
          "mode upsert reads everything at every run; remove the watermark, or use mode incremental, which writes the same and reads from the watermark on");
    }
    if (mode == SyncMode.MIRROR && extraction.watermark().isPresent()) {
      throw new IllegalArgumentException(
          "mode mirror reads everything, so that it knows what is gone; remove the watermark");
    }
    extraction.parallel().splitBy().ifPresent(column -> requireKey(column, columns, destination));
    var key = Set.copyOf(destination.key());
    for (String column : destination.updateColumns()) {
      if (key.contains(column)) {
        throw new IllegalArgumentException(
            "update_columns must not name the key column '%s'".formatted(column));
      }
    }
  }

  /// Of any other column, a row's value may change while ranges are read: then the row would be in
  /// two of them, or in none.
  private static void requireKey(String splitBy, ColumnRules columns, Destination destination) {
    List<String> key = destination.key().stream().map(columns::sourceOf).toList();
    if (!key.contains(splitBy)) {
      throw new IllegalArgumentException(
          "split_by must be a column of the key (%s), so that rows of one key are never read by two readers; was '%s'"
              .formatted(String.join(", ", key), splitBy));
    }
  }
}
