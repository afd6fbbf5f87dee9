package io.qupersync.infrastructure.postgres;

/// A commit that does not wait for the disk, as those of batches are until the last: of a load of
/// 500,000 rows the waiting took a fifteenth of the time on a quick disk, two fifths on a busy one.
/// What the server loses when it ends hard are the last commits, each with its rows, counters and
/// resume point; a run that would go on from there is refused, and goes back to what is left.
///
/// @see <a href="https://www.postgresql.org/docs/current/wal-async-commit.html">asynchronous
///   commit</a>
final class AsyncCommit {

  /// For the transaction that is under way; to be sent with one of its statements.
  static final String SQL = "set local synchronous_commit to off;\n";

  private AsyncCommit() {}
}
