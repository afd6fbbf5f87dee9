package io.qupersync.app.config;

import io.qupersync.domain.job.ColumnRules;
import io.qupersync.domain.job.Destination;
import io.qupersync.domain.job.Extraction;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.Parallel;
import io.qupersync.domain.job.RunLimits;
import io.qupersync.domain.job.Schedule;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.job.SyncMode;
import io.qupersync.domain.table.TableRef;
import java.util.List;
import java.util.Optional;

/// Reads one job in one of its two shapes, all layers laid over each other.
final class JobReader {

  private final RunLimits limits;
  private final ExtractionReader extractions;
  private final ParallelReader parallels;
  private final ScheduleReader schedules;
  private final DestinationReader destinations;

  /// @param flavor of the source
  /// @param sourceConnections how many sessions there may be at the source
  JobReader(
      DefaultsConfig defaults, String targetSchema, FlavorSetting flavor, int sourceConnections) {
    this.limits = defaults.limits();
    this.extractions = new ExtractionReader(flavor, defaults.lookback());
    this.parallels = new ParallelReader(defaults.parallel(), sourceConnections);
    this.schedules = new ScheduleReader(defaults);
    this.destinations = new DestinationReader(targetSchema);
  }

  /// When a run of the job reads everything, beside the ordinary ones.
  Optional<Schedule> fullSchedule(Section job) {
    Optional<Schedule> full = schedules.readFull(job);
    if (full.isPresent() && !job.has("watermark")) {
      job.problem(
          job.placeOf("full_schedule"),
          "every run of a job without a watermark reads everything; remove 'full_schedule', or give the job a watermark");
    }
    return full;
  }

  /// Where it writes, also when it has problems.
  Optional<TableRef> target(Section job) {
    return destinations.table(job);
  }

  /// The job; empty when it has problems, or its name has.
  ///
  /// @param adviceWithoutSource the problem of a job that has no source
  Optional<SyncJob> read(Optional<JobId> id, Section job, String adviceWithoutSource) {
    Parallel parallel = parallels.read(job);
    Optional<Extraction> extraction =
        extractions.read(job, adviceWithoutSource).map(found -> found.readBy(parallel));
    Optional<Destination> destination = destinations.read(job);
    SyncMode mode =
        job.read("mode", Values.oneOf(SyncMode.class, '_'))
            .orElse(job.has("watermark") ? SyncMode.INCREMENTAL : SyncMode.UPSERT);
    ColumnRules columns = ColumnRulesReader.read(job);
    Schedule schedule = schedules.read(job);
    RunLimits ownLimits = LimitsReader.read(job, limits);
    // all of them, though the job itself would tell the first; a problem met twice counts once
    SyncJob.contradictions(
            mode,
            job.has("watermark"),
            parallel.splitBy(),
            columns,
            destination.map(Destination::key).orElseGet(List::of),
            destination.map(Destination::updateColumns).orElseGet(List::of))
        .forEach(wrong -> job.problem(job.placeOf("mode"), wrong));
    WrittenColumns.check(job, columns);
    if (id.isEmpty() || extraction.isEmpty() || destination.isEmpty()) {
      return Optional.empty();
    }
    return job.built(
        job.placeOf("mode"),
        () ->
            new SyncJob(
                id.get(), mode, extraction.get(), columns, destination.get(), schedule, ownLimits));
  }
}
