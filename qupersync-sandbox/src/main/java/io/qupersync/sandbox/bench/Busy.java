package io.qupersync.sandbox.bench;

/// Seconds of processor time that a JVM has used, by whom.
///
/// @param compilers the threads that compile to machine code: much in a JVM's first minute, little
///   later
/// @param collector the threads that collect garbage, and the JVM's own
/// @param java all others: those that run the program
record Busy(double java, double compilers, double collector) {

  /// What came on top of an earlier state.
  Busy since(Busy earlier) {
    return new Busy(
        java - earlier.java, compilers - earlier.compilers, collector - earlier.collector);
  }

  /// With one more thread's time.
  ///
  /// @param thread its name as Linux shortens it
  Busy plus(String thread, double seconds) {
    if (thread.startsWith("C1 ") || thread.startsWith("C2 ")) {
      return new Busy(java, compilers + seconds, collector);
    }
    if (thread.startsWith("VM ") || thread.startsWith("GC ") || thread.startsWith("G1 ")) {
      return new Busy(java, compilers, collector + seconds);
    }
    // the flight recorder is not a part of what it watches
    return thread.startsWith("JFR ") ? this : new Busy(java + seconds, compilers, collector);
  }

  static Busy none() {
    return new Busy(0, 0, 0);
  }
}
