package io.qupersync.infrastructure.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.RunStatus;
import io.qupersync.domain.run.RunTally;
import java.time.Duration;
import java.util.List;

/// What is counted while it happens. The registry hands the same meter out for the same labels.
final class RunMeters {

  /// From a job that finds nothing new to a first load; one run in a thousand takes longer.
  private static final Duration[] DURATIONS = {
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30),
    Duration.ofMinutes(1),
    Duration.ofMinutes(2),
    Duration.ofMinutes(5),
    Duration.ofMinutes(10),
    Duration.ofMinutes(30),
    Duration.ofHours(1)
  };

  private static final String NOT_STARTED = "not_started";

  private static final List<String> OUTCOMES =
      List.of(
          RunStatus.SUCCESS.word(),
          RunStatus.FAILED.word(),
          RunStatus.CANCELLED.word(),
          NOT_STARTED);

  private final MeterRegistry registry;
  private final Counter ticks;

  RunMeters(MeterRegistry registry) {
    this.registry = registry;
    this.ticks =
        Counter.builder("qupersync.scheduler.ticks")
            .description("How often the scheduler looked for what is due")
            .register(registry);
  }

  void ended(JobId job, String outcome, Duration took) {
    runs(job, outcome).increment();
    Timer.builder("qupersync.run.duration")
        .description("How long runs took, from their lease to their end")
        .serviceLevelObjectives(DURATIONS)
        .tag("job", job.value())
        .register(registry)
        .record(took);
  }

  void failedToStart(JobId job) {
    runs(job, NOT_STARTED).increment();
  }

  private Counter runs(JobId job, String outcome) {
    return Counter.builder("qupersync.runs")
        .description("Runs of this process by how they ended; not_started never got their lease")
        .tag("job", job.value())
        .tag("outcome", outcome)
        .register(registry);
  }

  void committed(JobId job, RunTally more) {
    rows(job, "extracted", more.extracted());
    rows(job, "inserted", more.inserted());
    rows(job, "updated", more.updated());
    rows(job, "unchanged", more.unchanged());
    rows(job, "deleted", more.deleted());
    rows(job, "rejected", more.skipped());
    rows(job, "duplicate", more.duplicates());
  }

  private void rows(JobId job, String kind, long count) {
    Counter.builder("qupersync.rows")
        .description("Rows by what became of them; extracted counts all that were read")
        .tag("job", job.value())
        .tag("kind", kind)
        .register(registry)
        // a row that was rejected and is written after all is taken back in the run log, not here
        .increment((double) Math.max(0, count));
  }

  void retried(JobId job) {
    retries(job).increment();
  }

  void misfired(JobId job) {
    misfires(job).increment();
  }

  /// The counters of a job exist, at zero, before anything has happened: a rate needs two values.
  void expect(JobId job) {
    OUTCOMES.forEach(outcome -> runs(job, outcome).increment(0));
    committed(job, RunTally.zero());
    retries(job).increment(0);
    misfires(job).increment(0);
  }

  private Counter retries(JobId job) {
    return counter("qupersync.retries", "Tries again after a transient failure", job);
  }

  private Counter misfires(JobId job) {
    return counter("qupersync.misfires", "Runs that were due and did not take place", job);
  }

  private Counter counter(String name, String description, JobId job) {
    return Counter.builder(name)
        .description(description)
        .tag("job", job.value())
        .register(registry);
  }

  void ticked() {
    ticks.increment();
  }

  void alert(String channel, String result) {
    Counter.builder("qupersync.alerts")
        .description("Tries to tell someone of an incident, by how they ended")
        .tag("channel", channel)
        .tag("result", result)
        .register(registry)
        .increment();
  }
}
