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

  private static final double SPEED_KEPT = 1 / 1.05;
  private static final double SMALL_JOBS_KEEP = 1 / 1.15;

  private Goals() {}

  /// Than another build. Small jobs may take longer than large ones: what is asked once in a run is
  /// most of theirs.
  static Goal noSlower(Benchmark benchmark, Measured measured) {
    double wanted = benchmark instanceof SmallJobsBenchmark ? SMALL_JOBS_KEEP : SPEED_KEPT;
    double speed = measured.speedAgainst(Contestant.OTHER);
    return new Goal(
        "(%s) %s".formatted(benchmark.name(), benchmark.title()),
        "the other build",
        String.format(Locale.ROOT, "%.2f ×", wanted),
        String.format(Locale.ROOT, "%.3f ×", speed),
        speed >= wanted);
  }

  /// Of what this program does itself with each row: reading its values off the wire's bytes,
  /// packing, checking and mapping them, encoding them for COPY. Sockets, drivers, compilers and
  /// the collector are told beside it.
  static Goal ownTimePerRow(Profile profile) {
    double micros = profile.perRow(ProfilePart.DECODING, ProfilePart.MAPPING, ProfilePart.ENCODING);
    boolean known = ProcessMeter.AVAILABLE && profile.samples() > 0;
    return new Goal(
        "CPU per row: decoding, mapping, encoding",
        String.format(
            Locale.ROOT,
            "our own code in (%s), warm; drivers take %.2f, the rest of the program %.2f, JIT compilers %.2f, collector %.2f",
            profile.work(),
            profile.perRow(ProfilePart.READING, ProfilePart.WRITING),
            profile.perRow(ProfilePart.SERVICE, ProfilePart.OTHER),
            profile.perRow(profile.compilers()),
            profile.perRow(profile.collector())),
        String.format(Locale.ROOT, "under %.1f µs", MICROSECONDS_PER_ROW),
        known ? String.format(Locale.ROOT, "%.2f µs", micros) : "not known: no /proc here",
        known && micros < MICROSECONDS_PER_ROW);
  }

  static Goal nothingWritten(String work, Measured measured) {
    long written =
        measured.of(Contestant.QUPERSYNC).samples().stream()
            .flatMap(sample -> sample.told().stream())
            .mapToLong(ReportedCounts::written)
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
