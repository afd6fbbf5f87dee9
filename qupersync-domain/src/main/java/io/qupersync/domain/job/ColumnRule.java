package io.qupersync.domain.job;

import io.qupersync.domain.table.ColumnType;
import java.util.List;
import java.util.Optional;

/// What a job says of one target column; all that it leaves out is taken from the source.
///
/// @param name the target column
/// @param from the source column, when it has another name
/// @param type the target type, when it is not the source's own
/// @param required whether a NULL (after cleaning and default) rejects the row
/// @param defaultValue the literal that stands in for NULL, in the text form of the target type
/// @param normalize cleaning steps, in order
public record ColumnRule(
    String name,
    Optional<String> from,
    Optional<ColumnType> type,
    boolean required,
    Optional<String> defaultValue,
    List<Normalization> normalize) {

  public ColumnRule {
    normalize = List.copyOf(normalize);
  }

  public String sourceName() {
    return from.orElse(name);
  }
}
