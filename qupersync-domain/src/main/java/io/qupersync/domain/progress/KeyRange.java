package io.qupersync.domain.progress;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rows whose value in a column lies between two marks, the upper one excluded. Of the ranges
/// that [#over] makes, every row lies in exactly one, whatever its value: the first has no lower
/// end and the last no upper one, and rows whose value is NULL belong to the first.
///
/// @param column of the source
/// @param from the lowest value; empty for no lower end
/// @param before the lowest value beyond; empty for no upper end
public record KeyRange(
    String column, Optional<WatermarkValue> from, Optional<WatermarkValue> before) {

  public KeyRange {
    if (from.isPresent() && before.isPresent() && from.get().compareWith(before.get()) >= 0) {
      throw new IllegalArgumentException(
          "a range must hold a value, was %s to %s".formatted(from.get(), before.get()));
    }
  }

  /// Whether a row lies in it.
  ///
  /// @param cell the row's value in the column
  public boolean holds(@Nullable Object cell) {
    Optional<WatermarkValue> mark = cell == null ? Optional.empty() : WatermarkValue.of(cell);
    if (mark.isEmpty()) {
      return from.isEmpty();
    }
    return from.map(lowest -> mark.get().compareWith(lowest) >= 0).orElse(true)
        && before.map(beyond -> mark.get().compareWith(beyond) < 0).orElse(true);
  }

  /// Ranges of equal width between the lowest and the highest value, fewer where there are not as
  /// many values. What lies outside, for it came later, belongs to the outermost.
  ///
  /// @param least and `most` of one kind, which [WatermarkScale] can put on a line
  /// @return in order; one range of everything when there is nothing to split
  public static List<KeyRange> over(
      String column, WatermarkValue least, WatermarkValue most, int parts) {
    BigInteger first = WatermarkScale.place(least);
    BigInteger width = WatermarkScale.place(most).subtract(first).add(BigInteger.ONE);
    var ranges = new ArrayList<KeyRange>();
    Optional<WatermarkValue> from = Optional.empty();
    BigInteger last = first;
    for (int part = 1; part < parts; part++) {
      BigInteger at =
          first.add(width.multiply(BigInteger.valueOf(part)).divide(BigInteger.valueOf(parts)));
      if (at.compareTo(last) > 0) {
        Optional<WatermarkValue> end = Optional.of(WatermarkScale.at(at, least.kind()));
        ranges.add(new KeyRange(column, from, end));
        from = end;
        last = at;
      }
    }
    ranges.add(new KeyRange(column, from, Optional.empty()));
    return List.copyOf(ranges);
  }
}
