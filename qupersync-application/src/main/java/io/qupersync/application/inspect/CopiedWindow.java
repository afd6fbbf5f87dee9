package io.qupersync.application.inspect;

import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.row.Row;
import java.util.Optional;
import java.util.OptionalInt;

/// Tells the target rows that answer to a window of the source from older and newer ones: a job
/// that reads the last seven days keeps what it copied a year ago, and that is no difference.
final class CopiedWindow {

  private final OptionalInt column;
  private final Optional<WatermarkValue> from;
  private final Optional<WatermarkValue> to;

  CopiedWindow(TableMapping mapping, Window window) {
    this.column = mapping.markColumn();
    this.from = window.from().map(mark -> mark.first());
    this.to = window.to().map(mark -> mark.first());
  }

  /// A row whose place in the window cannot be told belongs to it.
  boolean holds(Row target) {
    if (column.isEmpty()) {
      return true;
    }
    Object cell = target.cell(column.getAsInt());
    Optional<WatermarkValue> mark = cell == null ? Optional.empty() : WatermarkValue.of(cell);
    return mark.isEmpty() || (!isBefore(mark.get(), from) && !isAfter(mark.get(), to));
  }

  private static boolean isBefore(WatermarkValue watermarkValue, Optional<WatermarkValue> end) {
    return end.filter(
            from -> isOneKind(watermarkValue, from) && watermarkValue.compareWith(from) < 0)
        .isPresent();
  }

  private static boolean isAfter(WatermarkValue watermarkValue, Optional<WatermarkValue> end) {
    return end.filter(to -> isOneKind(watermarkValue, to) && watermarkValue.compareWith(to) > 0)
        .isPresent();
  }

  // the source may order texts otherwise than Java
  private static boolean isOneKind(WatermarkValue one, WatermarkValue other) {
    return one.kind() == other.kind() && one.kind() != WatermarkValue.Kind.TEXT;
  }
}
