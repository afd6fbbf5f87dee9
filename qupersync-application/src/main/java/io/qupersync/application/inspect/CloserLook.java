package io.qupersync.application.inspect;

import io.qupersync.application.inspect.RowDigest.Hash;
import io.qupersync.application.inspect.VerifyReport.Difference;
import io.qupersync.domain.mapping.RowPrecedence;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.table.Column;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Looks at the single rows of key ranges whose checksums differ: takes all source rows first,
/// those of one key as what they come to when they are applied one by one, then the target's.
final class CloserLook {

  // about 20 MB of keys and column numbers for a table of a dozen columns
  private static final long MAX_ROWS = 100_000;
  private static final int MAX_EXAMPLES = 100;

  private final RowDigest digest;
  private final RowPrecedence precedence;
  private final List<String> columns;
  private final BitSet ranges = new BitSet(RangeSums.RANGES);
  private final BitSet suspects;
  private final BitSet broken = new BitSet(RangeSums.RANGES);
  private final boolean complete;
  private final Map<Hash, Seen> unmatched = new HashMap<>();
  private final List<Difference> examples = new ArrayList<>();
  private long repeated;
  private long differing;
  private long extra;

  CloserLook(TableMapping mapping, RowDigest digest, RangeSums source, RangeSums target) {
    this.digest = digest;
    this.precedence = mapping.precedence();
    this.columns = mapping.targetColumns().stream().map(Column::name).toList();
    this.suspects = source.rangesThatDiffer(target);
    long rows = 0;
    for (int i = suspects.nextSetBit(0); i >= 0; i = suspects.nextSetBit(i + 1)) {
      rows += source.rows(i) + target.rows(i);
      if (rows <= MAX_ROWS || ranges.isEmpty()) {
        ranges.set(i);
      }
    }
    this.complete = ranges.equals(suspects);
  }

  boolean isNeeded() {
    return !ranges.isEmpty();
  }

  boolean covers(Row row) {
    return ranges.get(RangeSums.rangeOf(digest.key(row)));
  }

  void source(Row row) {
    if (covers(row)) {
      var seen = new Seen(digest.keyText(row), digest.columns(row), precedence.versionOf(row));
      Seen before = unmatched.putIfAbsent(digest.key(row), seen);
      if (before != null) {
        repeated++;
        apply(row, seen, before);
      }
    }
  }

  private void apply(Row row, Seen incoming, Seen present) {
    if (precedence.replaces(present.version, incoming.version)) {
      for (int i = 0; i < present.columns.length; i++) {
        if (precedence.takes(i, row.cell(i) == null)) {
          present.columns[i] = incoming.columns[i];
        }
      }
      present.version =
          precedence.takesVersion(incoming.version.isEmpty()) ? incoming.version : present.version;
    }
  }

  /// To be called when all source rows have been seen.
  void target(Row row) {
    if (!covers(row)) {
      return;
    }
    Seen source = unmatched.remove(digest.key(row));
    if (source == null) {
      extra++;
      example(Difference.Kind.EXTRA, digest.keyText(row), List.of());
      return;
    }
    List<String> unlike = unlike(source.columns, digest.columns(row));
    if (!unlike.isEmpty()) {
      differing++;
      broken.set(RangeSums.rangeOf(digest.key(row)));
      example(Difference.Kind.DIFFERING, source.key, unlike);
    }
  }

  /// What was found, once both sides have been seen.
  Findings findings() {
    unmatched.forEach((key, row) -> {
      broken.set(RangeSums.rangeOf(key));
      example(Difference.Kind.MISSING, row.key, List.of());
    });
    return new Findings(
        repeated,
        unmatched.size(),
        differing,
        extra,
        complete,
        List.copyOf(examples),
        complete ? broken : suspects);
  }

  private List<String> unlike(int[] source, int[] target) {
    var unlike = new ArrayList<String>();
    for (int i = 0; i < source.length; i++) {
      if (source[i] != target[i]) {
        unlike.add(columns.get(i));
      }
    }
    return unlike;
  }

  private void example(Difference.Kind kind, String key, List<String> unlike) {
    if (examples.size() < MAX_EXAMPLES) {
      examples.add(new Difference(kind, key, unlike));
    }
  }

  /// A source row, for which no target row has been seen yet.
  private static final class Seen {
    final String key;
    final int[] columns;
    Optional<Object> version;

    Seen(String key, int[] columns, Optional<Object> version) {
      this.key = key;
      this.columns = columns;
      this.version = version;
    }
  }

  /// The counts, lower bounds unless complete, and some of the rows.
  ///
  /// @param repeated source rows whose key had come before
  /// @param broken the ranges that hold, or may hold, rows the target lacks or has otherwise
  record Findings(
      long repeated,
      long missing,
      long differing,
      long extra,
      boolean complete,
      List<Difference> examples,
      BitSet broken) {}
}
