package io.qupersync.application.inspect;

import io.qupersync.application.port.DeadLetterBox;
import io.qupersync.application.port.PermanentFailure;
import io.qupersync.application.port.RunLog;
import io.qupersync.application.port.SourceLookup;
import io.qupersync.application.port.TargetReader;
import io.qupersync.application.sync.MappingPreparation;
import io.qupersync.application.sync.Progress;
import io.qupersync.application.sync.SyncPorts;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.domain.mapping.ColumnMapping;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.progress.JobProgress;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.row.DeadLetter;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.row.RowBatch;
import io.qupersync.domain.row.ShapedBatch;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.run.SyncRun;
import io.qupersync.domain.table.CellParser;
import io.qupersync.domain.table.CellText;
import io.qupersync.domain.table.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Answers why the row with a key is not in the target, or not as it is at the source.
public final class ExplainRow {

  private static final int PAGE = 1000;

  private final SyncPorts ports;
  private final SourceLookup lookup;
  private final TargetReader reader;
  private final DeadLetterBox letters;
  private final MappingPreparation mappingPreparation;
  private final Progress progress;

  public ExplainRow(
      SyncPorts ports, SourceLookup lookup, TargetReader reader, DeadLetterBox letters) {
    this.ports = ports;
    this.lookup = lookup;
    this.reader = reader;
    this.letters = letters;
    this.mappingPreparation = new MappingPreparation(ports.source(), ports.target());
    this.progress = new Progress(ports.progress(), ports.source());
  }

  /// @param key the key's values in their text form, in the order of the job's key, without the
  ///   source stamp
  /// @throws io.qupersync.application.port.SyncFailure when a database cannot be asked, or the key
  ///   does not read
  public Explanation explain(JobVariants job, List<String> key) {
    TableMapping mapping = mappingPreparation.of(job);
    Map<Column, String> wanted = keyColumns(mapping, key);
    List<Row> found = lookup.find(mapping.job(), mapping.source(), cells(wanted));
    ShapedBatch shaped = mapping.shape(List.of(RowBatch.of(found, 0)));
    Optional<Row> wantedRow = mapping.precedence().effective(shaped.rows()).stream().findFirst();
    Optional<Row> written = wantedRow.flatMap(row -> reader.find(mapping, mapping.keyOf(row)));
    List<String> differing =
        written.map(row -> differing(mapping, wantedRow.orElseThrow(), row)).orElse(List.of());
    List<DeadLetter> matching = letters(mapping, wanted);
    JobProgress known = ports.progress().load(job.id());
    Optional<Watermark> reached = known.watermark();
    Optional<SyncRun> lastRun = lastRun(job);
    var explainFindings =
        new ExplainFindings(
            mapping.job(),
            found.size(),
            shaped,
            written.isPresent(),
            differing,
            written.flatMap(row -> markOf(mapping, row)),
            matching,
            progress.initial(mapping, known),
            reached,
            lastRun);
    return new Explanation(
        job.id(),
        String.join(", ", key),
        found.size(),
        written.isPresent(),
        differing,
        shaped.highest().map(Watermark::toString),
        reached.map(Watermark::toString),
        matching,
        lastRun,
        explainFindings.verdict());
  }

  private static Optional<WatermarkValue> markOf(TableMapping mapping, Row target) {
    OptionalInt column = mapping.markColumn();
    return column.isPresent()
        ? Optional.ofNullable(target.cell(column.getAsInt())).flatMap(WatermarkValue::of)
        : Optional.empty();
  }

  /// The source columns behind the key, and the values asked for.
  private static Map<Column, String> keyColumns(TableMapping mapping, List<String> key) {
    var columns = new ArrayList<Column>();
    for (String name : mapping.job().destination().key()) {
      mapping.columns().stream()
          .filter(column -> column.target().name().equals(name))
          .map(ColumnMapping::source)
          .flatMap(Optional::stream)
          .forEach(columns::add);
    }
    if (columns.size() != key.size()) {
      throw new PermanentFailure(
          FailureKind.DEFINITION,
          "the key of job '%s' is %s: give %d values, separated by commas"
              .formatted(
                  mapping.job().id(),
                  String.join(", ", columns.stream().map(Column::name).toList()),
                  columns.size()));
    }
    var wanted = new LinkedHashMap<Column, String>();
    for (int i = 0; i < key.size(); i++) {
      wanted.put(columns.get(i), key.get(i));
    }
    return wanted;
  }

  private static Map<String, Object> cells(Map<Column, String> wanted) {
    var cells = new LinkedHashMap<String, Object>();
    wanted.forEach((column, text) -> {
      try {
        cells.put(column.name(), CellParser.read(text, column.type()));
      } catch (IllegalArgumentException unreadable) {
        throw new PermanentFailure(
            FailureKind.DEFINITION,
            "--key: column '%s': %s".formatted(column.name(), unreadable.getMessage()),
            unreadable);
      }
    });
    return cells;
  }

  private static List<String> differing(TableMapping mapping, Row source, Row target) {
    var digest = new RowDigest(mapping);
    int[] ours = digest.columns(source);
    int[] theirs = digest.columns(target);
    var names = new ArrayList<String>();
    for (int i = 0; i < ours.length; i++) {
      if (ours[i] != theirs[i]) {
        names.add(mapping.columns().get(i).target().name());
      }
    }
    return names;
  }

  private List<DeadLetter> letters(TableMapping mapping, Map<Column, String> wanted) {
    var matching = new ArrayList<DeadLetter>();
    List<DeadLetter> page = letters.list(mapping.job().id(), 0, PAGE);
    while (!page.isEmpty()) {
      page.stream().filter(letter -> isOf(letter, wanted)).forEach(matching::add);
      page = letters.list(mapping.job().id(), page.getLast().id(), PAGE);
    }
    return matching;
  }

  private static boolean isOf(DeadLetter letter, Map<Column, String> wanted) {
    return wanted.entrySet().stream()
        .allMatch(entry -> {
          Column column = entry.getKey();
          String text = CellText.of(CellParser.read(entry.getValue(), column.type()));
          return letter
              .values()
              .getOrDefault(column.name(), Optional.empty())
              .equals(Optional.of(text));
        });
  }

  private Optional<SyncRun> lastRun(JobVariants job) {
    return ports
        .runs()
        .list(new RunLog.Filter(Optional.of(job.id()), Optional.empty(), Optional.empty(), 1))
        .stream()
        .findFirst();
  }
}
