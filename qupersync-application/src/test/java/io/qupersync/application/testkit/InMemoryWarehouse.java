package io.qupersync.application.testkit;

import io.qupersync.application.port.DatabaseProbe;
import io.qupersync.application.port.PermanentFailure;
import io.qupersync.application.port.RowSource;
import io.qupersync.application.port.SourceCatalog;
import io.qupersync.application.port.SourceLookup;
import io.qupersync.domain.progress.OpenTransactions;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.TableRef;
import io.qupersync.domain.table.TableShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// A source database that lives in memory and changes when a test says so. Like Redshift, it does
/// not keep keys unique. Safe for use by many threads.
public final class InMemoryWarehouse implements SourceSide {

  private record Table(TableShape shape, List<Row> rows) {}

  private final SettableClock clock;
  private String place = "memory:5439/dev";
  private final Map<TableRef, Table> tables = new HashMap<>();
  private OpenTransactions open = new OpenTransactions.None();

  public InMemoryWarehouse(SettableClock clock) {
    this.clock = clock;
  }

  /// Which warehouse this is, as long as nobody says otherwise.
  String place() {
    return place;
  }

  /// Jobs that read from here read another warehouse from now on, for all they know.
  public void moveTo(String other) {
    place = other;
  }

  @Override
  public RowSource source() {
    return new InMemoryRowSource(this, clock);
  }

  @Override
  public SourceLookup lookup() {
    return new InMemorySourceLookup(this);
  }

  @Override
  public SourceCatalog catalog() {
    return new InMemorySourceCatalog(this);
  }

  @Override
  public DatabaseProbe probe() {
    return () -> new DatabaseProbe.Probed("a warehouse in memory", "test", false);
  }

  @Override
  public synchronized void create(TableRef table, List<Column> columns) {
    tables.put(table, new Table(new TableShape(columns), new ArrayList<>()));
  }

  @Override
  public synchronized void insert(TableRef table, Object... cells) {
    List<Column> columns = table(table).shape().columns();
    if (columns.size() != cells.length) {
      throw new IllegalArgumentException("%s has %d columns".formatted(table, columns.size()));
    }
    for (int i = 0; i < cells.length; i++) {
      Cells.requireTyped(columns.get(i), cells[i]);
    }
    table(table).rows().add(new Row(cells));
  }

  /// Replaces the rows that have the same first cell.
  public synchronized void update(TableRef table, Object... cells) {
    Row changed = new Row(Arrays.copyOf(cells, cells.length));
    table(table).rows().replaceAll(row -> Cells.same(row.cell(0), cells[0]) ? changed : row);
  }

  /// Deletes the rows that have this first cell.
  public synchronized void delete(TableRef table, Object first) {
    Predicate<Row> sameFirst = row -> Cells.same(row.cell(0), first);
    table(table).rows().removeIf(sameFirst);
  }

  /// From now on this is what it says of its open transactions.
  public synchronized void tells(OpenTransactions transactions) {
    open = transactions;
  }

  synchronized OpenTransactions open() {
    return open;
  }

  synchronized List<TableRef> tables() {
    return List.copyOf(tables.keySet());
  }

  synchronized TableShape shape(TableRef table) {
    return table(table).shape();
  }

  /// The rows as they are now, in the order of their insertion.
  public synchronized List<Row> rows(TableRef table) {
    return List.copyOf(table(table).rows());
  }

  private Table table(TableRef name) {
    Table table = tables.get(name);
    if (table == null) {
      throw new PermanentFailure(
          FailureKind.SOURCE, "the source has no table %s; check its name".formatted(name));
    }
    return table;
  }

  @Override
  public void close() {}
}
