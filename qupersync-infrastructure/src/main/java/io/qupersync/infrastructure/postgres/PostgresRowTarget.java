package io.qupersync.infrastructure.postgres;

import io.qupersync.application.port.Load;
import io.qupersync.application.port.RowTarget;
import io.qupersync.application.port.TargetSnapshot;
import io.qupersync.domain.job.SyncMode;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.progress.Witness;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.run.Lease;
import io.qupersync.domain.table.TableRef;
import io.qupersync.domain.table.TableShape;
import io.qupersync.infrastructure.jdbc.BorrowedConnection;
import io.qupersync.infrastructure.store.CommitJournal;
import io.qupersync.infrastructure.store.DdlLock;
import io.qupersync.infrastructure.store.DeadLetters;
import io.qupersync.infrastructure.store.Fence;
import io.qupersync.infrastructure.store.JournaledWrite;
import io.qupersync.infrastructure.store.SessionName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/// Tables of a PostgreSQL database as the goal of jobs.
public final class PostgresRowTarget implements RowTarget {

  private final PostgresDatabase database;
  private final CommitJournal book;
  private final JournaledWrite booked;

  public PostgresRowTarget(PostgresDatabase database) {
    this.database = database;
    this.book = new CommitJournal(database.schema(), database.leaseTtl());
    this.booked = new JournaledWrite(database.schema(), database.leaseTtl());
  }

  @Override
  public Optional<TableShape> shapeOf(TableRef table) {
    return find(table).map(TargetTable::shape);
  }

  Optional<TargetTable> find(TableRef table) {
    return database
        .state()
        .with("look at target " + table, connection -> new TargetCatalog(connection).find(table));
  }

  @Override
  public TargetSnapshot look(TableRef table) {
    return new PostgresTargetSnapshot(this, table, find(table));
  }

  @Override
  public Optional<String> identityOf(TableRef table) {
    return find(table).map(there -> Long.toString(there.oid()));
  }

  @Override
  public boolean holdsRow(TableMapping mapping) {
    return database
        .loads()
        .with(
            "look for rows in target " + table(mapping),
            connection -> new RecentRow(connection, mapping).holdsAny(table(mapping).quoted()));
  }

  @Override
  public Optional<Witness> find(TableMapping mapping, Witness witness) {
    return database
        .loads()
        .with(
            "look for the newest row of target " + table(mapping),
            connection -> new RecentRow(connection, mapping).find(witness));
  }

  @Override
  public List<String> changesFor(TableMapping mapping) {
    return database
        .state()
        .with(
            "look at target " + table(mapping),
            connection -> {
              var catalog = new TargetCatalog(connection);
              Optional<TargetTable> there = catalog.find(table(mapping));
              List<String> changes = changes(catalog, there, mapping);
              if (!changes.isEmpty()) {
                NamedTypes.require(connection, mapping, there);
              }
              return changes;
            });
  }

  @Override
  public void prepare(TableMapping mapping) {
    if (changesFor(mapping).isEmpty()) {
      return;
    }
    database
        .loads()
        .inTransaction(
            "prepare target " + table(mapping),
            connection -> {
              try (Statement statement = connection.createStatement()) {
                // whoever waits for a lock on a table keeps everyone after it waiting
                statement.execute("set local lock_timeout = '10s'");
                DdlLock.takeForTransaction(connection);
                List<String> changes = changes(connection, mapping);
                statement.execute(NamedTypes.NAMES_OF_THE_ROLE);
                for (String change : changes) {
                  statement.execute(change);
                }
              }
              return mapping;
            });
  }

  private static List<String> changes(Connection connection, TableMapping mapping)
      throws SQLException {
    var catalog = new TargetCatalog(connection);
    return changes(catalog, catalog.find(table(mapping)), mapping);
  }

  private static List<String> changes(
      TargetCatalog catalog, Optional<TargetTable> there, TableMapping mapping)
      throws SQLException {
    return new TableChanges(mapping)
        .from(catalog.hasSchema(table(mapping).schema().value()), there);
  }

  @Override
  public List<Row> openKeys(TableMapping mapping, WatermarkValue before, int limit) {
    Optional<OpenRowsSql> sql = OpenRowsSql.of(mapping);
    return sql.isEmpty()
        ? List.of()
        : database
            .state()
            .with(
                "look for open rows in target " + table(mapping),
                connection -> sql.get().keys(connection, before, limit));
  }

  @Override
  public String describe(TableMapping mapping) {
    return new UpsertSql(mapping, find(table(mapping))).merge(StagingTable.TABLE);
  }

  @Override
  public Load begin(TableMapping mapping, Lease lease) {
    return begin(mapping, find(table(mapping)), lease);
  }

  Load begin(TableMapping mapping, Optional<TargetTable> there, Lease lease) {
    String step = "begin to write to " + table(mapping);
    TargetTable found =
        there.orElseThrow(() -> database.loads().failures().of(step, missing(mapping)));
    return load(database.loads().borrow(step), mapping, found, lease);
  }

  private static SQLException missing(TableMapping mapping) {
    return new SQLException("there is no table %s".formatted(table(mapping)), "42P01");
  }

  private Load load(
      BorrowedConnection borrowedConnection, TableMapping mapping, TargetTable there, Lease lease) {
    String name = SessionName.of(database.schema(), lease.run(), lease.job());
    Connection connection = borrowedConnection.connection();
    var parts =
        new LoadParts(
            new SingleStatementUpsert(connection, mapping, there, lease, name, booked),
            there.isEmpty(),
            KeyEquality.isExact(mapping, there),
            () -> longWay(connection, mapping, there),
            book,
            this::stands);
    return new PostgresLoad(
        new LoadSession(borrowedConnection, lease, name),
        database.loads().failures(),
        mapping,
        lease,
        parts);
  }

  private StagedUpsert longWay(Connection connection, TableMapping mapping, TargetTable there) {
    Optional<Mirror> mirror =
        mapping.job().mode() == SyncMode.MIRROR
            ? Optional.of(new Mirror(connection, mapping, new SeenKeys(connection, mapping, there)))
            : Optional.empty();
    return StagedUpsert.of(
        connection,
        mapping,
        new StagingTable(connection, mapping, there),
        new DirectCopy(connection, mapping, there),
        mirror,
        new DeadLetters(database.schema(), mapping.source().names()));
  }

  private boolean stands(Lease lease) {
    return database
        .state()
        .with(
            "look at the lease of job '%s'".formatted(lease.job()),
            connection -> new Fence(database.schema()).stands(connection, lease));
  }

  private static TableRef table(TableMapping mapping) {
    return mapping.job().destination().table();
  }
}
