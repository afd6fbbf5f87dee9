package io.qupersync.domain.job;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// A job in its two shapes; a job that is the same on every Redshift holds the same shape twice.
///
/// @param description for people: what the job is for, in the words of whoever defined it
/// @param after the jobs that this one waits for before it runs by itself
/// @param fullSchedule when a run reads everything, beside the ordinary ones
/// @param freshness how long after its last success the job counts as stale; empty for the default,
///   which follows from its schedule
public record JobVariants(
    SyncJob provisioned,
    SyncJob serverless,
    Optional<String> description,
    List<JobId> after,
    Optional<Duration> freshness,
    Optional<Schedule> fullSchedule) {

  /// Under which the state keeps when the next full run is due.
  private static final String FULL = "--full";

  public JobVariants {
    if (!provisioned.id().equals(serverless.id())) {
      throw new IllegalArgumentException("both shapes of a job must have its name");
    }
    after = List.copyOf(after);
  }

  public JobVariants(
      SyncJob provisioned,
      SyncJob serverless,
      Optional<String> description,
      List<JobId> after,
      Optional<Duration> freshness) {
    this(provisioned, serverless, description, after, freshness, Optional.empty());
  }

  public JobVariants(SyncJob provisioned, SyncJob serverless, Optional<String> description) {
    this(provisioned, serverless, description, List.of(), Optional.empty());
  }

  public JobVariants(SyncJob provisioned, SyncJob serverless) {
    this(provisioned, serverless, Optional.empty());
  }

  public static JobVariants same(SyncJob job) {
    return new JobVariants(job, job);
  }

  public JobId id() {
    return provisioned.id();
  }

  /// Under which a schedule store keeps the full runs of a job, beside its ordinary ones.
  ///
  /// @throws IllegalArgumentException when the name is too long for that
  public static JobId fullRunsOf(JobId job) {
    return new JobId(job.value() + FULL);
  }

  /// What is true of the job whatever kind of Redshift there is; empty when it is not yet known
  /// which of its shapes counts, and they differ in this.
  public <T> Optional<T> shared(Function<SyncJob, T> what) {
    T value = what.apply(provisioned);
    return value.equals(what.apply(serverless)) ? Optional.of(value) : Optional.empty();
  }

  /// When it runs; by itself not at all as long as that is not decided.
  public Schedule schedule() {
    return shared(SyncJob::schedule).orElseGet(Schedule.Manual::new);
  }

  /// Whether it must be known what kind of Redshift there is before a run begins.
  public boolean limitsDependOnFlavor() {
    return shared(SyncJob::limits).isEmpty();
  }

  /// How long a run may take; the shorter time where that is not decided.
  public Duration timeout() {
    return Stream.of(provisioned, serverless)
        .map(job -> job.limits().timeout())
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  /// How long a run may take at most; the longer time where that is not decided.
  public Duration longestTimeout() {
    return Stream.of(provisioned, serverless)
        .map(job -> job.limits().timeout())
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  /// How often is tried again; the fewer times where that is not decided.
  public RetryPolicy retry() {
    return Stream.of(provisioned, serverless)
        .map(job -> job.limits().retry())
        .min(Comparator.comparingInt(RetryPolicy::maxRetries))
        .orElseThrow();
  }

  public boolean dependsOnFlavor() {
    return !provisioned.equals(serverless);
  }

  /// Whether nobody can tell when the job runs before it is known what kind of Redshift there is.
  public boolean scheduleDependsOnFlavor() {
    return !provisioned.schedule().equals(serverless.schedule());
  }

  /// The job where it is known what kind of Redshift there is: of one shape.
  public JobVariants settledOn(Flavor flavor) {
    return dependsOnFlavor()
        ? new JobVariants(on(flavor), on(flavor), description, after, freshness, fullSchedule)
        : this;
  }

  /// How long the source keeps the rows this job reads; the shorter one where that depends on the
  /// flavor, for a warning may come early but not late.
  public Optional<Duration> retention() {
    return Stream.of(provisioned, serverless)
        .flatMap(job -> job.extraction().watermark().stream())
        .flatMap(rule -> rule.retention().stream())
        .min(Duration::compareTo);
  }

  public SyncJob on(Flavor flavor) {
    return switch (flavor) {
      case PROVISIONED -> provisioned;
      case SERVERLESS -> serverless;
    };
  }
}
