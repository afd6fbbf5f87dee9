package io.qupersync.application.port;

import io.qupersync.domain.row.TargetBatch;
import io.qupersync.domain.run.RunTally;

/// One run's writing. After a failure the load is spent: close it and begin another.
public interface Load extends AutoCloseable {

  /// Writes a batch, its rejected rows, its counters and its checkpoint in one transaction, under
  /// the run's lease, or nothing of it. A row that only the database refuses is found and becomes a
  /// dead letter with the others. A step that was committed before, by a try whose answer was lost,
  /// is not done again. The step's settled letters are gone with the commit, before rejected rows
  /// of the batch are added. How late rows came is remembered with it, as the step's
  /// [BatchStep#late] says.
  ///
  /// @return what the batch came to
  /// @throws SyncFailure of kind `LEASE_LOST` when another run has taken over; nothing was written
  ///   then
  /// @throws CommitsLost when the step that this one follows is lost; nothing was written then
  RunTally commit(TargetBatch batch, BatchStep step);

  /// Once all rows have been read: tries rows once more that were refused for the sake of other
  /// rows, which may have been written or changed since, and settles the letters of those that are
  /// written now, or whose key was written by a later row. One transaction, under the run's lease.
  ///
  /// @return what changes in the tally: rows that are written now no longer count as skipped
  default RunTally tryRefusedAgain(BatchStep step) {
    return RunTally.zero();
  }

  /// How many of the rows counted as skipped [#tryRefusedAgain] would try, or knows to be
  /// overtaken.
  default long refusedForOthers() {
    return 0;
  }

  /// Of a mirror that has read everything: deletes the target rows of this source whose keys this
  /// load has not committed. One transaction, under the run's lease.
  ///
  /// @param maxPercent how much of the target's rows of this source, without those that this load
  ///   has inserted, may go, 0 to 100
  /// @return how many rows were deleted
  /// @throws SyncFailure of kind `TOO_MANY_DELETES` when more would have to go; nothing is deleted
  ///   then
  long deleteUnseen(int maxPercent);

  /// Makes sure that every step up to this one will outlast the target's server, however that ends;
  /// until then a commit may be lost with it, and all commits after it. To be called before anyone
  /// is told that the run has done its work.
  ///
  /// @param step the last that was committed, by this load or by one before it
  /// @throws CommitsLost when the target does not have it any more
  void confirm(long step);

  /// Never throws.
  @Override
  void close();
}
