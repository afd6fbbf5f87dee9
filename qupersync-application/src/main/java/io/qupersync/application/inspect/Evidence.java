package io.qupersync.application.inspect;

import io.qupersync.domain.job.NullMarks;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.progress.Mark;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.row.DeadLetter;
import io.qupersync.domain.row.ShapedBatch;
import io.qupersync.domain.run.RunStatus;
import io.qupersync.domain.run.SyncRun;
import java.util.List;
import java.util.Optional;

/// What is known of one row, and what follows from it.
record Evidence(
    SyncJob job,
    long atSource,
    ShapedBatch shaped,
    boolean inTarget,
    List<String> differing,
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
      return "the target refused the row: %s; cure that, then 'dead-letters replay %s'"
          .formatted(letters.getLast().reason(), job.id());
    }
    return lastRun.isEmpty() ? "the job has never run; run it" : notYetOrPassedBy();
  }

  private String notYetOrPassedBy() {
    String missing =
        inTarget ? "the target has another version of the row" : "the target lacks the row";
    if (lastRun.orElseThrow().status() != RunStatus.SUCCESS) {
      return "%s, and the last run is %s; let it end, or see why in 'runs --job %s'"
          .formatted(missing, lastRun.get().status().word(), job.id());
    }
    if (job.extraction().watermark().isEmpty()) {
      return missing
          + ", but the job reads everything: it changed since the last run; run it again";
    }
    if (shaped.highest().isEmpty()) {
      return job.extraction().watermark().get().nulls() == NullMarks.SKIP
          ? missing + ": its watermark is NULL, and the job says 'nulls: skip'"
          : missing + ": its watermark is NULL, and it came since the last run; run the job again";
    }
    if (initial.isPresent() && isBefore(shaped.highest().get().first(), initial.get().first())) {
      return "%s: its watermark lies before 'initial' (%s), and the job reads nothing older; move 'initial' if it should, or bring the row with 'run %s --from %s'"
          .formatted(
              missing,
              initial.get().first().text(),
              job.id(),
              shaped.highest().get().first().text());
    }
    boolean ahead = reached.isEmpty() || !reached.get().isAfter(shaped.highest().get());
    return ahead
        ? missing + ": it is at or past the job's watermark, so the next run brings it"
        : missing
            + ": it came after the job had read past its watermark, by more than the lookback;"
            + " raise 'lookback', and bring it with 'run %s --from %s'"
                .formatted(job.id(), shaped.highest().get().first().text());
  }

  // texts may be in another order at the source
  private static boolean isBefore(Mark mark, Mark initial) {
    return mark.kind() == initial.kind()
        && mark.kind() != Mark.Kind.TEXT
        && mark.compareWith(initial) < 0;
  }
}
