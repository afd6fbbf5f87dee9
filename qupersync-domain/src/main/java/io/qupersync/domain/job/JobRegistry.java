package io.qupersync.domain.job;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All jobs there are, in the order of their definition. Immutable.
public final class JobRegistry {

  private final Map<JobId, JobVariants> jobs = new LinkedHashMap<>();

  public JobRegistry(Collection<JobVariants> jobs) {
    for (JobVariants job : jobs) {
      if (this.jobs.putIfAbsent(job.id(), job) != null) {
        throw new IllegalArgumentException("job '%s' is defined twice".formatted(job.id()));
      }
    }
  }

  public Optional<JobVariants> find(JobId id) {
    return Optional.ofNullable(jobs.get(id));
  }

  /// The same jobs where it is known what kind of Redshift there is.
  public JobRegistry settledOn(Flavor flavor) {
    return new JobRegistry(jobs.values().stream().map(job -> job.settledOn(flavor)).toList());
  }

  public List<JobVariants> all() {
    return List.copyOf(jobs.values());
  }
}
