package io.qupersync.application.sync;

import io.qupersync.application.port.PermanentFailure;
import io.qupersync.application.port.ProgressStore;
import io.qupersync.application.port.RowSource;
import io.qupersync.domain.job.FirstRead;
import io.qupersync.domain.job.WatermarkRule;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.mapping.WatermarkReader;
import io.qupersync.domain.progress.Checkpoint;
import io.qupersync.domain.progress.JobProgress;
import io.qupersync.domain.progress.LateRows;
import io.qupersync.domain.progress.LateRows.Among;
import io.qupersync.domain.progress.Mark;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.run.FailureKind;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/// Decides which slice of the source a run reads.
public final class Progress {

  private final ProgressStore store;
  private final RowSource source;

  public Progress(ProgressStore store, RowSource source) {
    this.store = store;
    this.source = source;
  }

  /// The window of a run that begins now.
  public Window nextWindow(TableMapping mapping, RunRequest.Scope scope) {
    boolean asks = mapping.watermark().isPresent() && scope instanceof RunRequest.Scope.Ordinary;
    return nextWindow(mapping, scope, asks ? store.load(mapping.job().id()) : JobProgress.none());
  }

  /// The same, for one who knows how far the job is.
  Window nextWindow(TableMapping mapping, RunRequest.Scope scope, JobProgress known) {
    Optional<WatermarkReader> reader = mapping.watermark();
    if (reader.isEmpty()) {
      if (scope instanceof RunRequest.Scope.Backfill) {
        throw definition(
            "job '%s' has no watermark, so --from and --to say nothing; run it with --full"
                .formatted(mapping.job().id()));
      }
      return Window.everything();
    }
    Instant now = source.now();
    Mark.Kind leading = reader.get().kinds().getFirst();
    Optional<Watermark> ceiling =
        leading.isTime() ? Optional.of(Watermark.of(Mark.at(now, leading))) : Optional.empty();
    return switch (scope) {
      case RunRequest.Scope.Full _ -> new Window(Optional.empty(), Optional.empty(), ceiling);
      case RunRequest.Scope.Backfill(var from, var to) ->
          backfill(from.map(text -> mark(text, leading)), to.map(text -> mark(text, leading)));
      case RunRequest.Scope.Ordinary _ ->
          new Window(beginning(mapping, reader.get(), known, now), Optional.empty(), ceiling);
    };
  }

  /// How far an earlier run had come from which this one goes on; empty when none died on its way.
  static Optional<Watermark> reachedBefore(
      TableMapping mapping, RunRequest.Scope scope, JobProgress known, Window window) {
    return RunProgress.isResumable(mapping, scope)
        ? known
            .checkpoint()
            .map(Checkpoint::at)
            .filter(at -> mapping.watermark().map(reader -> fits(at, reader)).orElse(false))
            .filter(at -> !window.ceiling().map(at::isBeyond).orElse(false))
        : Optional.empty();
  }

  /// Which rows of a run that begins now came late. Empty where that says nothing: in a first run,
  /// in a backfill of old rows, for marks that have no distance or that the target does not keep.
  Optional<LateRows> lateRows(TableMapping mapping, RunRequest.Scope scope, JobProgress known) {
    Optional<Mark> reached =
        keptKind(mapping)
            .flatMap(
                kind -> known.watermark().map(Watermark::first).filter(mark -> mark.kind() == kind))
            .filter(LateRows::canTell);
    return switch (scope) {
      case RunRequest.Scope.Ordinary _ ->
          reached.map(mark -> new LateRows(mark, Optional.empty(), Among.WRITTEN));
      case RunRequest.Scope.Full _ -> reached.map(mark -> afterFirstRead(mapping, mark));
      case RunRequest.Scope.Backfill(var from, var to) ->
          reached
              .filter(_ -> from.isEmpty() && to.isEmpty())
              .map(mark -> afterFirstRead(mapping, mark));
    };
  }

  private LateRows afterFirstRead(TableMapping mapping, Mark reached) {
    WatermarkRule rule = mapping.job().extraction().watermark().orElseThrow();
    return new LateRows(
        reached,
        firstRead(rule, reached.kind(), source.now()).map(Watermark::first),
        Among.INSERTED);
  }

  /// The kind of the watermark's leading column, where the target keeps it as it is.
  private static Optional<Mark.Kind> keptKind(TableMapping mapping) {
    OptionalInt column = mapping.markColumn();
    return mapping
        .watermark()
        .map(reader -> reader.kinds().getFirst())
        .filter(kind ->
            column.isPresent()
                && Mark.Kind.of(mapping.targetColumns().get(column.getAsInt()).type())
                    .equals(Optional.of(kind)));
  }

  /// What the job should have copied by now: from where its first run began up to its watermark.
  /// Everything, for a job that has none.
  public Window copied(TableMapping mapping) {
    Optional<WatermarkReader> reader = mapping.watermark();
    if (reader.isEmpty()) {
      return Window.everything();
    }
    WatermarkRule rule = mapping.job().extraction().watermark().orElseThrow();
    Optional<Watermark> reached = store.load(mapping.job().id()).watermark();
    return new Window(
        firstRead(rule, reader.get().kinds().getFirst(), source.now())
            .filter(first -> reached.isEmpty() || !first.isAfter(reached.get())),
        reached.map(known -> fitting(known, reader.get(), mapping)),
        Optional.empty());
  }

  private static Optional<Watermark> beginning(
      TableMapping mapping, WatermarkReader reader, JobProgress known, Instant now) {
    WatermarkRule rule = mapping.job().extraction().watermark().orElseThrow();
    Optional<Checkpoint> resumable =
        known.checkpoint().filter(checkpoint -> fits(checkpoint.at(), reader));
    if (resumable.isPresent()) {
      return resumable.map(checkpoint -> checkpoint.resumeFrom(rule.lookback()));
    }
    Optional<Watermark> reached = known.watermark();
    if (reached.isPresent()) {
      return Optional.of(fitting(reached.get(), reader, mapping).minus(rule.lookback()));
    }
    return firstRead(rule, reader.kinds().getFirst(), now);
  }

  private static Optional<Watermark> firstRead(WatermarkRule rule, Mark.Kind leading, Instant now) {
    return switch (rule.first()) {
      case FirstRead.Everything _ -> Optional.empty();
      case FirstRead.Ago(var reach) ->
          Optional.of(Watermark.of(Mark.at(now, leading).minus(reach)));
      case FirstRead.At(String text) -> Optional.of(mark(text, leading));
    };
  }

  private static Window backfill(Optional<Watermark> from, Optional<Watermark> to) {
    if (from.isPresent() && to.isPresent() && from.get().isAfter(to.get())) {
      throw definition("--from lies after --to; swap them");
    }
    return new Window(from, to, Optional.empty());
  }

  private static Watermark mark(String text, Mark.Kind kind) {
    try {
      return Watermark.of(Mark.parse(text, kind));
    } catch (IllegalArgumentException unreadable) {
      throw new PermanentFailure(
          FailureKind.DEFINITION, "the watermark: " + unreadable.getMessage(), unreadable);
    }
  }

  private static Watermark fitting(Watermark known, WatermarkReader reader, TableMapping mapping) {
    if (fits(known, reader)) {
      return known;
    }
    throw definition(
        ("the stored watermark of job '%s' is of type %s, and its watermark column is %s by now; "
                + "run it with --full, or 'watermark reset' it")
            .formatted(mapping.job().id(), known.kinds(), reader.kinds()));
  }

  private static boolean fits(Watermark known, WatermarkReader reader) {
    int marks = known.marks().size();
    return marks <= reader.kinds().size() && known.kinds().equals(reader.kinds().subList(0, marks));
  }

  private static PermanentFailure definition(String message) {
    return new PermanentFailure(FailureKind.DEFINITION, message);
  }
}
