package io.qupersync.domain.job;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.SplittableRandom;

/// When a job runs by itself.
public sealed interface Schedule {

  /// The least time between two runs: a job that is due more often does nothing but run.
  Duration LEAST_INTERVAL = Duration.ofSeconds(1);

  /// @param interval at least [#LEAST_INTERVAL]
  /// @param jitter how much later than its time a run may begin
  record Every(Duration interval, Duration jitter) implements Schedule {
    public Every {
      if (interval.compareTo(LEAST_INTERVAL) < 0) {
        throw new IllegalArgumentException(
            "an interval must be a second at least, was %d ms".formatted(interval.toMillis()));
      }
      requireJitter(jitter);
    }

    public Every(Duration interval) {
      this(interval, Duration.ZERO);
    }

    /// The first time after `now` on the grid that `due` lies on.
    public Instant next(Instant due, Instant now) {
      return due.plus(interval.multipliedBy(timesFrom(due, now)));
    }

    /// How many times of the grid that begins at `due` have come by `now`.
    public long timesFrom(Instant due, Instant now) {
      return now.isBefore(due) ? 0 : Duration.between(due, now).dividedBy(interval) + 1;
    }
  }

  /// A five-field cron expression, in the time of a zone.
  ///
  /// @param jitter how much later than its time a run may begin
  record Cron(String expression, ZoneId zone, Duration jitter) implements Schedule {
    public Cron {
      requireJitter(jitter);
    }

    public Cron(String expression, ZoneId zone) {
      this(expression, zone, Duration.ZERO);
    }
  }

  /// Only when asked.
  record Manual() implements Schedule {}

  /// Whenever all jobs that it comes after have ended well.
  record Following() implements Schedule {}

  /// When the run of the job that is due at `due` begins: the same for everyone who asks, and never
  /// more than the jitter later.
  default Instant start(JobId job, Instant due) {
    Duration most =
        switch (this) {
          case Every(_, Duration jitter) -> jitter;
          case Cron(_, _, Duration jitter) -> jitter;
          case Manual _, Following _ -> Duration.ZERO;
        };
    if (most.isZero()) {
      return due;
    }
    long seed = 31L * job.hashCode() + due.hashCode();
    return due.plusMillis(new SplittableRandom(seed).nextLong(most.toMillis() + 1));
  }

  private static void requireJitter(Duration jitter) {
    if (jitter.isNegative()) {
      throw new IllegalArgumentException("jitter must not be negative, was " + jitter);
    }
  }
}
