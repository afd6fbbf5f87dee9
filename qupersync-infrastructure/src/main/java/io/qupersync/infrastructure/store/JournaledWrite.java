package io.qupersync.infrastructure.store;

import io.qupersync.application.port.BatchStep;
import io.qupersync.domain.progress.Checkpoint;
import io.qupersync.domain.run.Lease;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// One statement that writes rows and books them, a transaction by itself: what [CommitJournal]
/// does as the last statement of a transaction, this does in the one that writes, and a small batch
/// needs one round trip instead of four.
///
/// The fence comes last here, too: it asks for the counts, which are there when all rows are
/// written. What cannot be booked fails the statement, and then nothing of it has happened;
/// [CommitJournal] knows why.
public final class JournaledWrite {

  /// No setting has this name, and a statement that reaches it fails.
  private static final String NOT_BOOKED = "qupersync.not_booked";

  private static final String UNKNOWN_SETTING = "42704";

  private final Duration leaseTtl;
  private final String book;
  private final String checkpoint;
  private final String outcome;

  /// @param leaseTtl how long the lease goes on from then
  public JournaledWrite(StateSchema schema, Duration leaseTtl) {
    this.leaseTtl = leaseTtl;
    this.book =
        """
        fence as (
          update %s set expires_at = clock_timestamp() + ? * interval '1 ms'
          where job_id = ? and token = ? and run_id is not null
            and (select inserted from counted) >= 0 returning 1),
        log as (
          update %s as r set last_step = ?, last_step_tally = c.tally, %s
          from (select array[?, inserted, updated, ? - inserted - updated, 0, 0, ?]::bigint[] as tally
            from counted) as c
          where r.run_id = ? and r.last_step < ? and r.last_step >= ? returning 1)
        """
            .formatted(schema.leases(), schema.runs(), additions());
    this.checkpoint =
        """
        , progress as (
          insert into %s (job_id, checkpoint) values (?, ?::jsonb)
          on conflict (job_id) do update set checkpoint = excluded.checkpoint)
        """
            .formatted(schema.jobs());
    this.outcome =
        """
        select inserted, updated,
          case when late > 0 or not exists (select from fence) or not exists (select from log)
            then current_setting('%s') end,
          exists (select from %s where sync_job_id = ? and run_id < ?)
        from counted
        """
            .formatted(NOT_BOOKED, schema.deadLetters());
  }

  private static String additions() {
    return IntStream.range(0, TallyColumns.NAMES.size())
        .mapToObj(place ->
            "%1$s = r.%1$s + c.tally[%2$d]".formatted(TallyColumns.NAMES.get(place), place + 1))
        .collect(Collectors.joining(", "));
  }

  /// The statement, which says how many rows were inserted, how many updated, and, in its fourth
  /// column, whether earlier runs have left dead letters.
  ///
  /// @param written the rows that are written, as a part of that name which says of each whether it
  ///   was `inserted`
  /// @param late how many of those came late, in SQL; the statement fails where there is one
  public String around(String written, String late, BatchStep step) {
    return """
    with %s, counted as (
      select count(*) filter (where inserted) as inserted,
        count(*) filter (where not inserted) as updated, %s as late
      from written),
    %s%s%s
    """
        .formatted(written, late, book, step.checkpoint().isPresent() ? checkpoint : "", outcome);
  }

  /// How many rows a batch has, before anyone knows what becomes of them.
  public record Batch(long read, long written, long duplicates) {}

  /// Fills in what [#around] has left open after `written`.
  ///
  /// @param from the index of the first parameter
  public void bind(PreparedStatement statement, int from, Lease lease, BatchStep step, Batch batch)
      throws SQLException {
    int next = from;
    statement.setLong(next++, leaseTtl.toMillis());
    statement.setString(next++, lease.job().value());
    statement.setLong(next++, lease.token());
    statement.setLong(next++, step.number());
    statement.setLong(next++, batch.read());
    statement.setLong(next++, batch.written());
    statement.setLong(next++, batch.duplicates());
    statement.setLong(next++, lease.run().value());
    statement.setLong(next++, step.number());
    statement.setLong(next++, step.after());
    Optional<Checkpoint> reached = step.checkpoint();
    if (reached.isPresent()) {
      statement.setString(next++, lease.job().value());
      statement.setString(next++, WatermarkJson.json(reached.get()));
    }
    statement.setString(next++, lease.job().value());
    statement.setLong(next, lease.run().value());
  }

  /// Whether the rows could be written, and could not be booked: the lease is lost, the step was
  /// booked before, or a row came late.
  public static boolean isUnbooked(SQLException failure) {
    return UNKNOWN_SETTING.equals(failure.getSQLState())
        && String.valueOf(failure.getMessage()).contains(NOT_BOOKED);
  }
}
