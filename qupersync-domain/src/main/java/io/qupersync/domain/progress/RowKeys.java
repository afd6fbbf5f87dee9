package io.qupersync.domain.progress;

import java.util.List;

/// Rows of the source by their keys, whatever the watermark says.
///
/// @param columns of the source, by which a row is known
/// @param keys of each row the cells of these columns
public record RowKeys(List<String> columns, List<List<Object>> keys) {

  public RowKeys {
    columns = List.copyOf(columns);
    keys = keys.stream().map(List::copyOf).toList();
    if (columns.isEmpty() || keys.isEmpty()) {
      throw new IllegalArgumentException("no keys at all");
    }
  }
}
