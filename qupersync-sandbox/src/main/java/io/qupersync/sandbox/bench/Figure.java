package io.qupersync.sandbox.bench;

import java.util.Optional;
import java.util.function.ToLongFunction;

/// What one contestant came to in one work: medians over the rounds, but for memory, where the most
/// counts.
///
/// @param work its letter
/// @param rows that it read
/// @param seconds for all of them
/// @param megabytesPerSecond of the rows as text
/// @param program seconds of processor time of QuperSync's JVM
/// @param client the same of psql or whoever stood in for it
/// @param source the same of the source's PostgreSQL
/// @param target the same of the target's PostgreSQL
/// @param relay the same of the relay before the source
/// @param wal bytes of write-ahead log at the target
/// @param peakMemory bytes that QuperSync's JVM held at most; 0 for others
/// @param heap bytes of its heap in use right after a run, at most; 0 for others
/// @param inserted rows, as QuperSync says; 0 for others, as the ones below
public record Figure(
    String work,
    String contestant,
    long rows,
    double seconds,
    double rowsPerSecond,
    double megabytesPerSecond,
    double program,
    double client,
    double source,
    double target,
    double relay,
    long wal,
    long peakMemory,
    long heap,
    long inserted,
    long updated,
    long unchanged,
    long deleted) {

  static Figure of(String work, Series series) {
    double seconds = series.median(Cost::seconds);
    boolean own = series.contestant().startsWith(Contestant.QUPERSYNC);
    Optional<ReportedCounts> told = series.samples().getLast().told();
    return new Figure(
        work,
        series.contestant(),
        series.rows(),
        seconds,
        series.rows() / seconds,
        series.bytes() / 1e6 / seconds,
        own ? series.median(Cost::program) : 0,
        series.median(Cost::client),
        series.median(Cost::source),
        series.median(Cost::target),
        own ? series.median(Cost::relay) : 0,
        (long) series.median(Cost::wal),
        own ? most(series, sample -> sample.cost().peakMemory()) : 0,
        most(series, Sample::heap),
        told.map(ReportedCounts::inserted).orElse(0L),
        told.map(ReportedCounts::updated).orElse(0L),
        told.map(ReportedCounts::unchanged).orElse(0L),
        told.map(ReportedCounts::deleted).orElse(0L));
  }

  private static long most(Series series, ToLongFunction<Sample> what) {
    return series.samples().stream().mapToLong(what).max().orElse(0);
  }
}
