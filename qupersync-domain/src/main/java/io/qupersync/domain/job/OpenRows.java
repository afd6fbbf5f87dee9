package io.qupersync.domain.job;

import java.util.List;

/// Which rows of the target are not final yet, such as statements that still run. They are asked
/// for again by their keys until they are, however long ago they came: no window reaches that far
/// back.
///
/// @param column of the target
/// @param values with which a row counts as open, as texts; empty when NULL is what tells
public record OpenRows(String column, List<String> values) {

  public OpenRows {
    values = List.copyOf(values);
  }
}
