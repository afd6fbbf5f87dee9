package io.qupersync.infrastructure.postgres;

import io.qupersync.application.port.Load;
import io.qupersync.application.port.RowTarget;
import io.qupersync.domain.job.SyncMode;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.run.Lease;
import io.qupersync.domain.table.TableRef;
import io.qupersync.domain.table.TableShape;
import io.qupersync.infrastructure.jdbc.Loan;
import io.qupersync.infrastructure.store.DdlLock;
import io.qupersync.infrastructure.store.DeadLetters;
import io.qupersync.infrastructure.store.Fence;
import io.qupersync.infrastructure.store.SessionName;
import io.qupersync.infrastructure.store.StepBook;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/// Tables of a PostgreSQL database as the goal of jobs.
public final class PostgresRowTarget implements RowTarget {

  private final PostgresDatabase database;

  public PostgresRowTarget(PostgresDatabase database) {
    this.database = database;
  }

  @Override
  public Optional<TableShape> shapeOf(TableRef table) {
    return find(table).map(TargetTable::shape);
  }

  private Optional<TargetTable> find(TableRef table) {
    return database
        .state()
        .with("look at target " + table, connection -> new TargetCatalog(connection).find(table));
  }

  @Override
  public List<String> changesFor(TableMapping mapping) {
    return database
        .state()
        .with("look at target " + table(mapping), connection -> changes(connection, mapping));
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
                for (String change : changes(connection, mapping)) {
                  statement.execute(change);
                }
              }
              return mapping;
            });
  }

  private static List<String> changes(Connection connection, TableMapping mapping)
      throws SQLException {
    var catalog = new TargetCatalog(connection);
    TableRef table = table(mapping);
    return new TableChanges(mapping)
        .from(catalog.hasSchema(table.schema().value()), catalog.find(table));
  }

  @Override
  public String describe(TableMapping mapping) {
    return new UpsertSql(mapping, find(table(mapping))).merge(Stage.TABLE);
  }

  @Override
  public Load begin(TableMapping mapping, Lease lease) {
    String step = "begin to write to " + table(mapping);
    Loan loan = database.loads().borrow(step);
    try {
      return load(loan, mapping, lease);
    } catch (SQLException failure) {
      loan.taint();
      loan.close();
      throw database.loads().failures().of(step, failure);
    } catch (RuntimeException failure) {
      loan.taint();
      loan.close();
      throw failure;
    }
  }

  private Load load(Loan loan, TableMapping mapping, Lease lease) throws SQLException {
    Connection connection = loan.connection();
    connection.setAutoCommit(false);
    name(connection, lease);
    Optional<TargetTable> there = new TargetCatalog(connection).find(table(mapping));
    boolean isEmpty = isEmpty(connection, mapping);
    Stage stage = Stage.create(connection, mapping, there, isEmpty);
    Optional<Mirror> mirror =
        mapping.job().mode() == SyncMode.MIRROR
            ? Optional.of(new Mirror(connection, mapping, SeenKeys.create(connection, mapping)))
            : Optional.empty();
    connection.commit();
    var parts =
        new LoadParts(
            stage,
            new StraightCopy(connection, mapping, there, isEmpty),
            mirror,
            new DeadLetters(database.schema(), mapping.source().names()),
            new StepBook(database.schema(), database.leaseTtl()),
            this::stands);
    return new PostgresLoad(loan, database.loads().failures(), mapping, lease, parts);
  }

  private static boolean isEmpty(Connection connection, TableMapping mapping) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select not exists (select from %s)".formatted(table(mapping).quoted()))) {
      row.next();
      return row.getBoolean(1);
    }
  }

  private boolean stands(Lease lease) {
    return database
        .state()
        .with(
            "look at the lease of job '%s'".formatted(lease.job()),
            connection -> new Fence(database.schema()).stands(connection, lease));
  }

  private void name(Connection connection, Lease lease) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select set_config('application_name', ?, false)")) {
      statement.setString(1, SessionName.of(database.schema(), lease.run(), lease.job()));
      statement.execute();
    }
  }

  private static TableRef table(TableMapping mapping) {
    return mapping.job().destination().table();
  }
}
