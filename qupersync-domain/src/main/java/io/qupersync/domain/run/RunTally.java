package io.qupersync.domain.run;

/// What a run has done so far. All counts are of rows and never negative.
///
/// @param extracted rows read from the source
/// @param skipped rows rejected, each in the dead letters
/// @param duplicates rows that had their say together with others of their key: what came of them
///   is counted once
public record RunTally(
    long extracted,
    long inserted,
    long updated,
    long unchanged,
    long deleted,
    long skipped,
    long duplicates) {

  public static RunTally zero() {
    return new RunTally(0, 0, 0, 0, 0, 0, 0);
  }

  public RunTally plus(RunTally more) {
    return new RunTally(
        extracted + more.extracted,
        inserted + more.inserted,
        updated + more.updated,
        unchanged + more.unchanged,
        deleted + more.deleted,
        skipped + more.skipped,
        duplicates + more.duplicates);
  }

  /// What came in between.
  ///
  /// @param earlier how far the same run had come before
  public RunTally minus(RunTally earlier) {
    return new RunTally(
        extracted - earlier.extracted,
        inserted - earlier.inserted,
        updated - earlier.updated,
        unchanged - earlier.unchanged,
        deleted - earlier.deleted,
        skipped - earlier.skipped,
        duplicates - earlier.duplicates);
  }

  public RunTally plusDeleted(long rows) {
    return plus(new RunTally(0, 0, 0, 0, rows, 0, 0));
  }

  /// Rows that were sent and that nobody wrote, though nothing was wrong with them: the target
  /// swallowed them.
  public long swallowed() {
    return extracted - inserted - updated - unchanged - skipped - duplicates;
  }

  public long upserted() {
    return inserted + updated;
  }
}
