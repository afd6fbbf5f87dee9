package io.qupersync.application.sync;

import io.qupersync.application.port.TargetReader;
import io.qupersync.application.sync.RowRecency.Age;
import io.qupersync.domain.job.SyncMode;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.row.DeadLetter;
import io.qupersync.domain.row.RejectedRow;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.row.RowBatch;
import io.qupersync.domain.row.ShapedBatch;
import io.qupersync.domain.run.RunTally;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Decides for each of some dead letters whether its row may be written now.
final class DeadLetterReplay {

  private final TableMapping mapping;
  private final TargetReader reader;
  private final RowRecency rowRecency;
  private final SourceRowStatus source;
  private final Map<Row, DeadLetter> letterOf = new LinkedHashMap<>();
  private final List<Row> rows = new ArrayList<>();
  private final List<Row> origins = new ArrayList<>();
  private final List<Long> settled = new ArrayList<>();

  private DeadLetterReplay(TableMapping mapping, TargetReader reader, SourceRowStatus source) {
    this.mapping = mapping;
    this.reader = reader;
    this.source = source;
    this.rowRecency = new RowRecency(mapping);
  }

  static ReplayBatch of(
      List<DeadLetter> letters, TableMapping mapping, TargetReader reader, SourceRowStatus source) {
    return new DeadLetterReplay(mapping, reader, source).decide(letters);
  }

  private ReplayBatch decide(List<DeadLetter> letters) {
    for (DeadLetter letter : letters) {
      DeadLetterRow.of(letter, mapping.source().columns())
          .ifPresent(row -> letterOf.put(row, letter));
    }
    List<Row> oldestFirst = letterOf.keySet().stream().sorted(rowRecency).toList();
    ShapedBatch shaped = mapping.shape(List.of(RowBatch.of(oldestFirst, 0)));
    for (int i = 0; i < shaped.rows().size(); i++) {
      decide(shaped.rows().get(i), shaped.origins().get(i));
    }
    long overtaken = (long) settled.size() - rows.size();
    // the target makes letters of the rejected ones again
    long staying = (long) letters.size() - settled.size() - shaped.rejected().size();
    return new ReplayBatch(
        rowsAnd(shaped.rejected(), shaped.repeatsAKey()),
        settled,
        new RunTally(overtaken + staying, 0, 0, overtaken, 0, staying, 0));
  }

  private void decide(Row row, Row origin) {
    long letter = Objects.requireNonNull(letterOf.get(origin)).id();
    switch (age(row, origin)) {
      case NEWER -> {
        rows.add(row);
        origins.add(origin);
        settled.add(letter);
      }
      case OLDER -> settled.add(letter);
      case UNKNOWN -> {}
    }
  }

  /// Where the watermarks do not tell, the source does: what it still has, is the newest there is.
  /// A mirror must always ask it, lest a row come back that the source has deleted.
  private Age age(Row row, Row origin) {
    boolean mirror = mapping.job().mode() == SyncMode.MIRROR;
    Age age = rowRecency.among(row, reader.find(mapping, mapping.keyOf(row)));
    if (age != Age.UNKNOWN && !mirror) {
      return age;
    }
    return switch (source.of(origin)) {
      case CURRENT -> Age.NEWER;
      case REPLACED -> Age.OLDER;
      case GONE -> mirror ? Age.OLDER : Age.UNKNOWN;
      case AMBIGUOUS -> Age.UNKNOWN;
    };
  }

  private ShapedBatch rowsAnd(List<RejectedRow> rejected, boolean repeatsAKey) {
    long read = (long) rows.size() + rejected.size();
    return new ShapedBatch(rows, origins, rejected, read, repeatsAKey, Optional.empty());
  }
}
