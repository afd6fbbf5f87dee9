package io.qupersync.domain.job;

/// A job in its two shapes; a job that is the same on every Redshift holds the same shape twice.
public record FlavoredJob(SyncJob provisioned, SyncJob serverless) {

  public FlavoredJob {
    if (!provisioned.id().equals(serverless.id())) {
      throw new IllegalArgumentException("both shapes of a job must have its name");
    }
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
