package io.qupersync.application.simulation;

import io.qupersync.application.sync.RunRequest.Scope;
import io.qupersync.application.testkit.InMemoryWarehouse;
import io.qupersync.application.testkit.SettableClock;
import io.qupersync.domain.job.SyncMode;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.row.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What goes on at the source: rows come, late by the job's lookback at most, change, spoil and
/// vanish. Each change has a number, which is the version of the row it leaves behind.
final class SourceActivity {

  private static final int SEQ = 4;
  private static final int UPDATED_AT = 5;
  private static final String TOKEN = "6f1c9f8e-0d2f-4c57-9a6e-3f4f0a1b2c3d";

  private final Scenario scenario;
  private final InMemoryWarehouse warehouse;
  private final SettableClock clock;
  private final RandomChoices randomChoices;
  private final Trace trace;
  private final SlowTransactions slow;
  private final List<Long> ids = new ArrayList<>();
  private final Map<Long, Long> born = new HashMap<>();
  private final Map<Long, Long> died = new HashMap<>();
  private long changes;
  private long sequence = 100;
  private long lastId;
  private boolean datedAhead;

  /// @param clock the source's; it shows whole seconds, so that many rows share one
  SourceActivity(
      Scenario scenario,
      InMemoryWarehouse warehouse,
      SettableClock clock,
      RandomChoices randomChoices,
      Trace trace) {
    this.scenario = scenario;
    this.warehouse = warehouse;
    this.clock = clock;
    this.randomChoices = randomChoices;
    this.trace = trace;
    this.slow = new SlowTransactions(warehouse);
    warehouse.create(Scenario.SOURCE, scenario.sourceColumns());
  }

  /// The number of the last change.
  long changes() {
    return changes;
  }

  List<Row> rows() {
    return warehouse.rows(Scenario.SOURCE);
  }

  /// Whether a row with this id has been there ever since the given change.
  boolean isThereSince(long id, long change) {
    return ids.contains(id) && born.get(id) <= change;
  }

  /// Whether the row with this id was gone by the given change.
  boolean wasGoneBy(long id, long change) {
    return died.getOrDefault(id, Long.MAX_VALUE) <= change;
  }

  /// A slice of the source with an end on either side, or on none.
  Scope.Backfill someBackfill() {
    Optional<WatermarkValue> one = someMark();
    Optional<WatermarkValue> other = someMark();
    boolean ascending = one.isEmpty() || other.isEmpty() || one.get().compareWith(other.get()) <= 0;
    return new Scope.Backfill(
        (ascending ? one : other).map(WatermarkValue::text),
        (ascending ? other : one).map(WatermarkValue::text));
  }

  private Optional<WatermarkValue> someMark() {
    if (ids.isEmpty() || randomChoices.chance(0.3)) {
      return Optional.empty();
    }
    Row row = randomChoices.oneOf(rows());
    return Optional.ofNullable(
            row.cell(scenario.kind() == WatermarkValue.Kind.NUMBER ? SEQ : UPDATED_AT))
        .flatMap(WatermarkValue::of);
  }

  /// Every transaction that is open commits.
  void endAll() {
    while (slow.isAnyOpen()) {
      slow.end(clock.instant(), randomChoices, this::commit);
    }
  }

  private void goOnSlowly() {
    int choice = slow.isAnyOpen() ? randomChoices.upTo(4) : 0;
    if (choice == 0) {
      trace.note(() -> "source: a transaction begins");
      slow.begin(clock.instant());
    } else if (choice == 1) {
      trace.note(() -> "source: a transaction ends");
      slow.end(clock.instant(), randomChoices, this::commit);
    } else {
      Object[] cells = row(++lastId);
      trace.note(() -> "source: stamped, not committed: " + shown(cells));
      slow.write(
          new SlowTransactions.Pending((Long) cells[0], (Long) cells[SEQ], cells[UPDATED_AT]),
          randomChoices);
    }
  }

  private void commit(SlowTransactions.Pending pending) {
    Object[] cells = row(pending.id());
    cells[SEQ] = pending.seq();
    cells[UPDATED_AT] = pending.stamp();
    insert(cells);
  }

  void goOn() {
    if (scenario.hasSlowTransactions() && randomChoices.chance(0.3)) {
      goOnSlowly();
      return;
    }
    boolean mayUpdate = scenario.job().mode() != SyncMode.APPEND;
    boolean mayDelete = scenario.job().mode() == SyncMode.MIRROR;
    int choice = ids.isEmpty() ? 0 : randomChoices.upTo(9);
    if (choice >= 8 && mayDelete) {
      delete(randomChoices.oneOf(ids));
    } else if (choice >= 5 && mayUpdate) {
      update(randomChoices.oneOf(ids));
    } else {
      insert();
    }
  }

  private void insert() {
    long id = ++lastId;
    insert(row(id));
  }

  private void insert(Object[] cells) {
    long id = (Long) cells[0];
    ids.add(id);
    born.put(id, changes);
    warehouse.insert(Scenario.SOURCE, cells);
    trace.note(() -> "source: insert " + shown(cells));
  }

  /// A row turns up that has been there for years.
  void findOldRow() {
    long id = ++lastId;
    Object[] cells = row(id);
    cells[SEQ] = 1L;
    cells[UPDATED_AT] = atSource(clock.instant().minus(Duration.ofDays(900)));
    ids.add(id);
    born.put(id, changes);
    warehouse.insert(Scenario.SOURCE, cells);
    trace.note(() -> "source: found " + shown(cells));
  }

  private Object atSource(Instant at) {
    LocalDateTime utc = LocalDateTime.ofInstant(at, ZoneOffset.UTC);
    return switch (scenario.kind()) {
      case TIMESTAMPTZ -> at;
      case DATE -> utc.toLocalDate();
      case TIMESTAMP, NUMBER, TEXT -> utc;
    };
  }

  private void update(long id) {
    Row before = rows().stream().filter(row -> id(row) == id).findFirst().orElseThrow();
    Object[] cells = row(id);
    cells[SEQ] = later(before.cell(SEQ), cells[SEQ]);
    cells[UPDATED_AT] = later(before.cell(UPDATED_AT), cells[UPDATED_AT]);
    warehouse.update(Scenario.SOURCE, cells);
    trace.note(() -> "source: update " + shown(cells));
  }

  /// The marks of one row only grow, and once it has one it keeps one.
  private Object later(Object before, Object now) {
    if (before == null) {
      return now;
    }
    if (now == null) {
      return later(before, stamp());
    }
    return WatermarkValue.of(before).orElseThrow().compareWith(WatermarkValue.of(now).orElseThrow())
            > 0
        ? before
        : now;
  }

  private void delete(long id) {
    died.put(id, ++changes);
    ids.remove(id);
    warehouse.delete(Scenario.SOURCE, id);
    trace.note(() -> "source: delete " + id);
  }

  private Object[] row(long id) {
    String name = randomChoices.chance(0.05) ? null : "order " + id;
    String token = randomChoices.chance(0.05) ? "no uuid" : TOKEN;
    sequence += randomChoices.upTo(1);
    long seq = sequence - randomChoices.upTo(scenario.lateness());
    return new Object[] {id, ++changes, name, token, seq, stamp()};
  }

  /// Mostly now, sometimes late, seldom ahead of the clock, or none at all.
  private Object stamp() {
    if (randomChoices.chance(0.04)) {
      return null;
    }
    int lateness = randomChoices.chance(0.4) ? randomChoices.upTo(scenario.lateness()) : 0;
    Instant at = scenario.stamps().at(clock.instant(), lateness, randomChoices);
    datedAhead |= at.isAfter(clock.instant());
    return atSource(at);
  }

  /// Whether a row was ever dated ahead of the clock.
  boolean isDatedAhead() {
    return datedAhead;
  }

  private static String shown(Object[] cells) {
    return "id=%s version=%s name=%s token=%s seq=%s at=%s"
        .formatted(
            cells[0], cells[1], cells[2], cells[3] == TOKEN ? "good" : "bad", cells[4], cells[5]);
  }

  static long id(Row row) {
    return (Long) row.cell(0);
  }

  static long version(Row row) {
    return (Long) row.cell(1);
  }

  static boolean isBad(Row row) {
    return row.cell(2) == null || !TOKEN.equals(row.cell(3));
  }
}
