package io.qupersync.application.testkit;

import io.qupersync.application.port.Gauges;
import io.qupersync.application.port.TransientFailure;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// Gauges that show what a test sets, fail when it says so, and count how often the jobs are asked.
public final class FixedGauges implements Gauges {

  private final List<Job> jobs = new ArrayList<>();
  private final List<Pool> pools = new ArrayList<>();
  private final AtomicInteger asked = new AtomicInteger();
  private Backlog queue = new Backlog(0, 0);
  private long dueRuns;
  private volatile boolean failing;
  private volatile CountDownLatch silence = new CountDownLatch(0);

  /// A job of which nothing is known.
  public static JobBuilder aJob(String name) {
    return new JobBuilder(name);
  }

  public FixedGauges job(JobBuilder job) {
    jobs.add(job.build());
    return this;
  }

  public void clear() {
    jobs.clear();
  }

  public FixedGauges pool(String name, int active, int idle, int waiting, int most) {
    pools.add(new Pool(name, active, idle, waiting, most));
    return this;
  }

  public FixedGauges queue(long rows, long bytes) {
    queue = new Backlog(rows, bytes);
    return this;
  }

  public FixedGauges dueRuns(long runs) {
    dueRuns = runs;
    return this;
  }

  public void fail() {
    failing = true;
  }

  /// From now on no question about the jobs is answered before the latch opens.
  public void keepSilentUntil(CountDownLatch open) {
    silence = open;
  }

  public int timesAsked() {
    return asked.get();
  }

  @Override
  public List<Job> jobs() {
    asked.incrementAndGet();
    try {
      silence.await();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
    if (failing) {
      throw new TransientFailure(FailureKind.UNREACHABLE, "cannot reach the state store");
    }
    return List.copyOf(jobs);
  }

  @Override
  public ThisProcess process() {
    return new ThisProcess(queue, dueRuns, pools);
  }

  /// `aJob("orders").running().deadLetters(3)`.
  public static final class JobBuilder {

    private final String name;
    private Optional<Duration> lag = Optional.empty();
    private Optional<Duration> retentionLeft = Optional.empty();
    private Optional<Instant> lastSuccess = Optional.empty();
    private boolean running;
    private long deadLetters;

    private JobBuilder(String name) {
      this.name = name;
    }

    public JobBuilder lagging(Duration behind) {
      lag = Optional.of(behind);
      return this;
    }

    public JobBuilder losingRowsIn(Duration left) {
      retentionLeft = Optional.of(left);
      return this;
    }

    public JobBuilder lastWellAt(Instant instant) {
      lastSuccess = Optional.of(instant);
      return this;
    }

    public JobBuilder running() {
      running = true;
      return this;
    }

    public JobBuilder deadLetters(long count) {
      deadLetters = count;
      return this;
    }

    private Job build() {
      return new Job(new JobId(name), lag, retentionLeft, lastSuccess, running, deadLetters);
    }
  }
}
