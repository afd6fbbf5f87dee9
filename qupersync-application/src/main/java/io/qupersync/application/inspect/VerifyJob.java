package io.qupersync.application.inspect;

import io.qupersync.application.inspect.RowDiff.Findings;
import io.qupersync.application.port.DeadLetterBox;
import io.qupersync.application.port.ProgressStore;
import io.qupersync.application.port.RowSource;
import io.qupersync.application.port.RowTarget;
import io.qupersync.application.port.Rows;
import io.qupersync.application.port.TargetReader;
import io.qupersync.application.sync.DeadLetterRow;
import io.qupersync.application.sync.MappingPreparation;
import io.qupersync.application.sync.Progress;
import io.qupersync.domain.job.ConflictPolicy;
import io.qupersync.domain.job.Destination;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.job.SyncMode;
import io.qupersync.domain.mapping.RowPrecedence;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.row.DeadLetter;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.row.RowBatch;
import io.qupersync.domain.row.ShapedBatch;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Compares a job's source with its target: counts and checksums of key ranges first, then the rows
/// of the ranges that differ. Both sides are streamed; what is held does not grow with them. A row
/// that changed between the first and the second look is not taken for a difference.
public final class VerifyJob {

  private static final int LETTERS_AT_A_TIME = 500;

  private final RowSource source;
  private final TargetReader target;
  private final DeadLetterBox letters;
  private final Progress progress;
  private final MappingPreparation mappingPreparation;

  public VerifyJob(
      RowSource source,
      RowTarget target,
      TargetReader reader,
      DeadLetterBox letters,
      ProgressStore store) {
    this.source = source;
    this.target = reader;
    this.letters = letters;
    this.progress = new Progress(store, source);
    this.mappingPreparation = new MappingPreparation(source, target);
  }

  /// @throws io.qupersync.application.port.SyncFailure when a database cannot be read, or the job
  ///   does not fit
  public VerifyReport verify(JobVariants job) {
    return examine(job).report();
  }

  /// A report, and what a repair needs beside it.
  ///
  /// @param due what the job should have copied
  /// @param broken the key ranges that hold rows the target lacks or has otherwise
  record Examined(VerifyReport report, TableMapping mapping, Window due, BitSet broken) {}

  Examined examine(JobVariants job) {
    TableMapping mapping = mappingPreparation.of(job);
    Window due = progress.copied(mapping);
    var digest = new RowDigest(mapping);
    var sourceSums = new RangeChecksums();
    var targetSums = new RangeChecksums();
    long rejected =
        eachSourceRow(mapping, due, row -> sourceSums.add(digest.key(row), digest.row(row)));
    var slice = new CopiedWindow(mapping, due);
    eachTargetRow(mapping, slice, row -> targetSums.add(digest.key(row), digest.row(row)));
    var look = new RowDiff(mapping, digest, sourceSums, targetSums);
    if (look.isNeeded()) {
      eachSourceRow(mapping, due, look::source);
      eachTargetRow(mapping, slice, look::target);
      look.alike(key -> target.find(mapping, key));
      if (look.lacksRows()) {
        eachSourceRow(mapping, due, look::sourceAgain);
      }
      look.judgeAlike();
    }
    if (look.findsFault()) {
      eachRefusedRow(mapping, look::refused);
    }
    Findings found = look.findings();
    return new Examined(
        report(mapping, sourceSums, targetSums, rejected, found), mapping, due, found.broken());
  }

  private static VerifyReport report(
      TableMapping mapping,
      RangeChecksums source,
      RangeChecksums target,
      long rejected,
      Findings found) {
    SyncJob job = mapping.job();
    boolean extrasCount = job.mode() == SyncMode.MIRROR;
    boolean same =
        found.missing() == 0
            && (found.differing() == 0 || keepsTargetRows(job))
            && (!extrasCount || found.extra() == 0);
    return new VerifyReport(
        job.id(),
        source.total() - found.repeated(),
        target.total(),
        found.missing(),
        found.differing(),
        found.extra(),
        rejected + found.refused(),
        found.complete(),
        found.examples(),
        same,
        found.differing() == 0 ? Optional.empty() : whyRowsMayDiffer(job.destination()));
  }

  private static Optional<String> whyRowsMayDiffer(Destination destination) {
    if (!destination.updateColumns().isEmpty()) {
      return Optional.of(
          "update_columns leaves the other columns of a row as they were when it was inserted");
    }
    return switch (destination.conflict()) {
      case ConflictPolicy.Merge _ ->
          Optional.of("conflict 'merge' keeps the target's value where the source has NULL");
      case ConflictPolicy.LatestWins(String column) ->
          Optional.of(
              "conflict 'latest-wins(%s)' keeps a row whose %s is higher in the target"
                  .formatted(column, column));
      case ConflictPolicy.TargetWins _ ->
          Optional.of("conflict 'target-wins' leaves rows alone that are there");
      case ConflictPolicy.SourceWins _ -> Optional.empty();
    };
  }

  /// Whether the job means to leave a row alone that is there already.
  private static boolean keepsTargetRows(SyncJob job) {
    return job.mode() == SyncMode.APPEND
        || job.destination().conflict() instanceof ConflictPolicy.TargetWins;
  }

  /// @return how many rows cannot be written
  private long eachSourceRow(TableMapping mapping, Window due, Consumer<Row> action) {
    long rejected = 0;
    RowPrecedence precedence = mapping.precedence();
    try (Rows rows = source.open(mapping.job(), mapping.source(), due)) {
      Optional<RowBatch> batch = rows.next();
      while (batch.isPresent()) {
        ShapedBatch shaped = mapping.shape(List.of(batch.get()));
        (shaped.repeatsAKey() ? precedence.effective(shaped.rows()) : shaped.rows())
            .forEach(action);
        rejected += shaped.rejected().size();
        batch = rows.next();
      }
    }
    return rejected;
  }

  /// Rows that the mapping takes and only the target refused.
  private void eachRefusedRow(TableMapping mapping, Consumer<Row> action) {
    JobId job = mapping.job().id();
    List<DeadLetter> page = letters.list(job, 0, LETTERS_AT_A_TIME);
    while (!page.isEmpty()) {
      List<Row> rows =
          page.stream()
              .flatMap(letter -> DeadLetterRow.of(letter, mapping.source().columns()).stream())
              .toList();
      mapping.shape(List.of(RowBatch.of(rows, 0))).rows().forEach(action);
      page = letters.list(job, page.getLast().id(), LETTERS_AT_A_TIME);
    }
  }

  private void eachTargetRow(TableMapping mapping, CopiedWindow slice, Consumer<Row> action) {
    try (Rows rows = target.read(mapping)) {
      Optional<RowBatch> batch = rows.next();
      while (batch.isPresent()) {
        batch.get().rows().stream().filter(slice::holds).forEach(action);
        batch = rows.next();
      }
    }
  }
}
