package io.qupersync.application.simulation;

import io.qupersync.application.port.RunLog;
import io.qupersync.application.sync.RunRequest.Scope;
import io.qupersync.application.testkit.InMemoryDatabase;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.SyncMode;
import io.qupersync.domain.progress.Checkpoint;
import io.qupersync.domain.progress.JobProgress;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.row.DeadLetter;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.run.Lease;
import io.qupersync.domain.run.RunStatus;
import io.qupersync.domain.run.SyncRun;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Says what must hold, whatever happens. What it throws is an Error, so that no retry hides it,
/// and is remembered, for a run that meets an Error fails and goes on.
final class Oracle {

  /// A promise was broken.
  static final class BrokenPromise extends AssertionError {

    private static final long serialVersionUID = 1L;

    BrokenPromise(String what) {
      super(what);
    }
  }

  private final Scenario scenario;
  private final SourceActivity sourceActivity;
  private final InMemoryDatabase database;
  private final RowWatermarks rowWatermarks;
  private final Map<Long, Long> newest = new HashMap<>();
  private @Nullable BrokenPromise first;
  private boolean mayLack;

  Oracle(Scenario scenario, SourceActivity sourceActivity, InMemoryDatabase database) {
    this.scenario = scenario;
    this.sourceActivity = sourceActivity;
    this.database = database;
    this.rowWatermarks = new RowWatermarks(scenario);
  }

  /// From now on, only of a run that ends well nothing may be missing: something else than a run
  /// has changed the target, or the source is another.
  void rowsMayBeMissing() {
    mayLack = true;
    forget();
  }

  /// Throws the first promise that was broken in the middle of a run.
  void requireKept() {
    if (first != null) {
      throw first;
    }
  }

  private BrokenPromise broken(String what) {
    var promise = new BrokenPromise(what);
    if (first == null) {
      first = promise;
    }
    return promise;
  }

  /// No row is written under a lost lease.
  void wroteUnder(Lease lease) {
    if (!database.holds(lease)) {
      throw broken("run %s wrote under a lost lease".formatted(lease.run()));
    }
  }

  /// A row in the target only ever becomes newer: not by a run that stalled, nor by a replay, is it
  /// overwritten with what it once was.
  void nothingBecameOlder() {
    newest.keySet().retainAll(targetIds());
    for (Map<String, Object> row : database.cells(Scenario.TARGET)) {
      long version = (Long) row.get("version");
      Long before = newest.put((Long) row.get("id"), version);
      if (before != null && before > version) {
        throw broken(
            "row %s went back from version %d to %d".formatted(row.get("id"), before, version));
      }
    }
  }

  /// The target has lost what was not on its disk.
  void forget() {
    newest.clear();
  }

  /// A row that lies before the point where the next run begins is never read again: it must be in
  /// the target, or a dead letter.
  void nothingIsLeftBehind() {
    Optional<Watermark> next = nextBeginning();
    if (next.isEmpty() || mayLack) {
      return;
    }
    List<Row> behind =
        sourceActivity.rows().stream()
            .filter(row -> rowWatermarks.of(row).map(next.get()::isAfter).orElse(false))
            .toList();
    requireSettled(behind, "lies before %s, where the next run begins,".formatted(next.get()));
  }

  /// A run that says it has succeeded has copied every row there was when it began.
  void everythingIsCopied(Scope scope, long asOfChange) {
    requireSettled(
        sourceActivity.rows().stream()
            .filter(row -> SourceActivity.version(row) <= asOfChange && isWithin(scope, row))
            .toList(),
        "was there before a run that succeeded");
    if (scenario.job().mode() == SyncMode.MIRROR) {
      targetIds().stream()
          .filter(id -> sourceActivity.wasGoneBy(id, asOfChange))
          .forEach(id -> {
            throw broken("mirror: row %d is gone, and still there".formatted(id));
          });
    }
  }

  private boolean isWithin(Scope scope, Row row) {
    if (!(scope instanceof Scope.Backfill(var from, var to))) {
      return true;
    }
    Optional<WatermarkValue> mark = rowWatermarks.of(row).map(Watermark::first);
    return mark.isPresent()
        && from.map(text -> order(mark.get(), text) >= 0).orElse(true)
        && to.map(text -> order(mark.get(), text) <= 0).orElse(true);
  }

  private int order(WatermarkValue watermarkValue, String end) {
    return watermarkValue.compareWith(WatermarkValue.parse(end, scenario.kind()));
  }

  /// A mirror deletes only what the source no longer has.
  void deletedOnlyWhatIsGone(Set<Long> before, long asOfChange) {
    var gone = new HashSet<>(before);
    gone.removeAll(targetIds());
    gone.stream()
        .filter(id -> sourceActivity.isThereSince(id, asOfChange))
        .forEach(id -> {
          throw broken("mirror: row %d was deleted wrongly".formatted(id));
        });
  }

  /// The run log tells the truth: every run has ended, and all that were inserted and not deleted
  /// are there.
  void theLogIsTrue() {
    var everything =
        new RunLog.Filter(Optional.of(job()), Optional.empty(), Optional.empty(), 1000);
    long rows = 0;
    for (SyncRun run : database.runs().list(everything)) {
      if (run.status() == RunStatus.RUNNING) {
        throw broken("run %s is said to be under way for ever".formatted(run.id()));
      }
      rows += run.tally().inserted() - run.tally().deleted();
    }
    if (rows != targetIds().size()) {
      throw broken(
          "the run log counts %d rows, and there are %d".formatted(rows, targetIds().size()));
    }
  }

  Set<Long> targetIds() {
    var ids = new HashSet<Long>();
    database.cells(Scenario.TARGET).forEach(row -> ids.add((Long) row.get("id")));
    return ids;
  }

  private void requireSettled(List<Row> rows, String which) {
    if (rows.isEmpty()) {
      return;
    }
    Map<Object, Object> versions = new HashMap<>();
    database.cells(Scenario.TARGET).forEach(row -> versions.put(row.get("id"), row.get("version")));
    Set<String> letters = letters();
    for (Row row : rows) {
      boolean settled =
          row.cell(1).equals(versions.get(row.cell(0)))
              || (SourceActivity.isBad(row)
                  && letters.contains(Long.toString(SourceActivity.version(row))));
      if (!settled) {
        throw broken(
            "row %d in version %d %s and is %s"
                .formatted(
                    SourceActivity.id(row),
                    SourceActivity.version(row),
                    which,
                    SourceActivity.isBad(row) ? "no dead letter" : "not in the target"));
      }
    }
  }

  /// The versions of the rows that were rejected.
  private Set<String> letters() {
    var versions = new HashSet<String>();
    for (DeadLetter letter : database.deadLetters().list(job(), 0, Integer.MAX_VALUE)) {
      letter.values().get("version").ifPresent(versions::add);
    }
    return versions;
  }

  private Optional<Watermark> nextBeginning() {
    JobProgress known = database.progress().load(job());
    Optional<Checkpoint> checkpoint = known.checkpoint();
    return checkpoint.isPresent()
        ? checkpoint.map(reached -> reached.resumeFrom(scenario.lookback()))
        : known.watermark().map(mark -> mark.minus(scenario.lookback()));
  }

  private JobId job() {
    return scenario.job().id();
  }
}
