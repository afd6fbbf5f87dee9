package io.qupersync.infrastructure.store;

import io.qupersync.application.port.BatchStep;
import io.qupersync.application.port.CommitsLost;
import io.qupersync.application.port.PermanentFailure;
import io.qupersync.domain.progress.Checkpoint;
import io.qupersync.domain.progress.Lateness;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.run.Lease;
import io.qupersync.domain.run.RunTally;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/// Books what a transaction has written, as its last statement: the run's counters, the checkpoint,
/// and the fence. All of it is one statement, since on a real network it is round trips that count.
public final class CommitJournal {

  private final Duration leaseTtl;
  private final String book;
  private final String bookWithCheckpoint;
  private final String bookDeleted;
  private final String confirm;
  private final String find;
  private final String lateness;
  private final String remember;

  /// @param leaseTtl how long the lease goes on after each commit
  public CommitJournal(StateSchema schema, Duration leaseTtl) {
    this.leaseTtl = leaseTtl;
    String fence =
        """
        fence as (
          update %s set expires_at = clock_timestamp() + ? * interval '1 ms'
          where job_id = ? and token = ? and run_id is not null returning 1)
        """
            .formatted(schema.leases());
    String log =
        """
        log as (
          update %s set last_step = ?, last_step_tally = ?, %s
          where run_id = ? and last_step < ? and last_step >= ? returning 1)
        """
            .formatted(schema.runs(), TallyColumns.assign("%s + ?"));
    String checkpoint =
        """
        progress as (
          insert into %s (job_id, checkpoint) values (?, ?::jsonb)
          on conflict (job_id) do update set checkpoint = excluded.checkpoint)
        """
            .formatted(schema.jobs());
    String outcome = " select exists (select from fence), exists (select from log)";
    String letters =
        ", exists (select from %s where sync_job_id = ? and run_id < ?)"
            .formatted(schema.deadLetters());
    this.book = "with " + fence + ", " + log + outcome + letters;
    this.bookWithCheckpoint = "with " + fence + ", " + log + ", " + checkpoint + outcome + letters;
    this.bookDeleted =
        "with %s, log as (update %s set rows_deleted = rows_deleted + ? where run_id = ? returning 1)"
                .formatted(fence, schema.runs())
            + outcome;
    this.confirm =
        "with %s, log as (select from %s where run_id = ? and last_step >= ?)"
                .formatted(fence, schema.runs())
            + outcome;
    this.lateness = "select metadata from %s where job_id = ? for update".formatted(schema.jobs());
    this.remember =
        """
        insert into %s as s (job_id, metadata) values (?, ?::jsonb)
        on conflict (job_id) do update set metadata = s.metadata || excluded.metadata
        """
            .formatted(schema.jobs());
    this.find =
        "select last_step, last_step_tally from %s where run_id = ?".formatted(schema.runs());
  }

  /// What became of a booking.
  public sealed interface Booking {

    /// The transaction may be committed.
    ///
    /// @param lettersWait whether earlier runs have left dead letters
    record Booked(boolean lettersWait) implements Booking {}

    /// The step was committed before; the transaction must be rolled back.
    record DoneBefore(RunTally tally) implements Booking {}
  }

  /// @throws PermanentFailure of kind `LEASE_LOST` when another run has taken over
  public Booking book(Connection connection, Lease lease, BatchStep step, RunTally tally)
      throws SQLException {
    String sql = step.checkpoint().isPresent() ? bookWithCheckpoint : book;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int next = fence(statement, lease);
      statement.setLong(next++, step.number());
      statement.setArray(next++, connection.createArrayOf("bigint", TallyColumns.counts(tally)));
      next = TallyColumns.set(statement, next, tally);
      statement.setLong(next++, lease.run().value());
      statement.setLong(next++, step.number());
      statement.setLong(next++, step.after());
      if (step.checkpoint().isPresent()) {
        Checkpoint checkpoint = step.checkpoint().get();
        statement.setString(next++, lease.job().value());
        statement.setString(next++, WatermarkJson.json(checkpoint));
      }
      statement.setString(next++, lease.job().value());
      statement.setLong(next, lease.run().value());
      ResultSet outcome = outcome(statement, lease);
      return outcome.getBoolean(2)
          ? new Booking.Booked(outcome.getBoolean(3))
          : before(connection, lease, step);
    }
  }

  /// Books rows that a mirror deleted.
  ///
  /// @throws PermanentFailure of kind `LEASE_LOST` when another run has taken over
  public void bookDeleted(Connection connection, Lease lease, long rows) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(bookDeleted)) {
      int next = fence(statement, lease);
      statement.setLong(next++, rows);
      statement.setLong(next, lease.run().value());
      logged(statement, lease);
    }
  }

  /// Writes something after all that was committed, so that the commit of this transaction, if it
  /// waits for the disk, has waited for all of them.
  ///
  /// @throws PermanentFailure of kind `LEASE_LOST` when another run has taken over
  /// @throws CommitsLost when the step is not there any more
  public void confirm(Connection connection, Lease lease, long step) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(confirm)) {
      int next = fence(statement, lease);
      statement.setLong(next++, lease.run().value());
      statement.setLong(next, step);
      if (!logged(statement, lease)) {
        throw forgotten(step, lease);
      }
    }
  }

  private static CommitsLost forgotten(long step, Lease lease) {
    return new CommitsLost(
        "the target has lost step %d of run %s, which it had committed: its server ended before that was on its disk"
            .formatted(step, lease.run()));
  }

  /// Books how late rows came; to be called when their step is booked, for then nobody else writes
  /// of the job. Few batches hold a late row, and only those pay for it.
  public void bookLate(Connection connection, Lease lease, Lateness seen) throws SQLException {
    try (PreparedStatement read = connection.prepareStatement(lateness);
        PreparedStatement write = connection.prepareStatement(remember)) {
      read.setString(1, lease.job().value());
      ResultSet row = read.executeQuery();
      Optional<Lateness> before =
          row.next() ? WatermarkJson.lateness(row.getString(1)) : Optional.empty();
      write.setString(1, lease.job().value());
      write.setString(2, WatermarkJson.metadata(before.map(known -> known.and(seen)).orElse(seen)));
      write.executeUpdate();
    }
  }

  private int fence(PreparedStatement statement, Lease lease) throws SQLException {
    statement.setLong(1, leaseTtl.toMillis());
    statement.setString(2, lease.job().value());
    statement.setLong(3, lease.token());
    return 4;
  }

  private static boolean logged(PreparedStatement statement, Lease lease) throws SQLException {
    return outcome(statement, lease).getBoolean(2);
  }

  private static ResultSet outcome(PreparedStatement statement, Lease lease) throws SQLException {
    ResultSet outcome = statement.executeQuery();
    outcome.next();
    if (!outcome.getBoolean(1)) {
      throw Fence.lost(lease);
    }
    return outcome;
  }

  /// Why the step could not be booked: a try whose answer was lost has committed it.
  private Booking before(Connection connection, Lease lease, BatchStep step) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(find)) {
      statement.setLong(1, lease.run().value());
      ResultSet row = statement.executeQuery();
      boolean known = row.next();
      if (known && row.getLong(1) < step.after()) {
        throw forgotten(step.after(), lease);
      }
      Array tally = known ? row.getArray(2) : null;
      if (tally == null || row.getLong(1) != step.number()) {
        throw new PermanentFailure(
            FailureKind.INTERNAL,
            "step %d of run %s does not follow on what sync_logs says of it"
                .formatted(step.number(), lease.run()));
      }
      return new Booking.DoneBefore(TallyColumns.tally((Long[]) tally.getArray()));
    }
  }
}
