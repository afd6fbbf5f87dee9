package io.qupersync.sandbox.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What to measure, and for how long.
///
/// @param rows of the table of orders
/// @param rounds of each contestant in each work
/// @param only names of works; empty for all
/// @param program the jar of the program
/// @param other another build of the program, which is measured instead of the rivals; empty for
///   none
/// @param page the folder for a page and a plot; empty for none
public record BenchSettings(
    long rows,
    int rounds,
    List<String> only,
    Path program,
    Optional<Path> other,
    Optional<Path> page) {

  /// Fewer, and what one percent of the rows is means nothing any more.
  public static final long FEWEST_ROWS = 1000;

  public BenchSettings {
    only = List.copyOf(only);
    if (rows < FEWEST_ROWS) {
      throw new IllegalArgumentException(
          "rows must be %d or more, was %d".formatted(FEWEST_ROWS, rows));
    }
    if (rounds < 1) {
      throw new IllegalArgumentException("rounds must be 1 or more, was " + rounds);
    }
    for (String name : only) {
      if (!Bench.NAMES.contains(name)) {
        throw new IllegalArgumentException(
            "no work '%s'; there are %s".formatted(name, String.join(", ", Bench.NAMES)));
      }
    }
  }

  boolean wants(String work) {
    return only.isEmpty() || only.contains(work);
  }
}
