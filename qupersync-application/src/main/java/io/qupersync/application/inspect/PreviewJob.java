package io.qupersync.application.inspect;

import io.qupersync.application.port.ProgressStore;
import io.qupersync.application.port.RowSource;
import io.qupersync.application.port.RowTarget;
import io.qupersync.application.port.Rows;
import io.qupersync.application.sync.MappingPreparation;
import io.qupersync.application.sync.Progress;
import io.qupersync.application.sync.RunRequest;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.row.RejectedRow;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.row.RowBatch;
import io.qupersync.domain.row.ShapedBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the first rows of the next run and shapes them; writes nothing.
public final class PreviewJob {

  private final RowSource source;
  private final MappingPreparation mappingPreparation;
  private final Progress progress;

  public PreviewJob(RowSource source, RowTarget target, ProgressStore store) {
    this.source = source;
    this.mappingPreparation = new MappingPreparation(source, target);
    this.progress = new Progress(store, source);
  }

  /// @param limit how many rows are read, 1 or more
  /// @throws io.qupersync.application.port.SyncFailure when a database cannot be asked, or the job
  ///   does not fit
  public Preview preview(JobVariants job, int limit) {
    TableMapping mapping = mappingPreparation.of(job);
    var window = progress.nextWindow(mapping, new RunRequest.Scope.Ordinary());
    var shaped = new ArrayList<Row>();
    var rejected = new ArrayList<RejectedRow>();
    int left = limit;
    try (Rows rows = source.open(mapping.job(), mapping.source(), window)) {
      Optional<RowBatch> batch = rows.next();
      while (left > 0 && batch.isPresent()) {
        List<Row> first = batch.get().rows().stream().limit(left).toList();
        ShapedBatch result = mapping.shape(List.of(RowBatch.of(first, 0)));
        shaped.addAll(result.rows());
        rejected.addAll(result.rejected());
        left -= first.size();
        batch = left > 0 ? rows.next() : Optional.empty();
      }
    }
    return new Preview(mapping, mapping.precedence().effective(shaped), rejected);
  }
}
