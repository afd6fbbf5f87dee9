package io.qupersync.sandbox.bench;

import java.util.List;

/// A table of one's own to measure with.
///
/// @param table of the source, as a job names it
/// @param key its key columns
public record OwnTable(String table, List<String> key) {

  public OwnTable {
    key = List.copyOf(key);
    if (key.isEmpty()) {
      throw new IllegalArgumentException("say what makes a row: --key COLUMN");
    }
    if (table.contains("\"") || String.join("", key).contains("\"")) {
      throw new IllegalArgumentException("a name with a quotation mark cannot be benched");
    }
  }
}
