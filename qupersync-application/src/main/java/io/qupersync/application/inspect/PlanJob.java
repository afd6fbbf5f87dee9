package io.qupersync.application.inspect;

import io.qupersync.application.port.ProgressStore;
import io.qupersync.application.port.RowSource;
import io.qupersync.application.port.RowTarget;
import io.qupersync.application.sync.MappingPreparation;
import io.qupersync.application.sync.Progress;
import io.qupersync.application.sync.RunRequest;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.progress.Window;

/// Says what a run would do; touches nothing.
public final class PlanJob {

  private final RowSource source;
  private final RowTarget target;
  private final MappingPreparation mappingPreparation;
  private final Progress progress;

  public PlanJob(RowSource source, RowTarget target, ProgressStore store) {
    this.source = source;
    this.target = target;
    this.mappingPreparation = new MappingPreparation(source, target);
    this.progress = new Progress(store, source);
  }

  /// @throws io.qupersync.application.port.SyncFailure when a database cannot be asked, or the job
  ///   does not fit
  public JobPlan plan(JobVariants job) {
    TableMapping mapping = mappingPreparation.of(job);
    Window window = progress.nextWindow(mapping, new RunRequest.Scope.Ordinary());
    return new JobPlan(
        job.id(),
        mapping,
        window,
        source.describe(mapping.job(), mapping.source(), window),
        target.changesFor(mapping),
        target.describe(mapping));
  }
}
