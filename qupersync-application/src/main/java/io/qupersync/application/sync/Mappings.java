package io.qupersync.application.sync;

import io.qupersync.application.port.PermanentFailure;
import io.qupersync.application.port.RowSource;
import io.qupersync.application.port.RowTarget;
import io.qupersync.domain.job.FlavoredJob;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.mapping.MappingProblem;
import io.qupersync.domain.mapping.MappingResolver;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.run.FailureKind;

/// Fits jobs to the columns that both sides really have.
public final class Mappings {

  private final RowSource source;
  private final RowTarget target;

  public Mappings(RowSource source, RowTarget target) {
    this.source = source;
    this.target = target;
  }

  /// Asks both databases what there is; changes nothing.
  public TableMapping of(FlavoredJob definition) {
    SyncJob job =
        definition.dependsOnFlavor() ? definition.on(source.flavor()) : definition.provisioned();
    try {
      return MappingResolver.resolve(
          job, source.shapeOf(job), target.shapeOf(job.destination().table()), source.name());
    } catch (MappingProblem problem) {
      throw new PermanentFailure(
          FailureKind.DEFINITION,
          "job '%s' does not fit: %s".formatted(job.id(), problem.getMessage()),
          problem);
    }
  }
}
