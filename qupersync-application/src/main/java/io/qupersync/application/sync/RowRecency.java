package io.qupersync.application.sync;

import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.mapping.WatermarkReader;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.row.Row;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Which of two states of a row is the newer one: the one with the higher watermark. Orders source
/// rows from old to new; those without a mark come first.
final class RowRecency implements Comparator<Row> {

  /// A letter against what the target has.
  enum Age {
    NEWER,
    OLDER,
    /// On a tie, or when the two cannot be compared, as without a watermark: only the source can
    /// tell.
    UNKNOWN
  }

  private final Optional<Integer> sourceColumn;
  private final OptionalInt targetColumn;

  RowRecency(TableMapping mapping) {
    sourceColumn = mapping.watermark().map(WatermarkReader::indexes).map(List::getFirst);
    targetColumn = mapping.markColumn();
  }

  @Override
  public int compare(Row one, Row other) {
    Optional<WatermarkValue> first = sourceColumn.flatMap(index -> mark(one.cell(index)));
    Optional<WatermarkValue> second = sourceColumn.flatMap(index -> mark(other.cell(index)));
    return first.isPresent() && second.isPresent()
        ? first.get().compareWith(second.get())
        : Boolean.compare(first.isPresent(), second.isPresent());
  }

  /// @param letter shaped as a target row
  Age among(Row letter, Optional<Row> present) {
    if (present.isEmpty()) {
      return Age.NEWER;
    }
    if (targetColumn.isEmpty()) {
      return Age.UNKNOWN;
    }
    int index = targetColumn.getAsInt();
    return age(mark(letter.cell(index)), mark(present.get().cell(index)));
  }

  private Age age(Optional<WatermarkValue> letter, Optional<WatermarkValue> target) {
    if (letter.isEmpty()) {
      return Age.UNKNOWN;
    }
    if (target.isEmpty()) {
      return Age.NEWER;
    }
    if (letter.get().kind() != target.get().kind()) {
      return Age.UNKNOWN;
    }
    int order = letter.get().compareWith(target.get());
    return order > 0 ? Age.NEWER : order < 0 ? Age.OLDER : Age.UNKNOWN;
  }

  private static Optional<WatermarkValue> mark(@Nullable Object cell) {
    return cell == null ? Optional.empty() : WatermarkValue.of(cell);
  }
}
