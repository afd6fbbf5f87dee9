package io.qupersync.infrastructure.postgres;

import io.qupersync.application.port.PermanentFailure;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.row.RejectedRow;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.row.ShapedBatch;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.table.TableRef;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a mirror does beyond writing: it remembers what it has seen and deletes the rest. Speaks
/// inside the caller's transaction.
final class Mirror {

  private static final Logger LOG = LoggerFactory.getLogger(Mirror.class);

  private final Connection connection;
  private final TableMapping mapping;
  private final SeenKeys seen;
  private boolean everyKeyIsKnown = true;

  Mirror(Connection connection, TableMapping mapping, SeenKeys seen) {
    this.connection = connection;
    this.mapping = mapping;
    this.seen = seen;
  }

  /// Creates what it remembers in; to be called first.
  void create() throws SQLException {
    seen.create();
  }

  void rememberStaged() throws SQLException {
    seen.rememberStaged();
  }

  /// Keeps the former state of rows that are still at the source, only unfit now.
  void rememberRejected(List<RejectedRow> rejected) throws SQLException {
    remember(rejected.stream().map(RejectedRow::key).toList());
  }

  /// The keys of a batch that another load has committed; this one has not seen them yet.
  void rememberAgain(ShapedBatch batch) throws SQLException {
    Stream<Optional<Row>> written = batch.rows().stream().map(mapping::keyOf).map(Optional::of);
    Stream<Optional<Row>> rejected = batch.rejected().stream().map(RejectedRow::key);
    remember(Stream.concat(written, rejected).toList());
  }

  private void remember(List<Optional<Row>> keys) throws SQLException {
    List<Row> known = keys.stream().flatMap(Optional::stream).toList();
    everyKeyIsKnown &= known.size() == keys.size();
    if (known.isEmpty()) {
      return;
    }
    Savepoint before = connection.setSavepoint();
    try {
      seen.remember(known);
      connection.releaseSavepoint(before);
    } catch (SQLException failure) {
      if (!DataRefusal.mayBe(failure)) {
        throw failure;
      }
      connection.rollback(before);
      everyKeyIsKnown = false;
    }
  }

  /// Deletes what was not seen; nothing when it is not known of all rows which they are.
  ///
  /// @param inserted how many rows of the target this load has inserted
  /// @throws PermanentFailure when more than `maxPercent` of the rows that were there before would
  ///   have to go
  long deleteUnseen(int maxPercent, long inserted) throws SQLException {
    TableRef table = mapping.job().destination().table();
    if (!everyKeyIsKnown) {
      LOG.warn(
          "job={} deletes nothing: a row was rejected whose key cannot be read, so nobody knows which row of {} it is",
          mapping.job().id(),
          table);
      return 0;
    }
    long before = seen.countTarget() - inserted;
    long deleted = seen.deleteOthers();
    if (deleted * 100 > before * maxPercent) {
      throw new PermanentFailure(
          FailureKind.TOO_MANY_DELETES,
          "%d of the %d rows of %s are no longer at the source, and max_deleted_percent is %d; if they are really gone, run it with --allow-deletes"
              .formatted(deleted, before, table, maxPercent));
    }
    return deleted;
  }
}
