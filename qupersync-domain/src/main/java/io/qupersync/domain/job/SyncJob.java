package io.qupersync.domain.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    contradictions(
            mode,
            extraction.watermark().isPresent(),
            extraction.parallel().splitBy(),
            columns,
            destination.key(),
            destination.updateColumns())
        .stream()
        .findFirst()
        .ifPresent(first -> {
          throw new IllegalArgumentException(first);
        });
  }

  /// All that a job's definition says against itself, whatever the columns of its source are.
  ///
  /// @param key empty where it is not known
  public static List<String> contradictions(
      SyncMode mode,
      boolean hasWatermark,
      Optional<String> splitBy,
      ColumnRules columns,
      List<String> key,
      List<String> updateColumns) {
    var found = new ArrayList<String>();
    if (mode == SyncMode.INCREMENTAL && !hasWatermark) {
      found.add("mode incremental needs a watermark; name its column, or use mode upsert");
    }
    if (mode == SyncMode.UPSERT && hasWatermark) {
      found.add(
          "mode upsert reads everything at every run; remove the watermark, or use mode incremental, which writes the same and reads from the watermark on");
    }
    if (mode == SyncMode.MIRROR && hasWatermark) {
      found.add(
          "mode mirror reads everything, so that it knows what is gone; remove the watermark");
    }
    if (!key.isEmpty()) {
      splitBy.flatMap(column -> notOfKey(column, columns, key)).ifPresent(found::add);
    }
    updateColumns.stream()
        .filter(key::contains)
        .map("update_columns must not name the key column '%s'"::formatted)
        .forEach(found::add);
    return List.copyOf(found);
  }

  /// Of any other column, a row's value may change while ranges are read: then the row would be in
  /// two of them, or in none.
  private static Optional<String> notOfKey(
      String splitBy, ColumnRules columns, List<String> keyColumns) {
    List<String> key = keyColumns.stream().map(columns::sourceOf).toList();
    return key.contains(splitBy)
        ? Optional.empty()
        : Optional.of(
            "split_by must be a column of the key (%s), so that rows of one key are never read by two readers; was '%s'"
                .formatted(String.join(", ", key), splitBy));
  }
}
