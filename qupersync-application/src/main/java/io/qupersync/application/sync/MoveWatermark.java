package io.qupersync.application.sync;

import io.qupersync.application.port.PermanentFailure;
import io.qupersync.application.port.ProgressStore;
import io.qupersync.application.port.RowSource;
import io.qupersync.application.port.RowTarget;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.mapping.WatermarkFit;
import io.qupersync.domain.mapping.WatermarkReader;
import io.qupersync.domain.progress.Fingerprint;
import io.qupersync.domain.progress.JobProgress;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.run.FailureKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Moves a job's watermark by hand, back or ahead. Refuses while a run of the job is under way.
public final class MoveWatermark {

  private final ProgressStore store;
  private final RowSource source;
  private final RowTarget target;
  private final MappingPreparation mappingPreparation;
  private final Progress progress;

  public MoveWatermark(RowSource source, RowTarget target, ProgressStore store) {
    this.store = store;
    this.source = source;
    this.target = target;
    this.mappingPreparation = new MappingPreparation(source, target);
    this.progress = new Progress(store, source);
  }

  /// @param watermark as it is now
  /// @param nextFrom where the next run begins to read, which the lookback puts earlier
  public record Moved(Watermark watermark, Optional<Watermark> nextFrom) {}

  /// @param watermark empty when no run has ended well yet
  /// @param nextFrom where the next run begins to read
  public record Kept(Optional<Watermark> watermark, Optional<Watermark> nextFrom) {}

  /// @param values of the watermark's columns in their text form, the leading one first; columns at
  ///   the end may be left out
  /// @throws io.qupersync.application.port.SyncFailure when the job has no watermark, a value does
  ///   not read, or a run is under way
  public Moved set(JobVariants job, List<String> values) {
    TableMapping mapping = mappingPreparation.of(job);
    WatermarkReader reader =
        mapping
            .watermark()
            .orElseThrow(() ->
                definition(
                    "job '%s' has no watermark: every run reads everything".formatted(job.id())));
    Watermark watermark = parsed(mapping, reader.indexes(), values);
    store.set(job.id(), Optional.of(watermark), Optional.of(fingerprint(mapping)));
    return new Moved(
        watermark, progress.nextWindow(mapping, new RunRequest.Scope.Ordinary()).from());
  }

  /// The watermark that there is counts for the job as it is defined now, and for its target as it
  /// is now.
  ///
  /// @return what is kept; nothing before the job's first run
  /// @throws io.qupersync.application.port.SyncFailure when the job has no watermark column, the
  ///   watermark is of another type, or a run is under way
  public Kept keep(JobVariants job) {
    TableMapping mapping = mappingPreparation.of(job);
    if (mapping.watermark().isEmpty()) {
      throw definition("job '%s' has no watermark: every run reads everything".formatted(job.id()));
    }
    JobProgress known = store.load(job.id());
    if (!known.goesOn()) {
      return new Kept(Optional.empty(), Optional.empty());
    }
    Optional<Watermark> from = progress.nextWindow(mapping, new RunRequest.Scope.Ordinary()).from();
    store.keep(job.id(), fingerprint(mapping));
    return new Kept(known.watermark(), from);
  }

  private Fingerprint fingerprint(TableMapping mapping) {
    return Fingerprints.of(
        mapping, source.place(), target.identityOf(mapping.job().destination().table()));
  }

  /// The next run reads as the first one did.
  public void reset(JobId job) {
    store.set(job, Optional.empty());
  }

  private static Watermark parsed(
      TableMapping mapping, List<Integer> indexes, List<String> values) {
    List<String> columns = mapping.job().extraction().watermark().orElseThrow().columns();
    if (values.size() > indexes.size()) {
      throw usage(
          "the watermark of job '%s' is %s: give %d values at most"
              .formatted(mapping.job().id(), String.join(", ", columns), indexes.size()));
    }
    var marks = new ArrayList<WatermarkValue>();
    for (int i = 0; i < values.size(); i++) {
      try {
        marks.add(WatermarkFit.mark(values.get(i), mapping.source().columns().get(indexes.get(i))));
      } catch (IllegalArgumentException unreadable) {
        throw usage(
            "the watermark column '%s' of job '%s': %s"
                .formatted(columns.get(i), mapping.job().id(), unreadable.getMessage()));
      }
    }
    return new Watermark(marks);
  }

  private static PermanentFailure usage(String message) {
    return new PermanentFailure(FailureKind.USAGE, message);
  }

  private static PermanentFailure definition(String message) {
    return new PermanentFailure(FailureKind.DEFINITION, message);
  }
}
