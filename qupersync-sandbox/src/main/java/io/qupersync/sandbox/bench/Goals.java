package io.qupersync.sandbox.bench;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Goals that are no comparison of two contestants.
final class Goals {

  /// What the run itself is worth in the log: its lease, its line in the run log, its progress, a
  /// temporary table. Rows would be more than this by far.
  private static final long LOG_OF_A_RUN = 1_000_000;

  private static final double MICROSECONDS_PER_ROW = 0.7;
  private static final double PEAK_MEGABYTES = 220;

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

  static Goal memory(String work, String of, double wanted, double megabytes) {
    return new Goal(
        work,
        of,
        String.format(Locale.ROOT, "under %.0f MB", wanted),
        ProcessMeter.AVAILABLE
            ? String.format(Locale.ROOT, "%.0f MB", megabytes)
            : "not known: no /proc here",
        ProcessMeter.AVAILABLE && megabytes < wanted);
  }

  /// Of the largest tables' runs, whatever they did.
  static Optional<Goal> peakMemory(List<Figure> figures) {
    return figures.stream()
        .filter(figure -> figure.contestant().startsWith(Contestant.QUPERSYNC))
        .max(Comparator.comparingLong(Figure::peakMemory))
        .map(most ->
            memory(
                "peak RSS with -Xmx64m",
                String.format(Locale.ROOT, "(%s), %,d rows", most.work(), most.rows()),
                PEAK_MEGABYTES,
                most.peakMemory() / 1e6));
  }
}
