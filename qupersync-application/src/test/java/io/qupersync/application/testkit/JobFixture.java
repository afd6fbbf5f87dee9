package io.qupersync.application.testkit;

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
import io.qupersync.domain.job.NullWatermarks;
import io.qupersync.domain.job.OpenRows;
import io.qupersync.domain.job.Parallel;
import io.qupersync.domain.job.RetryPolicy;
import io.qupersync.domain.job.RunLimits;
import io.qupersync.domain.job.Schedule;
import io.qupersync.domain.job.SqlTemplate;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.job.SyncMode;
import io.qupersync.domain.job.WatermarkRule;
import io.qupersync.domain.table.ColumnType;
import io.qupersync.domain.table.TableRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Builds a job in a sentence:
/// `aJob().incremental().watermarkedOn("updated_at").keyedOn("id").build()`. What is not said is as
/// plain as it can be: mode upsert, or incremental with a watermark, from `public.orders` to
/// `analytics.orders`, key `id`.
public final class JobFixture {

  private String name = "orders";
  private Optional<SyncMode> mode = Optional.empty();
  private JobSource from = new JobSource.Table(TableRef.of("public", "orders"));
  private TableRef to = TableRef.of("analytics", "orders");
  private List<String> key = List.of("id");
  private List<String> watermark = List.of();
  private Lookback lookback = new Lookback.None();
  private Optional<OpenRows> open = Optional.empty();
  private FirstRead first = new FirstRead.Everything();
  private NullWatermarks nulls = NullWatermarks.EVERY_RUN;
  private boolean ordered = true;
  private Optional<Duration> retention = Optional.empty();
  private Duration holdBackMax = WatermarkRule.USUAL_HOLD_BACK_MAX;
  private ConflictPolicy conflict = new ConflictPolicy.SourceWins();
  private List<String> updateColumns = List.of();
  private MetadataColumns metadataColumns = MetadataColumns.none();
  private final List<ColumnRule> rules = new ArrayList<>();
  private Parallel parallel = Parallel.none();
  private Schedule schedule = new Schedule.Manual();
  private int batchSize = 1000;
  private int maxTransactionRows = 20_000;
  private long maxRejected = 100;
  private Duration timeout = Duration.ofHours(1);
  private RetryPolicy retry = RetryPolicy.defaults();

  private JobFixture() {}

  public static JobFixture aJob() {
    return new JobFixture();
  }

  public JobFixture named(String jobName) {
    name = jobName;
    return this;
  }

  public JobFixture incremental() {
    mode = Optional.of(SyncMode.INCREMENTAL);
    return this;
  }

  public JobFixture upserting() {
    mode = Optional.of(SyncMode.UPSERT);
    return this;
  }

  public JobFixture mirroring() {
    mode = Optional.of(SyncMode.MIRROR);
    return this;
  }

  public JobFixture appending() {
    mode = Optional.of(SyncMode.APPEND);
    return this;
  }

  public JobFixture from(TableRef table) {
    from = new JobSource.Table(table);
    return this;
  }

  public JobFixture reading(String query) {
    from = new JobSource.Query(new SqlTemplate(query));
    return this;
  }

  public JobFixture readingNodes() {
    from = new JobSource.Nodes();
    return this;
  }

  public JobFixture into(TableRef table) {
    to = table;
    return this;
  }

  public JobFixture keyedOn(String... columns) {
    key = List.of(columns);
    return this;
  }

  public JobFixture watermarkedOn(String... columns) {
    watermark = List.of(columns);
    return this;
  }

  public JobFixture lookingBack(Duration reach) {
    lookback = new Lookback.OfTime(reach);
    return this;
  }

  /// The job says nothing; what holds for all jobs is this.
  public JobFixture lookingBackAsUsual(Duration usual) {
    lookback = new Lookback.Unsaid(usual);
    return this;
  }

  public JobFixture lookingBack(long count) {
    lookback = new Lookback.OfCount(count);
    return this;
  }

  public JobFixture firstReading(FirstRead firstRead) {
    first = firstRead;
    return this;
  }

  public JobFixture skippingNullMarks() {
    nulls = NullWatermarks.SKIP;
    return this;
  }

  /// The source keeps rows for so long.
  public JobFixture retaining(Duration kept) {
    retention = Optional.of(kept);
    return this;
  }

  public JobFixture heldBackAtMost(Duration most) {
    holdBackMax = most;
    return this;
  }

  /// Rows with these values in a column of the target are not final.
  public JobFixture reopening(String column, String... values) {
    open = Optional.of(new OpenRows(column, List.of(values)));
    return this;
  }

  public JobFixture unordered() {
    ordered = false;
    return this;
  }

  public JobFixture onConflict(ConflictPolicy policy) {
    conflict = policy;
    return this;
  }

  public JobFixture updatingOnly(String... columns) {
    updateColumns = List.of(columns);
    return this;
  }

  public JobFixture stampingSource(String column) {
    metadataColumns = new MetadataColumns(Optional.of(column), metadataColumns.time());
    return this;
  }

  public JobFixture stampingTime(String column) {
    metadataColumns = new MetadataColumns(metadataColumns.source(), Optional.of(column));
    return this;
  }

  public JobFixture requiring(String column) {
    return ruling(
        new ColumnRule(
            column, Optional.empty(), Optional.empty(), true, Optional.empty(), List.of()));
  }

  public JobFixture typing(String column, String type) {
    return ruling(
        new ColumnRule(
            column,
            Optional.empty(),
            Optional.of(ColumnType.parse(type)),
            false,
            Optional.empty(),
            List.of()));
  }

  public JobFixture ruling(ColumnRule rule) {
    rules.add(rule);
    return this;
  }

  /// By so many sessions at a time.
  public JobFixture readBy(int readers) {
    parallel = new Parallel(readers, parallel.splitBy());
    return this;
  }

  public JobFixture splitBy(String column) {
    parallel = new Parallel(parallel.readers(), Optional.of(column));
    return this;
  }

  public JobFixture batchesOf(int rows) {
    batchSize = rows;
    return this;
  }

  public JobFixture committing(int rowsAtMost) {
    maxTransactionRows = rowsAtMost;
    return this;
  }

  public JobFixture rejectingAtMost(long rows) {
    maxRejected = rows;
    return this;
  }

  public JobFixture timingOutAfter(Duration duration) {
    timeout = duration;
    return this;
  }

  public JobFixture on(Schedule timing) {
    schedule = timing;
    return this;
  }

  public JobFixture retrying(RetryPolicy policy) {
    retry = policy;
    return this;
  }

  public SyncJob build() {
    Optional<WatermarkRule> rule =
        watermark.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new WatermarkRule(
                    watermark, lookback, first, nulls, ordered, retention, holdBackMax, open));
    return new SyncJob(
        new JobId(name),
        mode.orElse(rule.isPresent() ? SyncMode.INCREMENTAL : SyncMode.UPSERT),
        new Extraction(from, rule, parallel),
        new ColumnRules(rules, Set.of()),
        new Destination(to, key, conflict, updateColumns, metadataColumns),
        schedule,
        new RunLimits(batchSize, maxTransactionRows, maxRejected, timeout, retry));
  }
}
