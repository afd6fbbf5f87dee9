package io.qupersync.sandbox.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/// What one contestant came to in a work, round by round.
///
/// @param rows that it read in each
/// @param bytes of them, as text
record Series(String contestant, long rows, long bytes, List<Sample> samples) {

  public Series {
    samples = List.copyOf(samples);
  }

  double median(ToDoubleFunction<Cost> what) {
    return Medians.of(all(what));
  }

  List<Double> all(ToDoubleFunction<Cost> what) {
    return samples.stream().map(sample -> what.applyAsDouble(sample.cost())).toList();
  }
}
