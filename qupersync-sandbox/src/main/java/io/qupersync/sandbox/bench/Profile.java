package io.qupersync.sandbox.bench;

import java.util.Arrays;
import java.util.List;

/// Where QuperSync's JVM spent its processor time in one run, which was not its first.
///
/// @param work its letter
/// @param rows that it read
/// @param samples that were taken of threads at work; of those that wait there are none
/// @param parts of the program, the busiest first
/// @param methods the busiest ones
/// @param collecting seconds that the garbage collector stopped all others
/// @param java seconds of processor time of the threads that run the program: the samples are
///   theirs
/// @param compilers the same of those that compile it to machine code
/// @param collector the same of the collector and the JVM's own threads
public record Profile(
    String work,
    long rows,
    long samples,
    List<Share> parts,
    List<Share> methods,
    double collecting,
    double java,
    double compilers,
    double collector) {

  public Profile {
    parts = List.copyOf(parts);
    methods = List.copyOf(methods);
  }

  /// How many of the samples fell on something.
  public record Share(String what, long samples) {}

  /// Microseconds of processor time for each row.
  double perRow(double seconds) {
    return seconds * 1e6 / rows;
  }

  /// Microseconds of processor time that something took for each row.
  double perRow(Share share) {
    return samples == 0 ? 0 : perRow(java * share.samples() / samples);
  }

  /// Microseconds of processor time that these parts took for each row.
  double perRow(ProfilePart... wanted) {
    List<String> titles = Arrays.stream(wanted).map(ProfilePart::title).toList();
    return parts.stream()
        .filter(share -> titles.contains(share.what()))
        .mapToDouble(this::perRow)
        .sum();
  }
}
