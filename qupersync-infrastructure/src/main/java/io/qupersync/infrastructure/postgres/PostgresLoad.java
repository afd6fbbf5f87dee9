package io.qupersync.infrastructure.postgres;

import io.qupersync.application.port.BatchStep;
import io.qupersync.application.port.Load;
import io.qupersync.application.port.SyncFailure;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.row.PassThroughBatch;
import io.qupersync.domain.row.RejectedRow;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.row.RowBatch;
import io.qupersync.domain.row.ShapedBatch;
import io.qupersync.domain.row.TargetBatch;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.run.Lease;
import io.qupersync.domain.run.RunTally;
import io.qupersync.domain.table.TableRef;
import io.qupersync.infrastructure.jdbc.SqlFailures;
import io.qupersync.infrastructure.store.CommitJournal.Booking;
import io.qupersync.infrastructure.store.Fence;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Writes for one run over one connection, a transaction for each batch.
final class PostgresLoad implements Load {

  private final LoadSession session;
  private final Connection connection;
  private final SqlFailures failures;
  private final TableMapping mapping;
  private final TableRef table;
  private final Lease lease;
  private final LoadParts parts;
  private @Nullable StagedUpsert stagedUpsert;
  private final RefusedForOthers refused;
  private @Nullable EarlierLetters earlier;
  private boolean tablesAreMade;

  /// The step up to which nothing can get lost any more.
  private long confirmed;

  /// Rows that this load has inserted.
  private long inserted;

  PostgresLoad(
      LoadSession session,
      SqlFailures failures,
      TableMapping mapping,
      Lease lease,
      LoadParts parts) {
    this.session = session;
    this.connection = session.connection();
    this.failures = failures;
    this.mapping = mapping;
    this.refused = new RefusedForOthers(mapping, parts.keysAreExact());
    this.table = mapping.job().destination().table();
    this.lease = lease;
    this.parts = parts;
  }

  @Override
  public RunTally commit(TargetBatch batch, BatchStep step) {
    RunTally written = guarded("write to " + table, () -> write(batch, step));
    inserted += written.inserted();
    return written;
  }

  /// The quickest way first. Savepoints would tell the culprit at once when rows are refused, at
  /// two round trips for each good batch; so each try is a transaction of its own.
  private RunTally write(TargetBatch batch, BatchStep step) throws SQLException {
    Optional<RunTally> written = sentStraight(batch, step);
    if (written.isEmpty() && !session.isOccupied()) {
      written = parts.atOnce().write(batch, step);
      // outside of our transactions a commit waits for the disk
      confirmed = written.isPresent() ? step.number() : confirmed;
      if (written.isPresent() && parts.atOnce().lettersWait()) {
        settleEarlier(batch, List.of());
      }
    }
    if (written.isPresent()) {
      wrote(batch);
      return written.get();
    }
    makeTables();
    if (batch instanceof PassThroughBatch passing) {
      written = passed(passing, step);
    }
    if (written.isPresent()) {
      wrote(batch);
      return written.get();
    }
    return merged(batch.shaped(), step);
  }

  /// All of a batch was written.
  private void wrote(TargetBatch batch) {
    if (!refused.isEmpty()) {
      refused.committed(batch.shaped(), List.of(), List.of());
    }
  }

  /// Temporary tables are made for the first batch that goes by them: to make them and to discard
  /// them is most of what a small run would cost the server.
  private void makeTables() throws SQLException {
    session.occupy();
    if (tablesAreMade) {
      return;
    }
    longWay().createTables();
    connection.commit();
    tablesAreMade = true;
  }

  private StagedUpsert longWay() {
    StagedUpsert known = stagedUpsert;
    if (known == null) {
      known = parts.longWay().get();
      stagedUpsert = known;
    }
    return known;
  }

  /// @return empty when the rows must go by the stage
  private Optional<RunTally> sentStraight(TargetBatch batch, BatchStep step) throws SQLException {
    if (!parts.beginsEmpty() || !longWay().rows().maySendStraight(batch, step.late())) {
      return Optional.empty();
    }
    session.occupy();
    try {
      return Optional.of(transaction(batch, step, () -> longWay().rows().sendStraight(batch)));
    } catch (SQLException refusal) {
      backOut(refusal, longWay().straight().refused(refusal));
      return Optional.empty();
    }
  }

  /// @return empty when something in the rows was refused
  private Optional<RunTally> passed(PassThroughBatch batch, BatchStep step) throws SQLException {
    try {
      return Optional.of(
          transaction(batch, step, () -> longWay().rows().writePassing(batch, step.late())));
    } catch (SQLException refusal) {
      backOut(refusal, DataRefusal.mayBe(refusal));
      return Optional.empty();
    }
  }

  private RunTally merged(ShapedBatch batch, BatchStep step) throws SQLException {
    try {
      return transaction(batch, step, () -> noted(batch, writeWhole(batch, step)));
    } catch (SQLException refusal) {
      backOut(refusal, DataRefusal.mayBe(refusal));
      return transaction(batch, step, () -> noted(batch, writeSplit(batch, step, refusal)));
    }
  }

  private BatchRows.Outcome writeWhole(ShapedBatch batch, BatchStep step) throws SQLException {
    return longWay().rows().writeWhole(batch, step.late());
  }

  private BatchRows.Outcome writeSplit(ShapedBatch batch, BatchStep step, SQLException refusal)
      throws SQLException {
    return longWay().rows().writeSplit(batch, step.late(), refusal);
  }

  /// What becomes of the transaction does not matter: when it fails, so does the load.
  private BatchRows.Outcome noted(ShapedBatch batch, BatchRows.Outcome outcome) {
    refused.committed(batch, outcome.rejected(), outcome.forOthers());
    return outcome;
  }

  @Override
  public long refusedForOthers() {
    return refused.size();
  }

  @Override
  public RunTally tryRefusedAgain(BatchStep step) {
    RunTally changed =
        guarded("write to %s what it had refused".formatted(table), () -> tryAgain(step));
    refused.clear();
    inserted += changed.inserted();
    return changed;
  }

  private RunTally tryAgain(BatchStep step) throws SQLException {
    makeTables();
    ShapedBatch batch = mapping.shape(List.of(RowBatch.of(refused.waiting(), 0)));
    try {
      return transaction(batch, step, () -> settled(batch, writeWhole(batch, step)));
    } catch (SQLException refusal) {
      backOut(refusal, DataRefusal.mayBe(refusal));
      return transaction(batch, step, () -> settled(batch, writeSplit(batch, step, refusal)));
    }
  }

  /// Takes away the letters of rows that are written now, or overtaken. Those of the others stay as
  /// they are.
  private BatchRows.Outcome settled(ShapedBatch batch, BatchRows.Outcome outcome)
      throws SQLException {
    Set<Row> still = RefusedForOthers.sources(outcome.rejected());
    List<Row> done =
        Stream.concat(
                batch.origins().stream().filter(row -> !still.contains(row)),
                refused.overtaken().stream())
            .toList();
    longWay().letters().settleRows(connection, lease, done);
    RunTally written = outcome.tally();
    long overtaken = refused.overtaken().size();
    var change =
        new RunTally(
            0,
            written.inserted(),
            written.updated(),
            written.unchanged(),
            0,
            -done.size(),
            written.duplicates() + overtaken);
    return new BatchRows.Outcome(change, outcome.rejected(), List.of(), outcome.late());
  }

  private void backOut(SQLException refusal, boolean mayTryAgain) throws SQLException {
    if (!mayTryAgain) {
      throw refusal;
    }
    try {
      connection.rollback();
    } catch (SQLException second) {
      // a session that is closed is no news: why it was closed is
      boolean isNews = SqlFailures.passes(second);
      (isNews ? second : refusal).addSuppressed(isNews ? refusal : second);
      throw isNews ? second : refusal;
    }
  }

  private RunTally transaction(TargetBatch batch, BatchStep step, Writes<BatchRows.Outcome> writing)
      throws SQLException {
    BatchRows.Outcome outcome = writing.run();
    longWay().letters().settle(connection, lease, step.settled());
    longWay().letters().add(connection, lease, outcome.rejected());
    if (longWay().mirror().isPresent()) {
      longWay().mirror().get().rememberRejected(outcome.rejected());
    }
    return switch (parts.book().book(connection, lease, step, outcome.tally())) {
      case Booking.Booked(boolean lettersWait) -> {
        if (outcome.late().isPresent()) {
          parts.book().bookLate(connection, lease, outcome.late().get());
        }
        connection.commit();
        if (lettersWait) {
          settleEarlier(batch, outcome.rejected());
          connection.commit();
        }
        yield outcome.tally();
      }
      case Booking.DoneBefore(RunTally before) -> {
        connection.rollback();
        rememberAgain(batch.shaped());
        yield before;
      }
    };
  }

  /// Letters of earlier runs whose rows have come, and are written. Not with the batch: they may as
  /// well go later.
  private void settleEarlier(TargetBatch batch, List<RejectedRow> rejected) throws SQLException {
    EarlierLetters known = earlier;
    if (known == null) {
      known = EarlierLetters.read(mapping, longWay().letters(), connection, lease);
      earlier = known;
    }
    if (!known.isEmpty()) {
      known.written(batch.shaped(), rejected, connection, lease);
    }
  }

  private void rememberAgain(ShapedBatch batch) throws SQLException {
    if (longWay().mirror().isPresent()) {
      longWay().mirror().get().rememberAgain(batch);
      connection.commit();
    }
  }

  @Override
  public long deleteUnseen(int maxPercent) {
    Mirror mirror =
        longWay().mirror().orElseThrow(() -> new IllegalStateException("only a mirror deletes"));
    return guarded(
        "delete from %s what the source no longer has".formatted(table),
        () -> {
          makeTables();
          long deleted = mirror.deleteUnseen(maxPercent, inserted);
          parts.book().bookDeleted(connection, lease, deleted);
          connection.commit();
          return deleted;
        });
  }

  @Override
  public void confirm(long step) {
    if (step == confirmed) {
      return;
    }
    guarded(
        "confirm what was written to " + table,
        () -> {
          session.occupy();
          parts.book().confirm(connection, lease, step);
          connection.commit();
          confirmed = step;
          return step;
        });
  }

  private interface Writes<T> {
    T run() throws SQLException;
  }

  private <T> T guarded(String step, Writes<T> writes) {
    if (session.isSpent()) {
      throw new IllegalStateException("this load has failed; begin another");
    }
    try {
      return writes.run();
    } catch (SQLException failure) {
      session.giveUp();
      throw told(step, failure);
    } catch (RuntimeException | Error failure) {
      session.giveUp();
      throw failure;
    }
  }

  /// Whoever takes a job over ends the session of the run before it, and that run must not take it
  /// for a server that went away.
  private SyncFailure told(String step, SQLException failure) {
    SyncFailure told = failures.of(step, failure);
    if (told.kind() != FailureKind.UNREACHABLE || Thread.currentThread().isInterrupted()) {
      return told;
    }
    try {
      return parts.leaseStands().test(lease) ? told : Fence.lost(lease);
    } catch (SyncFailure unreachable) {
      told.addSuppressed(unreachable);
      return told;
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
