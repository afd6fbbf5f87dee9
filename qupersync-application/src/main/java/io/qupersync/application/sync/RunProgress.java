package io.qupersync.application.sync;

import io.qupersync.application.port.BatchStep;
import io.qupersync.domain.job.Lookback;
import io.qupersync.domain.job.WatermarkRule;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.mapping.WatermarkReader;
import io.qupersync.domain.progress.Checkpoint;
import io.qupersync.domain.progress.Fingerprint;
import io.qupersync.domain.progress.JobProgress;
import io.qupersync.domain.progress.LateRows;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.progress.WatermarkOrigin;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.progress.Witness;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.row.TargetBatch;
import io.qupersync.domain.run.RunTally;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How far one run has come. Used by one thread at a time.
final class RunProgress {

  private JobProgress known = JobProgress.none();
  private RunTally tally = RunTally.zero();
  private Optional<Watermark> highest = Optional.empty();
  private final List<String> remarks = new ArrayList<>();
  private Optional<LateRows> late = Optional.empty();
  private Optional<Fingerprint> fingerprint = Optional.empty();
  private Optional<Witness> witness = Optional.empty();
  private final TopRow topRow = new TopRow();
  private boolean anew;
  private long unmarked;
  private long steps;
  private long committed;
  private int attempts = 1;

  /// What was known of the job when the run got its lease, and stays true until the run moves it.
  void beginsFrom(JobProgress before) {
    known = before;
    witness = before.origin().flatMap(WatermarkOrigin::witness);
  }

  JobProgress known() {
    return known;
  }

  RunTally tally() {
    return tally;
  }

  int attempts() {
    return attempts;
  }

  /// The highest watermark that is committed and not beyond the window's ceiling.
  Optional<Watermark> highest() {
    return highest;
  }

  /// An earlier run has come so far and died: to come less far is no progress, for what lies
  /// between is read once more only for rows that came late.
  void goesOnFrom(Optional<Watermark> reached) {
    highest = reached;
  }

  /// What the run's watermark and checkpoints are made for.
  void isMadeFor(Fingerprint made) {
    fingerprint = Optional.of(made);
  }

  Optional<Fingerprint> fingerprint() {
    return fingerprint;
  }

  /// The target has this row, which is as recent as the one that was remembered.
  void witnessedBy(Witness recent) {
    witness = Optional.of(recent);
  }

  Optional<Witness> witness() {
    return witness;
  }

  /// What was known of the job stands for other rows.
  void startsAnew() {
    anew = true;
  }

  /// What was known of the job, as far as it says something of the rows that are read now.
  JobProgress comparable() {
    return anew ? JobProgress.none() : known;
  }

  boolean isAnew() {
    return anew;
  }

  /// The key of the row with the highest watermark that was committed.
  Optional<Row> topRow() {
    return topRow.key();
  }

  /// From now on, steps have an eye on these rows.
  void watch(Optional<LateRows> rows) {
    late = rows;
  }

  /// Rows were read for which no window tells when to read them.
  void sawUnmarked(long rows) {
    unmarked += rows;
  }

  /// What a user should know although nothing failed; empty until the window has been read.
  Optional<String> remark() {
    return remarks.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", remarks));
  }

  /// Something that a user should know of this run, once however often it is said.
  void remark(String what) {
    if (!remarks.contains(what)) {
      remarks.add(what);
    }
  }

  /// More readers were wanted than there can be.
  void readByOne(String reason) {
    remark("read by one session: " + reason);
  }

  /// The whole window has been read: says what becomes of rows whose watermark is NULL.
  void readAll(WatermarkRule rule) {
    switch (rule.nulls()) {
      case SKIP ->
          remark("rows whose watermark is NULL stay at the source: the job says 'nulls: skip'");
      case EVERY_RUN -> {
        if (unmarked > 0) {
          remark("rows with a NULL watermark are read at every run: %d".formatted(unmarked));
        }
      }
    }
  }

  int nextAttempt() {
    return ++attempts;
  }

  /// A step for the batch, to be kept while the batch is tried, and where a run may resume once it
  /// is committed.
  BatchStep nextStep(
      TableMapping mapping, Window window, TargetBatch batch, RunRequest.Scope scope) {
    Optional<Checkpoint> checkpoint =
        isResumable(mapping, scope)
            ? higher(mapping, batch).map(mark -> new Checkpoint(mark, window.ceiling()))
            : Optional.empty();
    return new BatchStep(++steps, checkpoint).watching(late).following(committed);
  }

  /// A step for rows that were read before.
  BatchStep nextStep() {
    return new BatchStep(++steps, Optional.empty()).following(committed);
  }

  /// The step given last is committed, and brought no new row.
  void committed(RunTally result) {
    committed = steps;
    tally = tally.plus(result);
  }

  /// The step given last is committed.
  void committed(TableMapping mapping, TargetBatch batch, RunTally result) {
    committed = steps;
    tally = tally.plus(result);
    highest = higher(mapping, batch);
    topRow.see(mapping, batch);
  }

  /// The target has lost commits: what it has now is how far the run has come.
  ///
  /// @param reached where the run may resume; empty when it must read its whole window again
  /// @param counted what the target says of the run's rows
  void rewindTo(Optional<Watermark> reached, RunTally counted) {
    highest = reached;
    topRow.reset();
    tally = counted;
    committed = 0;
  }

  /// Whether a run of this scope can resume in mid-window.
  static boolean isResumable(TableMapping mapping, RunRequest.Scope scope) {
    return scope instanceof RunRequest.Scope.Ordinary && inOrder(mapping);
  }

  /// The step that was committed last; 0 for none.
  long lastCommitted() {
    return committed;
  }

  void deleted(long rows) {
    tally = tally.plusDeleted(rows);
  }

  /// The rest of the window, for a run whose source was lost on the way: rows that came in order
  /// need not come again, but rows may have come late since the first try began.
  Window rest(TableMapping mapping, Window window) {
    if (!inOrder(mapping) || highest.isEmpty()) {
      return window;
    }
    Lookback lookback = mapping.job().extraction().watermark().orElseThrow().lookback();
    Watermark resume = new Checkpoint(highest.get(), window.ceiling()).resumeFrom(lookback);
    Watermark from = window.from().map(resume::orLater).orElse(resume);
    return window.beginningAt(from);
  }

  /// Rows that are read again must not take it back. Of texts in the source's order, which need not
  /// be Java's, the last counts.
  private Optional<Watermark> higher(TableMapping mapping, TargetBatch batch) {
    boolean compares = !inOrder(mapping) || mapping.watermark().orElseThrow().hasJavasOrder();
    return batch
        .highest()
        .map(mark -> compares ? highest.map(mark::orLater).orElse(mark) : mark)
        .or(() -> highest);
  }

  private static boolean inOrder(TableMapping mapping) {
    return mapping.watermark().map(WatermarkReader::ordered).orElse(false);
  }
}
