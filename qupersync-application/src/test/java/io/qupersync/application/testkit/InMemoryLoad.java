package io.qupersync.application.testkit;

import io.qupersync.application.port.BatchStep;
import io.qupersync.application.port.CommitsLost;
import io.qupersync.application.port.Load;
import io.qupersync.application.port.PermanentFailure;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.progress.JobProgress;
import io.qupersync.domain.progress.LateRows.Among;
import io.qupersync.domain.progress.Lateness;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.row.RejectedRow;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.row.ShapedBatch;
import io.qupersync.domain.row.TargetBatch;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.run.Lease;
import io.qupersync.domain.run.RunTally;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.TableRef;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

final class InMemoryLoad implements Load {

  private final InMemoryDatabase database;
  private final InstantSource clock;
  private final TableMapping mapping;
  private final Lease lease;
  private final Upsert upsert;
  private final TableRef table;
  private final Set<List<Object>> seen = new HashSet<>();
  private boolean spent;
  private long inserted;

  InMemoryLoad(InMemoryDatabase database, InstantSource clock, TableMapping mapping, Lease lease) {
    this.database = database;
    this.clock = clock;
    this.mapping = mapping;
    this.lease = lease;
    this.upsert = new Upsert(mapping);
    this.table = mapping.job().destination().table();
  }

  @Override
  public RunTally commit(TargetBatch given, BatchStep step) {
    begin();
    ShapedBatch batch = given.shaped();
    RunTally result = database.hastyTransaction(state -> commit(state, batch, step));
    batch.rows().forEach(row -> seen.add(upsert.keyOf(row)));
    batch.rejected().forEach(row -> row.key().ifPresent(key -> seen.add(Cells.key(key))));
    spent = false;
    inserted += result.inserted();
    return result;
  }

  private RunTally commit(InMemoryState state, ShapedBatch batch, BatchStep step) {
    state.requireHeld(lease);
    var name = new InMemoryState.Step(lease.run(), step.number());
    requireThere(state, step.after());
    RunTally before = state.steps.get(name);
    return before == null ? write(state, batch, step, name) : before;
  }

  private void requireThere(InMemoryState state, long step) {
    boolean isThere =
        state.steps.keySet().stream()
            .anyMatch(done -> done.run().equals(lease.run()) && done.number() >= step);
    if (step > 0 && !isThere) {
      throw new CommitsLost("step %d of run %s is lost".formatted(step, lease.run()));
    }
  }

  private RunTally write(
      InMemoryState state, ShapedBatch batch, BatchStep step, InMemoryState.Step name) {
    var rejected = new ArrayList<>(batch.rejected());
    var written = new LinkedHashMap<List<Object>, Written>();
    long applied = 0;
    for (int i = 0; i < batch.rows().size(); i++) {
      Row row = batch.rows().get(i);
      Optional<RejectedRow> refused = refused(row, batch.origins().get(i));
      if (refused.isPresent()) {
        rejected.add(refused.get());
      } else {
        written.merge(upsert.keyOf(row), write(state, row), Written::then);
        applied++;
      }
    }
    RunTally tally =
        new RunTally(batch.read(), 0, 0, 0, 0, rejected.size(), applied - written.size());
    for (Written row : written.values()) {
      RunTally came = tally(state, row);
      tally = tally.plus(came);
      watch(state, row, came, step);
    }
    var letters = new InMemoryDeadLetters(state, mapping.source().names(), clock.instant());
    letters.discard(step.settled());
    rejected.forEach(row -> letters.post(lease, row));
    state.count(lease.run(), tally);
    keep(state, step);
    state.steps.put(name, tally);
    return tally;
  }

  /// What the rows of one key came to.
  ///
  /// @param before the target's row before them; empty when there was none
  private record Written(List<Object> key, Map<String, Object> before, Map<String, Object> after) {

    Written then(Written more) {
      return new Written(key, before, more.after);
    }
  }

  /// A row that has come back to what it was is left as it was, with its stamp.
  private RunTally tally(InMemoryState state, Written row) {
    if (row.before().isEmpty()) {
      return new RunTally(0, 1, 0, 0, 0, 0, 0);
    }
    if (upsert.same(row.before(), row.after())) {
      state.table(table).rows.put(row.key(), row.before());
      return new RunTally(0, 0, 0, 1, 0, 0, 0);
    }
    return new RunTally(0, 0, 1, 0, 0, 0, 0);
  }

  private Written write(InMemoryState state, Row row) {
    var rows = state.table(table).rows;
    List<Object> key = upsert.keyOf(row);
    Map<String, Object> before = rows.getOrDefault(key, Map.of());
    upsert.write(state.table(table), row, clock.instant());
    return new Written(key, before, rows.get(key));
  }

  private void watch(InMemoryState state, Written row, RunTally tally, BatchStep step) {
    step.late()
        .filter(
            late -> tally.inserted() > 0 || (tally.updated() > 0 && late.among() == Among.WRITTEN))
        .flatMap(late -> markOf(row.after()).filter(late::hold).map(late::lateness))
        .ifPresent(lateness -> remember(state, lateness));
  }

  private Optional<WatermarkValue> markOf(Map<String, Object> row) {
    String name = mapping.targetColumns().get(mapping.markColumn().orElseThrow()).name();
    return Optional.ofNullable(row.get(name)).flatMap(WatermarkValue::of);
  }

  private void remember(InMemoryState state, Lateness lateness) {
    JobProgress was = state.progressOf(lease.job());
    state.progress.put(
        lease.job(),
        new JobProgress(
            was.watermark(),
            was.checkpoint(),
            was.lastSync(),
            was.lateness().map(known -> known.and(lateness)).or(() -> Optional.of(lateness)),
            was.beginning(),
            was.origin(),
            was.missing()));
  }

  private Optional<RejectedRow> refused(Row row, Row origin) {
    List<Column> columns = mapping.targetColumns();
    for (int i = 0; i < columns.size(); i++) {
      Optional<String> reason = Cells.refusal(columns.get(i), row.cell(i));
      if (reason.isPresent()) {
        return Optional.of(
            new RejectedRow(
                origin,
                Optional.of(columns.get(i).name()),
                reason.get(),
                Optional.of(upsert.keyCells(row))));
      }
    }
    return Optional.empty();
  }

  private void keep(InMemoryState state, BatchStep step) {
    if (step.checkpoint().isPresent()) {
      JobProgress was = state.progressOf(lease.job());
      state.progress.put(
          lease.job(),
          new JobProgress(
              was.watermark(),
              step.checkpoint(),
              was.lastSync(),
              was.lateness(),
              was.beginning(),
              was.origin(),
              was.missing()));
    }
  }

  @Override
  public long deleteUnseen(int maxPercent) {
    begin();
    long deleted = database.transaction(state -> deleteUnseen(state, maxPercent));
    spent = false;
    return deleted;
  }

  private long deleteUnseen(InMemoryState state, int maxPercent) {
    state.requireHeld(lease);
    var rows = state.table(table).rows;
    long before = rows.size();
    long ours = rows.values().stream().filter(this::isOurs).count() - inserted;
    rows.entrySet().removeIf(row -> !seen.contains(row.getKey()) && isOurs(row.getValue()));
    long deleted = before - rows.size();
    if (deleted * 100 > ours * maxPercent) {
      throw new PermanentFailure(
          FailureKind.TOO_MANY_DELETES,
          "%d of %d rows would be deleted; run with --allow-deletes".formatted(deleted, ours));
    }
    state.count(lease.run(), RunTally.zero().plusDeleted(deleted));
    return deleted;
  }

  private boolean isOurs(Map<String, Object> row) {
    return InMemoryTargetReader.isOurs(mapping, row);
  }

  @Override
  public void confirm(long step) {
    begin();
    database.transaction(state -> {
      state.requireHeld(lease);
      requireThere(state, step);
      return step;
    });
    spent = false;
  }

  /// Spent until the call has ended well.
  private void begin() {
    if (spent) {
      throw new IllegalStateException("this load has failed or was closed; begin another");
    }
    spent = true;
  }

  @Override
  public void close() {
    spent = true;
  }
}
