package io.qupersync.application.inspect;

import io.qupersync.domain.job.ConflictPolicy;
import io.qupersync.domain.job.NullWatermarks;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.job.SyncMode;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.row.DeadLetter;
import io.qupersync.domain.row.ShapedBatch;
import io.qupersync.domain.run.RunStatus;
import io.qupersync.domain.run.ShellCommand;
import io.qupersync.domain.run.SyncRun;
import java.util.List;
import java.util.Optional;

/// What is known of one row, and what follows from it.
///
/// @param targetMark the leading value of the watermark in the target's row, where the target keeps
///   it
record ExplainFindings(
    SyncJob job,
    long atSource,
    ShapedBatch shaped,
    boolean inTarget,
    List<String> differing,
    Optional<WatermarkValue> targetMark,
    List<DeadLetter> letters,
    Optional<Watermark> initial,
    Optional<Watermark> reached,
    Optional<SyncRun> lastRun) {

  String verdict() {
    if (atSource == 0) {
      return "the source has no row with this key"
          + (letters.isEmpty() ? "" : " any more; a dead letter holds it");
    }
    if (inTarget && differing.isEmpty()) {
      return "the row is in the target, as it is at the source";
    }
    if (!shaped.rejected().isEmpty()) {
      var rejected = shaped.rejected().getFirst();
      return "the row cannot be written: %s%s; correct it at the source or add a rule to the job"
          .formatted(
              rejected.column().map(column -> "column '" + column + "': ").orElse(""),
              rejected.reason());
    }
    if (!letters.isEmpty()) {
      return "the target refused the row: %s; cure that, then %s"
          .formatted(
              letters.getLast().reason(),
              ShellCommand.of("dead-letters", "replay", job.id().value()));
    }
    return lastRun.isEmpty() ? "the job has never run; run it" : notYetOrPassedBy();
  }

  /// Whoever asks takes this for the reason: what is only likely is said to be.
  private String notYetOrPassedBy() {
    String missing =
        inTarget ? "the target has another version of the row" : "the target lacks the row";
    SyncRun last = lastRun.orElseThrow();
    if (last.status() != RunStatus.SUCCESS) {
      return "%s, and the last run is %s; let it end, or see why in %s"
          .formatted(
              missing, last.status().word(), ShellCommand.of("runs", "--job", job.id().value()));
    }
    if (inTarget && leavesRowsAlone()) {
      return missing + ", and the job never changes a row that is there (%s)".formatted(why());
    }
    if (job.extraction().watermark().isEmpty()) {
      return "%s, but the job reads everything: since the last run %s; run it again"
          .formatted(missing, changed());
    }
    if (shaped.highest().isEmpty()) {
      return job.extraction().watermark().get().nulls() == NullWatermarks.SKIP
          ? missing + ": its watermark is NULL, and the job says 'nulls: skip'"
          : "%s: its watermark is NULL, and such rows are read by every run, so since the last one %s; run the job again"
              .formatted(missing, changed());
    }
    Watermark row = shaped.highest().get();
    String bring =
        ShellCommand.of("run", job.id().value(), "--from", row.first().text()).toString();
    if (initial.isPresent() && isBefore(row.first(), initial.get().first())) {
      return "%s: its watermark lies before 'initial' (%s), and the job reads nothing older; move 'initial' if it should, or bring the row with %s"
          .formatted(missing, initial.get().first().text(), bring);
    }
    if (reached.isEmpty() || !reached.get().isAfter(row)) {
      return missing + ": it is at or past the job's watermark, so the next run brings it";
    }
    if (isReadAgain(row)) {
      return "%s: since the last run %s; it is within the lookback, so the next run brings it"
          .formatted(missing, changed());
    }
    return "%s, and its watermark lies before what the next run reads: %s; bring it with %s"
        .formatted(missing, whyPassedBy(row), bring);
  }

  /// Nothing is written down of a row that was copied: two histories look the same.
  private String whyPassedBy(Watermark row) {
    if (!inTarget) {
      return "either it came after the job had read past it, by more than the lookback (then raise 'lookback'), or it was copied and has been deleted in the target; which of the two is not known";
    }
    Optional<WatermarkValue> comparable =
        targetMark.filter(watermarkValue -> watermarkValue.kind() == row.first().kind());
    if (comparable
        .filter(watermarkValue -> watermarkValue.compareWith(row.first()) == 0)
        .isPresent()) {
      return "the target's version has the same watermark, so a longer lookback would not help: the row was changed since, in the target, or at the source without its watermark";
    }
    return "either this version came after the job had read past it, by more than the lookback (then raise 'lookback'), or the row was changed in the target; which of the two is not known";
  }

  private String changed() {
    return inTarget
        ? "the row has changed, at the source or in the target"
        : "it came, or was deleted in the target";
  }

  private boolean leavesRowsAlone() {
    return job.mode() == SyncMode.APPEND
        || job.destination().conflict() instanceof ConflictPolicy.TargetWins;
  }

  private String why() {
    return job.mode() == SyncMode.APPEND ? "mode: append" : "conflict: target-wins";
  }

  private boolean isReadAgain(Watermark row) {
    return job.extraction()
        .watermark()
        .map(rule -> reached.orElseThrow().minus(rule.lookback()))
        .filter(from -> !isBefore(row.first(), from.first()))
        .filter(_ -> row.first().kind() != WatermarkValue.Kind.TEXT)
        .isPresent();
  }

  // texts may be in another order at the source
  private static boolean isBefore(WatermarkValue watermarkValue, WatermarkValue initial) {
    return watermarkValue.kind() == initial.kind()
        && watermarkValue.kind() != WatermarkValue.Kind.TEXT
        && watermarkValue.compareWith(initial) < 0;
  }
}
