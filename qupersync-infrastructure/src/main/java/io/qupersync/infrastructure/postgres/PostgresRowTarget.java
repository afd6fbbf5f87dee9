package io.qupersync.infrastructure.postgres;

import io.qupersync.application.port.Load;
import io.qupersync.application.port.RowTarget;
import io.qupersync.application.port.TargetLook;
import io.qupersync.domain.job.SyncMode;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.progress.Mark;
import io.qupersync.domain.progress.Witness;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.run.Lease;
import io.qupersync.domain.table.TableRef;
import io.qupersync.domain.table.TableShape;
import io.qupersync.infrastructure.jdbc.Loan;
import io.qupersync.infrastructure.store.BookedWrite;
import io.qupersync.infrastructure.store.DdlLock;
import io.qupersync.infrastructure.store.DeadLetters;
import io.qupersync.infrastructure.store.Fence;
import io.qupersync.infrastructure.store.SessionName;
import io.qupersync.infrastructure.store.StepBook;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/// Tables of a PostgreSQL database as the goal of jobs.
public final class PostgresRowTarget implements RowTarget {

  private final PostgresDatabase database;
  private final StepBook book;
  private final BookedWrite booked;

  public PostgresRowTarget(PostgresDatabase database) {
    this.database = database;
    this.book = new StepBook(database.schema(), database.leaseTtl());
    this.booked = new BookedWrite(database.schema(), database.leaseTtl());
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
  public TargetLook look(TableRef table) {
    return new PostgresLook(this, table, find(table));
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
  public List<Row> openKeys(TableMapping mapping, Mark before, int limit) {
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
    return new UpsertSql(mapping, find(table(mapping))).merge(Stage.TABLE);
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

  private Load load(Loan loan, TableMapping mapping, TargetTable there, Lease lease) {
    String name = SessionName.of(database.schema(), lease.run(), lease.job());
    Connection connection = loan.connection();
    var parts =
        new LoadParts(
            new AtOnce(connection, mapping, there, lease, name, booked),
            there.isEmpty(),
            KeyEquality.isExact(mapping, there),
            () -> longWay(connection, mapping, there),
            book,
            this::stands);
    return new PostgresLoad(
        new LoadSession(loan, lease, name), database.loads().failures(), mapping, lease, parts);
  }

  private LongWay longWay(Connection connection, TableMapping mapping, TargetTable there) {
    Optional<Mirror> mirror =
        mapping.job().mode() == SyncMode.MIRROR
            ? Optional.of(new Mirror(connection, mapping, new SeenKeys(connection, mapping, there)))
            : Optional.empty();
    return LongWay.of(
        connection,
        mapping,
        new Stage(connection, mapping, there),
        new StraightCopy(connection, mapping, there),
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
