package io.qupersync.infrastructure.metrics;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.distribution.TimeWindowMax;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.RunStatus;
import io.qupersync.domain.run.RunTally;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/// What is counted for each job. A registry keeps some 500 bytes for each of a job's twenty series,
/// and copies all of them at a scrape; here a job is a few hundred bytes, and a scrape copies
/// nothing: thousands of jobs fit a small heap. Safe for use by many threads.
final class JobCounters {

  static final String NOT_STARTED = "not_started";

  private static final List<String> OUTCOMES =
      List.of(
          RunStatus.CANCELLED.word(),
          RunStatus.FAILED.word(),
          NOT_STARTED,
          RunStatus.SUCCESS.word());

  private static final List<String> KINDS =
      List.of("deleted", "duplicate", "extracted", "inserted", "rejected", "unchanged", "updated");

  private static final int ROWS = OUTCOMES.size();
  private static final int RETRIES = ROWS + KINDS.size();
  private static final int MISFIRES = RETRIES + 1;
  private static final int NUMBERS = MISFIRES + 1;

  private final Map<JobId, Counted> jobs = new ConcurrentSkipListMap<>();

  private static final class Counted {
    private final AtomicLongArray numbers = new AtomicLongArray(NUMBERS);
    private volatile Optional<RunDurations> durations = Optional.empty();

    void add(int at, long count) {
      numbers.addAndGet(at, count);
    }

    long get(int at) {
      return numbers.get(at);
    }

    synchronized void took(Duration duration) {
      RunDurations known = durations.orElseGet(RunDurations::new);
      known.record(duration);
      durations = Optional.of(known);
    }
  }

  /// Most jobs of an instance may never run there: made by the first run that ends.
  private static final class RunDurations {

    /// From a job that finds nothing new to a first load; one run in a thousand takes longer.
    private static final long[] SECONDS_TIMES_TEN = {
      1, 5, 10, 50, 100, 300, 600, 1_200, 3_000, 6_000, 18_000, 36_000
    };

    private static final double NANOS_PER_SECOND = 1e9;

    /// The longest run of the last minute, as the other timers of the registry tell it.
    private static final long ROTATION_MILLIS = 20_000;

    private static final int ROTATIONS = 3;

    private final TimeWindowMax longest =
        new TimeWindowMax(Clock.SYSTEM, ROTATION_MILLIS, ROTATIONS);
    private final long[] upTo = new long[SECONDS_TIMES_TEN.length];
    private long count;
    private long nanos;

    synchronized void record(Duration took) {
      for (int i = 0; i < upTo.length; i++) {
        if (took.compareTo(Duration.ofMillis(SECONDS_TIMES_TEN[i] * 100)) <= 0) {
          upTo[i]++;
        }
      }
      count++;
      nanos += took.toNanos();
      longest.record((double) took.toNanos(), TimeUnit.NANOSECONDS);
    }

    synchronized void write(MetricFamily family, JobId job) throws IOException {
      for (int i = 0; i < upTo.length; i++) {
        String bound = Double.toString(SECONDS_TIMES_TEN[i] / 10.0);
        family.sample("_bucket", job, "le", bound, Long.toString(upTo[i]));
      }
      family.sample("_bucket", job, "le", "+Inf", Long.toString(count));
      family.sample("_count", job, Long.toString(count));
      family.sample("_sum", job, Double.toString(nanos / NANOS_PER_SECOND));
    }

    double longestSeconds() {
      return longest.poll(TimeUnit.SECONDS);
    }
  }

  private Counted of(JobId job) {
    return jobs.computeIfAbsent(job, _ -> new Counted());
  }

  /// The counters of a job exist, at zero, before anything has happened: a rate needs two values.
  void expect(JobId job) {
    of(job);
  }

  void ended(JobId job, String outcome, Duration took) {
    of(job).add(OUTCOMES.indexOf(outcome), 1);
    of(job).took(took);
  }

  void failedToStart(JobId job) {
    of(job).add(OUTCOMES.indexOf(NOT_STARTED), 1);
  }

  void committed(JobId job, RunTally more) {
    Counted counted = of(job);
    rows(counted, "extracted", more.extracted());
    rows(counted, "inserted", more.inserted());
    rows(counted, "updated", more.updated());
    rows(counted, "unchanged", more.unchanged());
    rows(counted, "deleted", more.deleted());
    rows(counted, "rejected", more.skipped());
    rows(counted, "duplicate", more.duplicates());
  }

  private static void rows(Counted counted, String kind, long count) {
    // a row that was rejected and is written after all is taken back in the run log, not here
    counted.add(ROWS + KINDS.indexOf(kind), Math.max(0, count));
  }

  void retried(JobId job) {
    of(job).add(RETRIES, 1);
  }

  void misfired(JobId job) {
    of(job).add(MISFIRES, 1);
  }

  void write(MetricText text) throws IOException {
    counters(
        text.counter(
            "qupersync_runs",
            "Runs of this process by how they ended; not_started never got their lease"),
        "outcome",
        OUTCOMES,
        0);
    counters(
        text.counter(
            "qupersync_rows", "Rows by what became of them; extracted counts all that were read"),
        "kind",
        KINDS,
        ROWS);
    counter(text.counter("qupersync_retries", "Tries again after a transient failure"), RETRIES);
    counter(
        text.counter("qupersync_misfires", "Runs that were due and did not take place"), MISFIRES);
    durations(text);
  }

  private void counters(MetricFamily family, String label, List<String> words, int first)
      throws IOException {
    for (Map.Entry<JobId, Counted> job : jobs.entrySet()) {
      for (int i = 0; i < words.size(); i++) {
        String value = number(job.getValue().get(first + i));
        family.sample("_total", job.getKey(), label, words.get(i), value);
      }
    }
  }

  private void counter(MetricFamily family, int at) throws IOException {
    for (Map.Entry<JobId, Counted> job : jobs.entrySet()) {
      family.sample("_total", job.getKey(), number(job.getValue().get(at)));
    }
  }

  private void durations(MetricText text) throws IOException {
    String help = "How long runs took, from their lease to their end";
    MetricFamily all = text.histogram("qupersync_run_duration_seconds", help);
    for (Map.Entry<JobId, Counted> job : jobs.entrySet()) {
      Optional<RunDurations> durations = job.getValue().durations;
      if (durations.isPresent()) {
        durations.get().write(all, job.getKey());
      }
    }
    MetricFamily longest = text.gauge("qupersync_run_duration_seconds_max", help);
    for (Map.Entry<JobId, Counted> job : jobs.entrySet()) {
      Optional<RunDurations> durations = job.getValue().durations;
      if (durations.isPresent()) {
        longest.sample("", job.getKey(), Double.toString(durations.get().longestSeconds()));
      }
    }
  }

  private static String number(long count) {
    return Double.toString((double) count);
  }
}
