package io.qupersync.application.sync;

import io.qupersync.domain.job.FirstRead;
import io.qupersync.domain.job.WatermarkRule;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.mapping.WatermarkFit;
import io.qupersync.domain.progress.Checkpoint;
import io.qupersync.domain.progress.JobProgress;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.progress.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The lowest watermark that a job's runs read, from its `initial`. No run goes below it, however
/// far the lookback reaches; only `--from` does.
///
/// An `initial` of a duration ago, such as 30d, moves with the clock, and a bound that moves may
/// not count: a job that was stopped for 40 days would skip the ten days that it had not read yet,
/// and rows within the lookback would be lost at the moving edge. What the user meant is where the
/// first run began, so that is remembered and bounds every later run. Where it is not known (a
/// state of an older version, a watermark set by hand), a run that goes on is not bounded: reading
/// an old row does no harm, missing one does.
final class InitialBound {

  private final WatermarkRule rule;
  private final WatermarkValue.Kind leading;
  private final TableMapping mapping;

  /// @param mapping of a job with a watermark
  InitialBound(TableMapping mapping) {
    this.mapping = mapping;
    this.rule = mapping.job().extraction().watermark().orElseThrow();
    this.leading = mapping.watermark().orElseThrow().kinds().getFirst();
  }

  /// Whether it depends on the time.
  boolean moves() {
    return rule.first() instanceof FirstRead.Ago;
  }

  /// @param now the source's clock
  Optional<Watermark> of(RunRequest.Scope scope, JobProgress known, Instant now) {
    return switch (rule.first()) {
      case FirstRead.Everything _ -> Optional.empty();
      case FirstRead.At(String text) -> literal(text);
      case FirstRead.Ago(Duration reach) ->
          ago(scope, known, Watermark.of(WatermarkValue.at(now, leading).minus(reach)));
    };
  }

  private Optional<Watermark> literal(String text) {
    int column = mapping.watermark().orElseThrow().indexes().getFirst();
    // the source may order texts otherwise than Java, so which of two is lower cannot be told here;
    // a run that goes on begins above it anyway, for no text has a lookback
    return Optional.of(
        Watermark.of(WatermarkFit.mark(text, mapping.source().columns().get(column))));
  }

  private Optional<Watermark> ago(RunRequest.Scope scope, JobProgress known, Watermark fromNow) {
    Optional<Watermark> remembered = remembered(known);
    if (remembered.isPresent()) {
      // earlier when the job's definition reaches further back by now
      return remembered.map(fromNow::orEarlier);
    }
    Optional<Watermark> resumed =
        known
            .checkpoint()
            .map(Checkpoint::at)
            .filter(at -> at.first().kind() == leading)
            .map(at -> Watermark.of(at.first()));
    if (resumed.isPresent()) {
      return resumed.map(fromNow::orEarlier);
    }
    boolean goesOn = scope instanceof RunRequest.Scope.Ordinary && known.watermark().isPresent();
    return goesOn ? Optional.empty() : Optional.of(fromNow);
  }

  private Optional<Watermark> remembered(JobProgress known) {
    return known.beginning().filter(mark -> mark.first().kind() == leading);
  }

  /// What a run must write down before it reads.
  Optional<Watermark> toRemember(RunRequest.Scope scope, JobProgress known, Window window) {
    boolean isFirst =
        switch (scope) {
          case RunRequest.Scope.Ordinary _ ->
              known.watermark().isEmpty() && known.checkpoint().isEmpty();
          case RunRequest.Scope.Full _ -> true;
          case RunRequest.Scope.Backfill _ -> false;
        };
    return moves() && isFirst && remembered(known).isEmpty() ? window.from() : Optional.empty();
  }
}
