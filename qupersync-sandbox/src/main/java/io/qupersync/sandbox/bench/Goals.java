package io.qupersync.sandbox.bench;

import java.util.Locale;

/// Goals that are no comparison of two contestants.
final class Goals {

  /// What the run itself is worth in the log: its lease, its line in the run log, its progress, a
  /// temporary table. Rows would be more than this by far.
  private static final long LOG_OF_A_RUN = 1_000_000;

  private static final double MICROSECONDS_PER_ROW = 0.7;

  private Goals() {}

  /// Of the whole JVM, which is more than decoding and encoding.
  static Goal processorTimePerRow(Measured measured) {
    Series own = measured.of(Contestant.QUPERSYNC);
    double micros = own.median(Cost::program) * 1e6 / own.rows();
    return new Goal(
        "JVM CPU per row",
        "all that the JVM does in (a)",
        String.format(Locale.ROOT, "under %.1f µs", MICROSECONDS_PER_ROW),
        ProcessMeter.AVAILABLE
            ? String.format(Locale.ROOT, "%.2f µs", micros)
            : "not known: no /proc here",
        ProcessMeter.AVAILABLE && micros < MICROSECONDS_PER_ROW);
  }

  static Goal nothingWritten(String work, Measured measured) {
    long written =
        measured.of(Contestant.QUPERSYNC).samples().stream()
            .flatMap(sample -> sample.told().stream())
            .mapToLong(Told::written)
            .max()
            .orElseThrow();
    return new Goal(work, "rows written", "0", Long.toString(written), written == 0);
  }

  static Goal noLog(String work, Measured measured) {
    double bytes = measured.of(Contestant.QUPERSYNC).median(Cost::wal);
    return new Goal(
        work,
        "write-ahead log",
        String.format(Locale.ROOT, "under %.1f MB", LOG_OF_A_RUN / 1e6),
        String.format(Locale.ROOT, "%.2f MB", bytes / 1e6),
        bytes < LOG_OF_A_RUN);
  }
}
