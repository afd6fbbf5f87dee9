package io.qupersync.sandbox.bench;

import java.util.List;
import java.util.stream.IntStream;

/// The value in the middle, which one odd round cannot move.
final class Medians {

  private Medians() {}

  /// Of an even number of values, the mean of the two in the middle.
  ///
  /// @param values one at least
  static double of(List<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("nothing has no median");
    }
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /// The median of the ratios of what was measured in the same round.
  static double ofRatios(List<Double> numerators, List<Double> denominators) {
    if (numerators.size() != denominators.size()) {
      throw new IllegalArgumentException(
          "%d rounds against %d".formatted(numerators.size(), denominators.size()));
    }
    return of(
        IntStream.range(0, numerators.size())
            .mapToObj(i -> numerators.get(i) / denominators.get(i))
            .toList());
  }
}
