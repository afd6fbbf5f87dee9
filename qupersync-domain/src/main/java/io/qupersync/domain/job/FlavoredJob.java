package io.qupersync.domain.job;

import java.util.Optional;

/// A job in its two shapes; a job that is the same on every Redshift holds the same shape twice.
///
/// @param description for people: what the job is for, in the words of whoever defined it
public record FlavoredJob(SyncJob provisioned, SyncJob serverless, Optional<String> description) {

  public FlavoredJob {
    if (!provisioned.id().equals(serverless.id())) {
      throw new IllegalArgumentException("both shapes of a job must have its name");
    }
  }

  public FlavoredJob(SyncJob provisioned, SyncJob serverless) {
    this(provisioned, serverless, Optional.empty());
  }

  public static FlavoredJob same(SyncJob job) {
    return new FlavoredJob(job, job);
  }

  public JobId id() {
    return provisioned.id();
  }

  public boolean dependsOnFlavor() {
    return !provisioned.equals(serverless);
  }

  public SyncJob on(Flavor flavor) {
    return switch (flavor) {
      case PROVISIONED -> provisioned;
      case SERVERLESS -> serverless;
    };
  }
}
