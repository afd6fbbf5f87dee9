package io.qupersync.sandbox.bench;

import java.util.List;

/// Where QuperSync's JVM spent its processor time in one run.
///
/// @param work its letter
/// @param samples that were taken of threads at work; of those that wait there are none
/// @param parts of the program, the busiest first
/// @param methods the busiest ones
/// @param collecting seconds that the garbage collector stopped all others
public record Profile(
    String work, long samples, List<Share> parts, List<Share> methods, double collecting) {

  public Profile {
    parts = List.copyOf(parts);
    methods = List.copyOf(methods);
  }

  /// How many of the samples fell on something.
  public record Share(String what, long samples) {}
}
