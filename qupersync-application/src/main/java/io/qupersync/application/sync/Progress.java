package io.qupersync.application.sync;

import io.qupersync.application.port.PermanentFailure;
import io.qupersync.application.port.ProgressStore;
import io.qupersync.application.port.RowSource;
import io.qupersync.application.port.SourceMoment;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.WatermarkRule;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.mapping.WatermarkFit;
import io.qupersync.domain.mapping.WatermarkReader;
import io.qupersync.domain.progress.Checkpoint;
import io.qupersync.domain.progress.HeldBack;
import io.qupersync.domain.progress.JobProgress;
import io.qupersync.domain.progress.LateRows;
import io.qupersync.domain.progress.LateRows.Among;
import io.qupersync.domain.progress.OpenTransactions;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.run.ShellCommand;
import java.time.Duration;
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
        throw usage(withoutWatermark(mapping.job().id()));
      }
      return Window.everything();
    }
    WatermarkValue.Kind leading = reader.get().kinds().getFirst();
    boolean holdsBack = leading.isTime() && !(scope instanceof RunRequest.Scope.Backfill);
    SourceMoment moment = moment(mapping, holdsBack);
    Instant now = moment.now();
    Optional<HeldBack> heldBack = HeldBack.by(moment.open(), now, holdBackMax(mapping));
    Optional<Watermark> ceiling =
        leading.isTime()
            ? Optional.of(
                Watermark.of(
                    WatermarkValue.at(heldBack.map(HeldBack::ceiling).orElse(now), leading)))
            : Optional.empty();
    Optional<Watermark> initial = new InitialBound(mapping).of(scope, known, now);
    return switch (scope) {
      case RunRequest.Scope.Full _ ->
          new Window(initial, Optional.empty(), ceiling).heldBackBy(heldBack);
      case RunRequest.Scope.Backfill(var from, var to) ->
          backfill(
              from.map(text -> mark("--from", text, mapping)).or(() -> initial),
              to.map(text -> mark("--to", text, mapping)));
      case RunRequest.Scope.Ordinary _ ->
          new Window(
                  beginning(mapping, reader.get(), known)
                      .map(mark -> notBefore(initial, mark))
                      .or(() -> initial),
                  Optional.empty(),
                  ceiling)
              .heldBackBy(heldBack);
    };
  }

  /// Why there can be no backfill of a job.
  static String withoutWatermark(JobId job) {
    return "job '%s' has no watermark, so --from and --to say nothing; run it with --full"
        .formatted(job);
  }

  /// Asked before anything is read: a transaction that begins later stamps its rows later, too.
  private SourceMoment moment(TableMapping mapping, boolean holdsBack) {
    return holdsBack && !holdBackMax(mapping).isZero()
        ? source.moment(mapping.job())
        : new SourceMoment(source.now(), new OpenTransactions.None());
  }

  private static Duration holdBackMax(TableMapping mapping) {
    return mapping.job().extraction().watermark().orElseThrow().holdBackMax();
  }

  /// How far an earlier run had come from which this one goes on; empty when none died on its way.
  static Optional<Watermark> reachedBefore(
      TableMapping mapping, RunRequest.Scope scope, JobProgress known, Window window) {
    return RunProgress.isResumable(mapping, scope)
        ? known
            .checkpoint()
            .map(Checkpoint::at)
            .filter(at -> mapping.watermark().map(reader -> fits(at, reader)).orElse(false))
            .filter(at -> !window.ceiling().map(at::isAfter).orElse(false))
        : Optional.empty();
  }

  /// Where the job's first run begins, to be remembered because a later run could not tell any
  /// more: empty when it is known already, or can always be told.
  Optional<Watermark> newBeginning(
      TableMapping mapping, RunRequest.Scope scope, JobProgress known, Window window) {
    return mapping.watermark().isEmpty()
        ? Optional.empty()
        : new InitialBound(mapping).toRemember(scope, known, window);
  }

  /// Which rows of a run that begins now came late. Empty where that says nothing: in a first run,
  /// in a backfill of old rows, for marks that have no distance or that the target does not keep.
  Optional<LateRows> lateRows(TableMapping mapping, RunRequest.Scope scope, JobProgress known) {
    Optional<WatermarkValue> reached =
        keptKind(mapping)
            .flatMap(kind ->
                known
                    .watermark()
                    .map(Watermark::first)
                    .filter(watermarkValue -> watermarkValue.kind() == kind))
            .filter(LateRows::canTell);
    return switch (scope) {
      case RunRequest.Scope.Ordinary _ ->
          reached.map(
              watermarkValue -> lateBefore(watermarkValue, mapping, scope, known, Among.WRITTEN));
      case RunRequest.Scope.Full _ ->
          reached.map(
              watermarkValue -> lateBefore(watermarkValue, mapping, scope, known, Among.INSERTED));
      case RunRequest.Scope.Backfill(var from, var to) ->
          reached
              .filter(_ -> from.isEmpty() && to.isEmpty())
              .map(watermarkValue ->
                  lateBefore(watermarkValue, mapping, scope, known, Among.INSERTED));
    };
  }

  private LateRows lateBefore(
      WatermarkValue reached,
      TableMapping mapping,
      RunRequest.Scope scope,
      JobProgress known,
      Among among) {
    return new LateRows(reached, initial(mapping, scope, known).map(Watermark::first), among);
  }

  private Optional<Watermark> initial(
      TableMapping mapping, RunRequest.Scope scope, JobProgress known) {
    var bound = new InitialBound(mapping);
    return bound.of(scope, known, bound.moves() ? source.now() : Instant.EPOCH);
  }

  /// The kind of the watermark's leading column, where the target keeps it as it is.
  private static Optional<WatermarkValue.Kind> keptKind(TableMapping mapping) {
    OptionalInt column = mapping.markColumn();
    return mapping
        .watermark()
        .map(reader -> reader.kinds().getFirst())
        .filter(kind ->
            column.isPresent()
                && WatermarkValue.Kind.of(mapping.targetColumns().get(column.getAsInt()).type())
                    .equals(Optional.of(kind)));
  }

  /// What the job should have copied by now: from where its first run began up to its watermark.
  /// Everything, for a job that has none.
  public Window copied(TableMapping mapping) {
    Optional<WatermarkReader> reader = mapping.watermark();
    if (reader.isEmpty()) {
      return Window.everything();
    }
    JobProgress known = store.load(mapping.job().id());
    Optional<Watermark> reached = known.watermark();
    return new Window(
        initial(mapping, new RunRequest.Scope.Full(), known)
            .filter(first -> reached.isEmpty() || !first.isAfter(reached.get())),
        reached.map(mark -> fitting(mark, reader.get(), mapping)),
        Optional.empty());
  }

  /// The lowest watermark that the job reads, by its `initial`; empty when it reads from the very
  /// beginning.
  public Optional<Watermark> initial(TableMapping mapping, JobProgress known) {
    return mapping.watermark().isEmpty()
        ? Optional.empty()
        : initial(mapping, new RunRequest.Scope.Full(), known);
  }

  /// Of texts, the source alone knows the order: what was reached lies behind the bound.
  private static Watermark notBefore(Optional<Watermark> initial, Watermark mark) {
    return mark.first().kind() == WatermarkValue.Kind.TEXT
        ? mark
        : initial.map(mark::orLater).orElse(mark);
  }

  /// Where a run goes on; empty for a first one.
  private static Optional<Watermark> beginning(
      TableMapping mapping, WatermarkReader reader, JobProgress known) {
    WatermarkRule rule = mapping.job().extraction().watermark().orElseThrow();
    return known
        .checkpoint()
        .filter(checkpoint -> fits(checkpoint.at(), reader))
        .map(checkpoint -> checkpoint.resumeFrom(rule.lookback()))
        .or(() ->
            known
                .watermark()
                .map(reached -> fitting(reached, reader, mapping).minus(rule.lookback())));
  }

  private static Window backfill(Optional<Watermark> from, Optional<Watermark> to) {
    if (from.isPresent() && to.isPresent() && from.get().isAfter(to.get())) {
      throw usage(
          "--from lies after --to; swap them (without --from, a job reads from its 'initial' on)");
    }
    return new Window(from, to, Optional.empty());
  }

  private static Watermark mark(String option, String text, TableMapping mapping) {
    int leading = mapping.watermark().orElseThrow().indexes().getFirst();
    try {
      return Watermark.of(WatermarkFit.mark(text, mapping.source().columns().get(leading)));
    } catch (IllegalArgumentException unfit) {
      throw new PermanentFailure(
          FailureKind.USAGE, "%s: %s".formatted(option, unfit.getMessage()), unfit);
    }
  }

  private static Watermark fitting(Watermark known, WatermarkReader reader, TableMapping mapping) {
    if (fits(known, reader)) {
      return known;
    }
    throw definition(
        ("the stored watermark of job '%s' is of type %s, and its watermark column is %s by now; "
                + "run it with --full, or forget the watermark: %s")
            .formatted(
                mapping.job().id(),
                known.kinds(),
                reader.kinds(),
                ShellCommand.of("watermark", "reset", mapping.job().id().value())));
  }

  /// Whether a value can be compared with what the job's watermark columns hold by now.
  static boolean fits(Watermark known, WatermarkReader reader) {
    int marks = known.marks().size();
    return marks <= reader.kinds().size() && known.kinds().equals(reader.kinds().subList(0, marks));
  }

  private static PermanentFailure usage(String message) {
    return new PermanentFailure(FailureKind.USAGE, message);
  }

  private static PermanentFailure definition(String message) {
    return new PermanentFailure(FailureKind.DEFINITION, message);
  }
}
