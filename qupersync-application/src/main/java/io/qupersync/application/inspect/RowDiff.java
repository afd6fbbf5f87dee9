package io.qupersync.application.inspect;

import io.qupersync.application.inspect.RowDigest.Hash;
import io.qupersync.application.inspect.VerifyReport.Difference;
import io.qupersync.domain.mapping.RowPrecedence;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.table.Column;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Looks at the single rows of key ranges whose checksums differ: takes all source rows first,
/// those of one key as what they come to when they are applied one by one, then the target's.
final class RowDiff {

  // about 20 MB of keys and column numbers for a table of a dozen columns
  private static final long MAX_ROWS = 100_000;
  private static final int MAX_EXAMPLES = 100;

  /// How many rows that seem to be missing the target is asked for one by one.
  private static final int MAX_ASKED = 1000;

  private final TableMapping mapping;
  private final RowDigest digest;
  private final RowPrecedence precedence;
  private final List<String> columns;
  private final BitSet ranges = new BitSet(RangeChecksums.RANGES);
  private final BitSet suspects;
  private final BitSet broken = new BitSet(RangeChecksums.RANGES);
  private final boolean complete;
  private final Map<Hash, Seen> sources = new LinkedHashMap<>();
  private final List<Difference> examples = new ArrayList<>();
  private final Map<Hash, List<Seen>> alike = new LinkedHashMap<>();
  private final Set<Hash> lacking = new HashSet<>();
  private long read;
  private long readAgain;
  private long repeated;
  private long differing;
  private long extra;
  private long refused;

  RowDiff(TableMapping mapping, RowDigest digest, RangeChecksums source, RangeChecksums target) {
    this.mapping = mapping;
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
    return ranges.get(RangeChecksums.rangeOf(digest.key(row)));
  }

  void source(Row row) {
    read++;
    if (covers(row)) {
      var seen = new Seen(mapping.keyOf(row), digest, row, precedence.versionOf(row), read);
      Seen before = sources.putIfAbsent(digest.key(row), seen);
      if (before != null) {
        repeated++;
        apply(row, seen, before);
      }
    }
  }

  private void apply(Row row, Seen incoming, Seen present) {
    if (precedence.replaces(present.version, incoming.version)) {
      present.order = incoming.order;
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
    Seen source = sources.get(digest.key(row));
    if (source == null || source.matched) {
      extra++;
      example(Difference.Kind.EXTRA, digest.keyText(row), List.of());
      return;
    }
    source.matched = true;
    source.unlike = unlike(source.columns, digest.columns(row));
  }

  /// Rows whose keys only the target holds to be one: of those, it has the one that wins. To be
  /// called when both sides have been seen.
  ///
  /// @param target finds a row by its key, by the target's own equality
  void alike(Function<Row, Optional<Row>> target) {
    int asked = 0;
    for (Seen row : sources.values()) {
      if (!row.matched && asked++ < MAX_ASKED) {
        Optional<Row> there = target.apply(row.keyCells);
        Hash key = there.map(digest::key).orElse(row.hash);
        if (!key.equals(row.hash)) {
          row.matched = true;
          alike
              .computeIfAbsent(key, _ -> spelling(key, digest.keyText(there.orElseThrow())))
              .add(row);
        }
      }
    }
  }

  /// @return the source's row with the target's spelling, as far as it has been seen
  private List<Seen> spelling(Hash key, String text) {
    Seen same = sources.get(key);
    if (same != null) {
      return new ArrayList<>(List.of(same));
    }
    if (ranges.get(RangeChecksums.rangeOf(key))) {
      // the target's spelling is none of the source's
      extra--;
      examples.removeIf(
          example -> example.kind() == Difference.Kind.EXTRA && example.key().equals(text));
    } else {
      lacking.add(key);
    }
    return new ArrayList<>();
  }

  /// Whether rows must be seen again that lie in ranges in which nothing differs.
  boolean lacksRows() {
    return !lacking.isEmpty();
  }

  /// Takes all source rows once more, in their order.
  void sourceAgain(Row row) {
    readAgain++;
    Hash key = digest.key(row);
    if (lacking.contains(key)) {
      var seen = new Seen(mapping.keyOf(row), digest, row, precedence.versionOf(row), readAgain);
      alike.computeIfAbsent(key, _ -> new ArrayList<>()).add(seen);
    }
  }

  /// To be called when all rows of keys that are alike have been seen.
  void judgeAlike() {
    alike.forEach(this::judge);
  }

  /// @param key as the target spells it
  /// @param rows of it at the source, in whatever spelling
  private void judge(Hash key, List<Seen> rows) {
    rows.sort(Comparator.comparingLong(row -> row.order));
    repeated += rows.size() - 1L;
    Seen winner = rows.getFirst();
    for (Seen next : rows.subList(1, rows.size())) {
      winner = precedence.replaces(winner.version, next.version) ? next : winner;
    }
    if (precedence.movesKeys() && !winner.hash.equals(key)) {
      differing++;
      rows.forEach(row -> broken.set(RangeChecksums.rangeOf(row.hash)));
      example(Difference.Kind.DIFFERING, winner.key, mapping.job().destination().key());
    }
  }

  /// Whether the target lacks a row, or has one otherwise.
  boolean findsFault() {
    return sources.values().stream().anyMatch(Seen::isAmiss);
  }

  /// Takes a row of the source that the target refused, and that is in the dead letters: it is
  /// neither missing nor differing. To be called when both sides have been seen.
  void refused(Row row) {
    Seen source = sources.get(digest.key(row));
    if (source != null && source.isAmiss()) {
      source.refused = true;
      refused++;
    }
  }

  /// What was found, once both sides have been seen.
  Findings findings() {
    long missing = 0;
    for (Seen row : sources.values()) {
      if (!row.isAmiss()) {
        continue;
      }
      broken.set(RangeChecksums.rangeOf(row.hash));
      if (row.matched) {
        differing++;
        example(Difference.Kind.DIFFERING, row.key, row.unlike);
      } else {
        missing++;
        example(Difference.Kind.MISSING, row.key, List.of());
      }
    }
    return new Findings(
        repeated,
        missing,
        differing,
        extra,
        refused,
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

  /// A source row.
  private static final class Seen {
    final Row keyCells;
    final Hash hash;
    final String key;
    final int[] columns;
    Optional<Object> version;

    /// When it was read, or the row that took its place.
    long order;

    /// Whether the target has it.
    boolean matched;

    /// In which columns the target has it otherwise.
    List<String> unlike = List.of();

    /// Whether it is in the dead letters.
    boolean refused;

    Seen(Row keyCells, RowDigest digest, Row row, Optional<Object> version, long order) {
      this.keyCells = keyCells;
      this.hash = digest.key(row);
      this.key = digest.keyText(row);
      this.columns = digest.columns(row);
      this.version = version;
      this.order = order;
    }

    boolean isAmiss() {
      return !refused && (!matched || !unlike.isEmpty());
    }
  }

  /// The counts, lower bounds unless complete, and some of the rows.
  ///
  /// @param repeated source rows whose key had come before
  /// @param refused source rows that are in the dead letters
  /// @param broken the ranges that hold, or may hold, rows the target lacks or has otherwise
  record Findings(
      long repeated,
      long missing,
      long differing,
      long extra,
      long refused,
      boolean complete,
      List<Difference> examples,
      BitSet broken) {}
}
