package io.qupersync.application.testkit;

import io.qupersync.application.port.Load;
import io.qupersync.application.port.RowTarget;
import io.qupersync.domain.job.OpenRows;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.progress.Witness;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.run.Lease;
import io.qupersync.domain.table.CellText;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.ColumnType.Plain;
import io.qupersync.domain.table.TableRef;
import io.qupersync.domain.table.TableShape;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

final class InMemoryRowTarget implements RowTarget {

  private final InMemoryDatabase database;
  private final InstantSource clock;

  InMemoryRowTarget(InMemoryDatabase database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public Optional<TableShape> shapeOf(TableRef table) {
    return database.read(
        state -> Optional.ofNullable(state.tables.get(table)).map(InMemoryTable::shape));
  }

  @Override
  public Optional<String> identityOf(TableRef table) {
    return database.read(
        state -> Optional.ofNullable(state.tables.get(table)).map(InMemoryTable::identity));
  }

  @Override
  public boolean holdsRow(TableMapping mapping) {
    return database.cells(mapping.job().destination().table()).stream()
        .anyMatch(row -> InMemoryTargetReader.isOurs(mapping, row));
  }

  @Override
  public Optional<Witness> find(TableMapping mapping, Witness witness) {
    return database.read(state -> InMemoryWitness.find(state, mapping, witness));
  }

  @Override
  public List<String> changesFor(TableMapping mapping) {
    TableRef name = mapping.job().destination().table();
    return database.read(state ->
        Optional.ofNullable(state.tables.get(name))
            .map(table -> changes(table, mapping))
            .orElse(List.of("create table " + name.quoted())));
  }

  private static List<String> changes(InMemoryTable table, TableMapping mapping) {
    return Stream.concat(
            table.missing(columns(mapping)).stream().map(column -> "add " + column),
            table.widened(columns(mapping)).stream().map(column -> "widen " + column))
        .toList();
  }

  @Override
  public void prepare(TableMapping mapping) {
    List<Column> wanted = columns(mapping);
    database.execute(state -> {
      InMemoryTable table =
          state.tables.computeIfAbsent(
              mapping.job().destination().table(),
              _ -> new InMemoryTable(wanted, ++state.lastTable));
      table.fit(wanted);
    });
  }

  private static List<Column> columns(TableMapping mapping) {
    var columns = new ArrayList<>(mapping.targetColumns());
    mapping
        .job()
        .destination()
        .stamps()
        .time()
        .ifPresent(name -> columns.add(new Column(name, Plain.TIMESTAMPTZ, true)));
    return columns;
  }

  @Override
  public List<Row> openKeys(TableMapping mapping, WatermarkValue before, int limit) {
    OpenRows open = mapping.job().extraction().watermark().orElseThrow().open().orElseThrow();
    String mark = mapping.targetColumns().get(mapping.markColumn().orElseThrow()).name();
    return database.read(state ->
        state.tables.get(mapping.job().destination().table()).rows.values().stream()
            .filter(row -> isOpen(row.get(open.column()), open))
            .filter(row -> WatermarkValue.of(row.get(mark)).orElseThrow().compareWith(before) < 0)
            .limit(limit)
            .map(row ->
                new Row(
                    mapping.sourceKey().stream()
                        .map(column -> row.get(column.target().name()))
                        .toArray()))
            .toList());
  }

  private static boolean isOpen(@Nullable Object cell, OpenRows open) {
    return cell == null ? open.values().isEmpty() : open.values().contains(CellText.of(cell));
  }

  @Override
  public String describe(TableMapping mapping) {
    return "upsert into " + mapping.job().destination().table().quoted();
  }

  @Override
  public Load begin(TableMapping mapping, Lease lease) {
    return new InMemoryLoad(database, clock, mapping, lease);
  }
}
