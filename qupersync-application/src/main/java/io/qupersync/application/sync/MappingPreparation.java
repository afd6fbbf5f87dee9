package io.qupersync.application.sync;

import io.qupersync.application.port.Load;
import io.qupersync.application.port.PermanentFailure;
import io.qupersync.application.port.RowSource;
import io.qupersync.application.port.RowTarget;
import io.qupersync.application.port.TargetSnapshot;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.mapping.MappingProblem;
import io.qupersync.domain.mapping.MappingResolver;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.run.Lease;
import io.qupersync.domain.table.TableShape;
import java.util.Optional;

/// Fits jobs to the columns that both sides really have.
public final class MappingPreparation {

  private final RowSource source;
  private final RowTarget target;

  public MappingPreparation(RowSource source, RowTarget target) {
    this.source = source;
    this.target = target;
  }

  /// A job that fits, and the target that was made to fit it.
  record Prepared(TableMapping mapping, TargetSnapshot target) {

    Load begin(Lease lease) {
      return target.begin(mapping, lease);
    }
  }

  /// What has a say before the target is changed; it throws to keep the target as it is.
  @FunctionalInterface
  interface Check {
    void of(TableMapping mapping, TargetSnapshot target);
  }

  /// Makes the target fit.
  Prepared prepare(JobVariants definition) {
    return prepare(definition, (_, _) -> {});
  }

  /// Makes the target fit, if it may.
  Prepared prepare(JobVariants definition, Check check) {
    SyncJob job = shaped(definition);
    TargetSnapshot look = target.look(job.destination().table());
    TableMapping mapping = resolve(job, look.shape());
    check.of(mapping, look);
    look.prepare(mapping);
    return new Prepared(mapping, look);
  }

  /// Asks both databases what there is; changes nothing.
  public TableMapping of(JobVariants definition) {
    SyncJob job = shaped(definition);
    return resolve(job, target.shapeOf(job.destination().table()));
  }

  private SyncJob shaped(JobVariants definition) {
    return definition.dependsOnFlavor() ? definition.on(source.flavor()) : definition.provisioned();
  }

  private TableMapping resolve(SyncJob job, Optional<TableShape> there) {
    try {
      return MappingResolver.resolve(job, source.shapeOf(job), there, source.name());
    } catch (MappingProblem problem) {
      throw new PermanentFailure(
          problem.kind(),
          "job '%s' does not fit: %s".formatted(job.id(), problem.getMessage()),
          problem);
    }
  }
}
