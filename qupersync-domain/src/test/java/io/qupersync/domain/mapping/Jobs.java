package io.qupersync.domain.mapping;

import io.qupersync.domain.job.ColumnRule;
import io.qupersync.domain.job.ColumnRules;
import io.qupersync.domain.job.ConflictPolicy;
import io.qupersync.domain.job.Destination;
import io.qupersync.domain.job.Extraction;
import io.qupersync.domain.job.FirstRead;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.JobSource;
import io.qupersync.domain.job.Lookback;
import io.qupersync.domain.job.MetadataColumns;
import io.qupersync.domain.job.Normalization;
import io.qupersync.domain.job.NullWatermarks;
import io.qupersync.domain.job.Parallel;
import io.qupersync.domain.job.RunLimits;
import io.qupersync.domain.job.Schedule;
import io.qupersync.domain.job.SchemaPolicy;
import io.qupersync.domain.job.SqlTemplate;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.job.SyncMode;
import io.qupersync.domain.job.WatermarkRule;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.row.RowBatch;
import io.qupersync.domain.row.ShapedBatch;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.ColumnType;
import io.qupersync.domain.table.TableRef;
import io.qupersync.domain.table.TableShape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Jobs, shapes and rows in few words, for the tests of their mapping.
final class Jobs {

  private List<String> key = List.of("id");
  private final List<ColumnRule> rules = new ArrayList<>();
  private final Set<String> excluded = new HashSet<>();
  private ConflictPolicy conflict = new ConflictPolicy.SourceWins();
  private List<String> updateColumns = List.of();
  private MetadataColumns metadataColumns = MetadataColumns.none();
  private SchemaPolicy schema = SchemaPolicy.EVOLVE;
  private Optional<WatermarkRule> watermark = Optional.empty();

  private Parallel parallel = Parallel.none();
  private Optional<String> query = Optional.empty();

  private Jobs() {}

  static Jobs aJob() {
    return new Jobs();
  }

  static TableShape shape(String... namesAndTypes) {
    var columns = new ArrayList<Column>();
    for (int i = 0; i < namesAndTypes.length; i += 2) {
      columns.add(new Column(namesAndTypes[i], ColumnType.parse(namesAndTypes[i + 1]), true));
    }
    return new TableShape(columns);
  }

  static Row row(Object... cells) {
    return new Row(cells);
  }

  static ShapedBatch shape(TableMapping mapping, Row... rows) {
    return mapping.shape(List.of(RowBatch.of(List.of(rows), 100)));
  }

  Jobs keyedOn(String... columns) {
    key = List.of(columns);
    return this;
  }

  Jobs excluding(String column) {
    excluded.add(column);
    return this;
  }

  Jobs onConflict(ConflictPolicy policy) {
    conflict = policy;
    return this;
  }

  Jobs updatingOnly(String... columns) {
    updateColumns = List.of(columns);
    return this;
  }

  Jobs stamping(String source, String time) {
    metadataColumns = new MetadataColumns(Optional.ofNullable(source), Optional.ofNullable(time));
    return this;
  }

  Jobs treatingDrift(SchemaPolicy policy) {
    schema = policy;
    return this;
  }

  Jobs watermarkedOn(String... columns) {
    return watermarked(true, columns);
  }

  Jobs watermarkedWithoutOrderOn(String... columns) {
    return watermarked(false, columns);
  }

  private Jobs watermarked(boolean ordered, String... columns) {
    watermark =
        Optional.of(
            new WatermarkRule(
                List.of(columns),
                new Lookback.None(),
                new FirstRead.Everything(),
                NullWatermarks.EVERY_RUN,
                ordered));
    return this;
  }

  Jobs renaming(String from, String to) {
    return rule(to, from, null, false, null);
  }

  Jobs typing(String column, String type) {
    return rule(column, null, type, false, null);
  }

  Jobs requiring(String column) {
    return rule(column, null, null, true, null);
  }

  Jobs defaulting(String column, String value) {
    return rule(column, null, null, false, value);
  }

  Jobs normalizing(String column, Normalization... steps) {
    return rule(column, null, null, false, null, steps);
  }

  Jobs rule(
      String name,
      String from,
      String type,
      boolean required,
      String value,
      Normalization... normalize) {
    rules.add(
        new ColumnRule(
            name,
            Optional.ofNullable(from),
            Optional.ofNullable(type).map(ColumnType::parse),
            required,
            Optional.ofNullable(value),
            List.of(normalize)));
    return this;
  }

  Jobs readBy(int readers) {
    parallel = new Parallel(readers, parallel.splitBy());
    return this;
  }

  Jobs splitBy(String column) {
    parallel = new Parallel(parallel.readers(), Optional.of(column));
    return this;
  }

  Jobs asking(String sql) {
    query = Optional.of(sql);
    return this;
  }

  SyncJob build() {
    JobSource source =
        query
            .<JobSource>map(sql -> new JobSource.Query(new SqlTemplate(sql)))
            .orElseGet(() -> new JobSource.Table(TableRef.of("public", "orders")));
    return new SyncJob(
        new JobId("orders"),
        watermark.isPresent() ? SyncMode.INCREMENTAL : SyncMode.UPSERT,
        new Extraction(source, watermark, parallel),
        new ColumnRules(rules, excluded),
        new Destination(
            TableRef.of("analytics", "orders"),
            key,
            conflict,
            updateColumns,
            metadataColumns,
            schema),
        new Schedule.Manual(),
        RunLimits.defaults());
  }

  TableMapping from(TableShape source) {
    return MappingResolver.resolve(build(), source, Optional.empty(), "here");
  }

  TableMapping between(TableShape source, TableShape target) {
    return MappingResolver.resolve(build(), source, Optional.of(target), "here");
  }
}
