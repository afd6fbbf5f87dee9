package io.qupersync.application.testkit;

import io.qupersync.application.port.DeadLetterBox;
import io.qupersync.application.port.IncidentStore;
import io.qupersync.application.port.JobStates;
import io.qupersync.application.port.LeaseStore;
import io.qupersync.application.port.ProgressStore;
import io.qupersync.application.port.RowTarget;
import io.qupersync.application.port.RunLog;
import io.qupersync.application.port.ScheduleStore;
import io.qupersync.application.port.TargetProbe;
import io.qupersync.application.port.TargetReader;
import io.qupersync.domain.run.Lease;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.TableRef;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// A target database that lives in memory: its tables and QuperSync's state, behind the ports. One
/// lock makes it safe for use by many threads; a transaction works on a copy of the state, which
/// counts only once the transaction has ended well.
public final class InMemoryDatabase implements TargetSide {

  private final SettableClock clock;
  private final InMemoryScheduleStore schedules;
  private InMemoryState state;

  /// What would be left if the server ended hard.
  private InMemoryState onDisk;

  public InMemoryDatabase(SettableClock clock) {
    this(clock, new InMemoryState(true));
  }

  private InMemoryDatabase(SettableClock clock, InMemoryState state) {
    this.clock = clock;
    this.state = state;
    this.onDisk = state;
    this.schedules = new InMemoryScheduleStore(this, clock);
  }

  /// One that lets runs write whose lease is lost; for a test that shows how much this matters.
  public static InMemoryDatabase withoutFence(SettableClock clock) {
    return new InMemoryDatabase(clock, new InMemoryState(false));
  }

  synchronized <T> T transaction(Function<InMemoryState, T> work) {
    T result = hastyTransaction(work);
    onDisk = state;
    return result;
  }

  /// One that does not wait for the disk.
  synchronized <T> T hastyTransaction(Function<InMemoryState, T> work) {
    InMemoryState copy = state.copy();
    T result = work.apply(copy);
    state = copy;
    return result;
  }

  /// As when the server loses its power: what did not wait for the disk has never happened.
  public synchronized void endHard() {
    state = onDisk;
  }

  void execute(Consumer<InMemoryState> work) {
    transaction(copy -> {
      work.accept(copy);
      return copy;
    });
  }

  synchronized <T> T read(Function<InMemoryState, T> question) {
    return question.apply(state);
  }

  @Override
  public RowTarget target() {
    return new InMemoryRowTarget(this, clock);
  }

  @Override
  public ProgressStore progress() {
    return new InMemoryProgressStore(this, clock);
  }

  @Override
  public LeaseStore leases() {
    return new InMemoryLeaseStore(this, clock);
  }

  @Override
  public RunLog runs() {
    return new InMemoryRunLog(this, clock);
  }

  @Override
  public ScheduleStore schedules() {
    return schedules;
  }

  @Override
  public DeadLetterBox deadLetters() {
    return new InMemoryDeadLetterBox(this);
  }

  @Override
  public IncidentStore incidents() {
    return new InMemoryIncidentStore(this, clock);
  }

  @Override
  public JobStates standings() {
    return new InMemoryJobStates(this);
  }

  @Override
  public TargetReader reader() {
    return new InMemoryTargetReader(this);
  }

  @Override
  public TargetProbe probe() {
    return new InMemoryTargetProbe();
  }

  @Override
  public void create(TableRef table, List<String> key, List<Column> columns) {
    execute(copy -> copy.tables.put(table, new InMemoryTable(columns, ++copy.lastTable)));
  }

  @Override
  public void empty(TableRef table) {
    execute(copy -> copy.table(table).rows.clear());
  }

  /// The rows of a table at some moment.
  public record Backup(Map<List<Object>, Map<String, Object>> rows) {}

  public Backup backup(TableRef table) {
    return read(now -> new Backup(Map.copyOf(now.table(table).rows)));
  }

  /// The table has again the rows that it had then, and keeps its identity.
  public void restore(TableRef table, Backup backup) {
    execute(copy -> {
      copy.table(table).rows.clear();
      copy.table(table).rows.putAll(backup.rows());
    });
  }

  @Override
  public void drop(TableRef table) {
    execute(copy -> copy.tables.remove(table));
  }

  @Override
  public List<Map<String, Optional<String>>> rows(TableRef table) {
    return read(now -> now.table(table).texts());
  }

  /// The table's rows in no order, each with its cells by column; none, when there is no such
  /// table.
  public Collection<Map<String, Object>> cells(TableRef table) {
    return read(now ->
        now.tables.containsKey(table) ? List.copyOf(now.table(table).rows.values()) : List.of());
  }

  /// Whether the lease is still its run's.
  public boolean holds(Lease lease) {
    return read(now -> now.isHeld(lease));
  }

  @Override
  public void elapse(Duration duration) {
    clock.tick(duration);
  }

  @Override
  public void close() {}
}
