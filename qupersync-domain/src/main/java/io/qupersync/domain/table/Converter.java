package io.qupersync.domain.table;

/// Turns one non-NULL cell into a cell of another type.
@FunctionalInterface
public interface Converter {

  /// The converted cell, or a [ConversionRefusal] when the value cannot be held exactly. Never
  /// throws for a value's sake.
  Object convert(Object cell);

  Converter IDENTITY = cell -> cell;

  default Converter then(Converter next) {
    return cell -> {
      Object converted = convert(cell);
      return converted instanceof ConversionRefusal ? converted : next.convert(converted);
    };
  }
}
