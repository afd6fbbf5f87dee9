package io.qupersync.application.schedule;

import io.qupersync.application.port.RowSource;
import io.qupersync.application.port.SyncFailure;
import io.qupersync.application.sync.JobDefinitions;
import io.qupersync.domain.job.JobVariants;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out what kind of Redshift there is, as long as some job's schedule depends on it: a job
/// that never runs would never find out by itself. Safe for use by many threads.
public final class FlavorDetection {

  private static final Logger LOG = LoggerFactory.getLogger(FlavorDetection.class);

  private final JobDefinitions jobs;
  private final RowSource source;
  private final AtomicBoolean asking = new AtomicBoolean();
  private final AtomicBoolean complained = new AtomicBoolean();

  /// @param source which has the jobs settle on what it finds out
  public FlavorDetection(JobDefinitions jobs, RowSource source) {
    this.jobs = jobs;
    this.source = source;
  }

  /// Asks, unless nobody waits for the answer or somebody is asking. Waits for nothing: a source
  /// that does not answer holds nobody up.
  public void ask() {
    boolean isOpen = jobs.current().all().stream().anyMatch(JobVariants::scheduleDependsOnFlavor);
    if (isOpen && asking.compareAndSet(false, true)) {
      Thread.ofVirtual().name("flavor").start(this::answer);
    }
  }

  private void answer() {
    try {
      jobs.settleOn(source.flavor());
    } catch (SyncFailure failure) {
      if (complained.compareAndSet(false, true)) {
        LOG.warn(
            "jobs whose schedule depends on the kind of Redshift wait, for it is not known yet: {}",
            failure.getMessage());
      }
    } finally {
      asking.set(false);
    }
  }
}
