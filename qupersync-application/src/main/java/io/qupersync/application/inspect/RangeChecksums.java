package io.qupersync.application.inspect;

import io.qupersync.application.inspect.RowDigest.Hash;
import java.util.BitSet;

/// Checksums of a table by ranges of its keys' hashes: as large for ten rows as for ten billion,
/// and the same in whatever order the rows come.
final class RangeChecksums {

  static final int RANGES = 4096;

  private final long[] rows = new long[RANGES];
  private final long[] high = new long[RANGES];
  private final long[] low = new long[RANGES];
  private long total;

  static int rangeOf(Hash key) {
    return (int) (key.low() & (RANGES - 1));
  }

  void add(Hash key, Hash row) {
    int range = rangeOf(key);
    rows[range]++;
    high[range] += row.high();
    low[range] += row.low();
    total++;
  }

  long total() {
    return total;
  }

  long rows(int range) {
    return rows[range];
  }

  BitSet rangesThatDiffer(RangeChecksums other) {
    var differing = new BitSet(RANGES);
    for (int i = 0; i < RANGES; i++) {
      boolean same = rows[i] == other.rows[i] && high[i] == other.high[i] && low[i] == other.low[i];
      differing.set(i, !same);
    }
    return differing;
  }
}
