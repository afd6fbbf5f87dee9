package io.qupersync.sandbox.bench;

/// Seconds of processor time that a JVM has used, by whom.
///
/// @param compilers the threads that compile to machine code: much in a JVM's first minute, little
///   later
/// @param collector the threads that collect garbage, and the JVM's own
/// @param java all others: those that run the program
record CpuTimes(double java, double compilers, double collector) {

  /// What came on top of an earlier state.
  CpuTimes since(CpuTimes earlier) {
    return new CpuTimes(
        java - earlier.java, compilers - earlier.compilers, collector - earlier.collector);
  }

  /// With one more thread's time.
  ///
  /// @param thread its name as Linux shortens it
  CpuTimes plus(String thread, double seconds) {
    if (thread.startsWith("C1 ") || thread.startsWith("C2 ")) {
      return new CpuTimes(java, compilers + seconds, collector);
    }
    if (thread.startsWith("VM ") || thread.startsWith("GC ") || thread.startsWith("G1 ")) {
      return new CpuTimes(java, compilers, collector + seconds);
    }
    // the flight recorder is not a part of what it watches
    return thread.startsWith("JFR ") ? this : new CpuTimes(java + seconds, compilers, collector);
  }

  static CpuTimes none() {
    return new CpuTimes(0, 0, 0);
  }
}
