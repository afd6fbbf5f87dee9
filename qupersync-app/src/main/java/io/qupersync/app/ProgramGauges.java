package io.qupersync.app;

import io.qupersync.application.port.Gauges;
import io.qupersync.application.query.JobVitals;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;

/// How the jobs and this process stand.
record ProgramGauges(MonitoringSources program, LongSupplier dueRuns, InstantSource clock)
    implements Gauges {

  @Override
  public List<Job> jobs() {
    List<JobVitals> vitals = program.target().read(program.vitals()::all);
    Instant now = clock.instant();
    return vitals.stream().map(job -> job(job, now)).toList();
  }

  private static Job job(JobVitals job, Instant now) {
    return new Job(
        job.id(),
        job.lag(now),
        job.retentionLeft(now),
        job.lastSuccess(),
        job.isRunning(),
        job.standing().deadLetters());
  }

  @Override
  public ThisProcess process() {
    return new ThisProcess(program.queue().get(), dueRuns.getAsLong(), program.pools().get());
  }
}
