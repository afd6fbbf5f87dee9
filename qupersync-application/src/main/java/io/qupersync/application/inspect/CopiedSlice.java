package io.qupersync.application.inspect;

import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.progress.Mark;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.row.Row;
import java.util.Optional;
import java.util.OptionalInt;

/// Tells the target rows that answer to a window of the source from older and newer ones: a job
/// that reads the last seven days keeps what it copied a year ago, and that is no difference.
final class CopiedSlice {

  private final OptionalInt column;
  private final Optional<Mark> from;
  private final Optional<Mark> to;

  CopiedSlice(TableMapping mapping, Window window) {
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
    Optional<Mark> mark = cell == null ? Optional.empty() : Mark.of(cell);
    return mark.isEmpty() || (!isBefore(mark.get(), from) && !isAfter(mark.get(), to));
  }

  private static boolean isBefore(Mark mark, Optional<Mark> end) {
    return end.filter(from -> isOneKind(mark, from) && mark.compareWith(from) < 0).isPresent();
  }

  private static boolean isAfter(Mark mark, Optional<Mark> end) {
    return end.filter(to -> isOneKind(mark, to) && mark.compareWith(to) > 0).isPresent();
  }

  // the source may order texts otherwise than Java
  private static boolean isOneKind(Mark one, Mark other) {
    return one.kind() == other.kind() && one.kind() != Mark.Kind.TEXT;
  }
}
