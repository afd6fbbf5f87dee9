package io.qupersync.domain.job;

import java.util.Optional;

/// Columns that QuperSync itself fills in each target row.
///
/// @param source holds the name of the source the row came from, so that several warehouses share a
///   table
/// @param time holds when the row was inserted or last really changed
public record MetadataColumns(Optional<String> source, Optional<String> time) {

  public static MetadataColumns none() {
    return new MetadataColumns(Optional.empty(), Optional.empty());
  }
}
