package io.qupersync.interfaces.http.view;

import io.qupersync.application.query.LiveRun;
import io.qupersync.domain.run.RunTally;
import io.qupersync.domain.run.SyncRun;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A run, under the names of the columns of `sync_logs`.
///
/// @param errorCount rejected rows, attempts that failed, and the failure that ended it
/// @param durationMs how long it took; empty while it is under way
/// @param rowsRead rows read so far, some of which are not committed yet; of a run that is under
///   way in the process that answers
public record RunView(
    long runId,
    String syncJobId,
    String trigger,
    String status,
    Instant startedAt,
    Optional<Instant> completedAt,
    Optional<Long> durationMs,
    long rowsExtracted,
    long rowsUpserted,
    long rowsInserted,
    long rowsUpdated,
    long rowsUnchanged,
    long rowsDeleted,
    long rowsSkipped,
    long rowsDuplicate,
    int attempts,
    long errorCount,
    Optional<String> watermarkFrom,
    Optional<String> watermarkTo,
    Optional<String> error,
    Optional<String> remark,
    Optional<Long> rowsRead,
    Optional<Double> rowsPerSecond) {

  /// @param live how far it is, while it is under way in this process: newer than its line
  public static RunView of(SyncRun run, Optional<LiveRun> live) {
    RunTally tally = live.map(LiveRun::tally).orElse(run.tally());
    return new RunView(
        run.id().value(),
        run.job().value(),
        run.trigger().word(),
        run.status().word(),
        run.startedAt(),
        run.completedAt(),
        run.completedAt().map(end -> Duration.between(run.startedAt(), end).toMillis()),
        tally.extracted(),
        tally.upserted(),
        tally.inserted(),
        tally.updated(),
        tally.unchanged(),
        tally.deleted(),
        tally.skipped(),
        tally.duplicates(),
        run.attempts(),
        run.errorCount(),
        run.watermarkFrom(),
        run.watermarkTo(),
        run.error(),
        run.remark(),
        live.map(LiveRun::rowsRead),
        live.map(LiveRun::rowsPerSecond).map(rate -> Math.round(rate * 10) / 10.0));
  }
}
