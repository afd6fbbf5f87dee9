package io.qupersync.domain.mapping;

import io.qupersync.domain.job.JobSource;
import io.qupersync.domain.job.Parallel;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.ColumnType;
import io.qupersync.domain.table.ColumnType.Plain;
import io.qupersync.domain.table.TableShape;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Whether several sessions can read a job's source at a time, each another range of a column.
///
/// The column is always one of the key. So rows of one key come from one reader, in their order; a
/// row that changes meanwhile stays in its range, is read once and is missed by nobody, which a
/// mirror would take for deleted.
public sealed interface SplitPlan {

  /// @param readers at a time
  /// @param parts how many ranges at most: more than readers where a range is cheap, so that one
  ///   full of rows holds nobody up
  record By(Column column, int readers, int parts) implements SplitPlan {}

  /// By one session.
  ///
  /// @param reason why, where more were wanted
  record Whole(Optional<String> reason) implements SplitPlan {}

  /// @param source the columns that there are
  /// @throws IllegalArgumentException when the job names a column that cannot be split
  static SplitPlan of(SyncJob job, TableShape source) {
    Parallel wanted = job.extraction().parallel();
    Optional<String> column = column(job);
    Optional<String> unsuitable = column.flatMap(name -> unsuitable(name, source));
    if (wanted.splitBy().isPresent() && unsuitable.isPresent()) {
      throw new IllegalArgumentException("split_by: " + unsuitable.get());
    }
    if (wanted.readers() == 1 || column.isEmpty()) {
      return new Whole(Optional.empty());
    }
    Optional<String> reason =
        unsuitable
            .or(() -> filled(column.get(), job))
            .or(() -> tooWide(source))
            .or(() -> withoutCeiling(job, source));
    return reason.isPresent()
        ? new Whole(reason)
        : new By(
            source.columns().get(source.indexOf(column.get()).orElseThrow()),
            wanted.readers(),
            wanted.readers() * partsPerReader(job.extraction().source()));
  }

  /// The one the job names, else its key; of several columns nobody knows which it should be.
  private static Optional<String> column(SyncJob job) {
    if (job.extraction().source() instanceof JobSource.Nodes) {
      return Optional.empty();
    }
    List<String> key = job.destination().key();
    return job.extraction()
        .parallel()
        .splitBy()
        .or(() ->
            key.size() == 1
                ? Optional.of(job.columns().sourceOf(key.getFirst()))
                : Optional.empty());
  }

  /// A query is asked anew for each range, and nobody knows what that costs.
  private static int partsPerReader(JobSource source) {
    return switch (source) {
      case JobSource.Table _ -> 4;
      case JobSource.Query _, JobSource.Nodes _ -> 1;
    };
  }

  private static Optional<String> unsuitable(String name, TableShape source) {
    OptionalInt index = source.indexOf(name);
    if (index.isEmpty()) {
      return Optional.of(
          "the source has no column '%s'; it has %s"
              .formatted(name, String.join(", ", source.names())));
    }
    ColumnType type = source.columns().get(index.getAsInt()).type();
    // the server knows the scale of a bare numeric, and the driver does not
    return WatermarkValue.Kind.of(type).filter(kind -> kind != WatermarkValue.Kind.TEXT).isPresent()
            && type != Plain.NUMERIC
        ? Optional.empty()
        : Optional.of(
            "column '%s' is %s, and only whole numbers, numeric(p,s), dates and timestamps can be split into ranges"
                .formatted(name, type.sql()));
  }

  /// A key that stands in for NULL may be that of a row in another range.
  private static Optional<String> filled(String column, SyncJob job) {
    return job.columns().rules().stream()
        .filter(rule -> rule.sourceName().equals(column) && rule.defaultValue().isPresent())
        .findFirst()
        .map(rule -> "column '%s' of the key has a default".formatted(rule.name()));
  }

  /// Of rows that may be as large as the heap, not two may be on their way.
  private static Optional<String> tooWide(TableShape source) {
    return source.columns().stream()
        .filter(column ->
            column.type() instanceof Plain plain
                && switch (plain) {
                  case TEXT, BYTEA, JSON, JSONB -> true;
                  default -> false;
                })
        .findFirst()
        .map(column ->
            "a value of column '%s' (%s) may be so large that only one at a time fits the heap"
                .formatted(column.name(), column.type().sql()));
  }

  /// Ranges are read one after the other: a watermark may follow none of them further than what was
  /// there before the first, and the highest text at the source is not Java's.
  private static Optional<String> withoutCeiling(SyncJob job, TableShape source) {
    return job.extraction()
        .watermark()
        .map(rule -> rule.columns().getFirst())
        .filter(name ->
            source.indexOf(name).isPresent()
                && WatermarkValue.Kind.of(
                        source.columns().get(source.indexOf(name).getAsInt()).type())
                    .equals(Optional.of(WatermarkValue.Kind.TEXT)))
        .map("its watermark '%s' is a text"::formatted);
  }
}
