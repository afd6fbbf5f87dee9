package io.qupersync.domain.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qupersync.domain.table.TableRef;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The values a job is made of refuse to be wrong.
class JobValuesTest {

  private static final TableRef TABLE = TableRef.of("analytics", "orders");

  @ParameterizedTest
  @ValueSource(strings = {"orders", "table_stats_sync", "a", "7days", "Orders-2.0"})
  void a_job_has_a_name_that_can_be_typed(String name) {
    assertThat(new JobId(name)).hasToString(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "-orders", ".orders", "_orders", "my orders", "ordnung§"})
  void a_job_has_no_other_name(String name) {
    assertThatThrownBy(() -> new JobId(name)).hasMessageContaining("a job's name is");
  }

  @Test
  void a_job_name_has_at_most_100_characters() {
    assertThat(new JobId("a".repeat(100)).value()).hasSize(100);
    assertThatThrownBy(() -> new JobId("a".repeat(101)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_target_needs_a_key() {
    assertThatThrownBy(() -> destination(List.of(), List.of()))
        .hasMessageContaining("a target needs a key");
  }

  @Test
  void a_watermark_needs_a_column() {
    assertThatThrownBy(() -> watermark()).hasMessage("a watermark needs a column");
  }

  @Test
  void a_job_that_reads_from_its_watermark_on_needs_one() {
    assertThatThrownBy(() -> job(SyncMode.INCREMENTAL, Optional.empty(), List.of()))
        .hasMessageContaining("mode incremental needs a watermark");
  }

  @Test
  void a_mirror_reads_everything_and_so_has_no_watermark() {
    assertThatThrownBy(() -> job(SyncMode.MIRROR, Optional.of(watermark("at")), List.of()))
        .hasMessageContaining("remove the watermark");
  }

  @Test
  void a_key_is_never_updated() {
    assertThatThrownBy(() -> job(SyncMode.UPSERT, Optional.empty(), List.of("amount", "id")))
        .hasMessageContaining("'id'");
  }

  @Test
  void a_lookback_does_not_look_ahead() {
    assertThatThrownBy(() -> new Lookback.OfTime(Duration.ofNanos(-1)))
        .hasMessageContaining("lookback must not be negative");
    assertThatThrownBy(() -> new Lookback.OfCount(-1))
        .hasMessageContaining("lookback must not be negative");
  }

  @Test
  void an_interval_is_a_second_at_least() {
    assertThatThrownBy(() -> new Schedule.Every(Duration.ZERO))
        .hasMessage("an interval must be a second at least, was 0 ms");
    assertThatThrownBy(() -> new Schedule.Every(Duration.ofMillis(999)))
        .hasMessage("an interval must be a second at least, was 999 ms");
    assertThat(new Schedule.Every(Duration.ofSeconds(1)).interval())
        .isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void the_defaults_of_a_run_are_within_their_own_limits() {
    assertThat(RunLimits.defaults().batchSize()).isEqualTo(1000);
    assertThat(RunLimits.defaults().maxTransactionRows()).isEqualTo(20_000);
    assertThat(RunLimits.defaults().retry()).isEqualTo(RetryPolicy.defaults());
  }

  @Test
  void a_run_has_sensible_limits() {
    assertThatThrownBy(() -> limits(0, 10, 0, Duration.ofHours(1)))
        .hasMessage("batch_size must be 1 to 1000000, was 0");
    assertThatThrownBy(() -> limits(1_000_001, 2_000_000, 0, Duration.ofHours(1)))
        .hasMessage("batch_size must be 1 to 1000000, was 1000001");
    assertThatThrownBy(() -> limits(10, 9, 0, Duration.ofHours(1)))
        .hasMessage("max_transaction_rows must be at least batch_size (10), was 9");
    assertThatThrownBy(() -> limits(10, 10, -1, Duration.ofHours(1)))
        .hasMessage("max_rejected must not be negative, was -1");
    assertThatThrownBy(() -> limits(10, 10, 0, Duration.ZERO))
        .hasMessage("timeout must be positive, was PT0S");
  }

  @Test
  void two_jobs_of_one_name_are_refused() {
    JobVariants job = JobVariants.same(job(SyncMode.UPSERT, Optional.empty(), List.of()));

    assertThatThrownBy(() -> new JobRegistry(List.of(job, job)))
        .hasMessage("job 'orders' is defined twice");
  }

  @Test
  void a_job_of_two_flavors_has_one_name() {
    SyncJob orders = job(SyncMode.UPSERT, Optional.empty(), List.of());
    SyncJob mirror = job(SyncMode.MIRROR, Optional.empty(), List.of());
    var job = new JobVariants(orders, mirror);

    assertThat(job.dependsOnFlavor()).isTrue();
    assertThat(job.on(Flavor.PROVISIONED)).isEqualTo(orders);
    assertThat(job.on(Flavor.SERVERLESS)).isEqualTo(mirror);
    assertThat(JobVariants.same(orders).dependsOnFlavor()).isFalse();
  }

  private static SyncJob job(
      SyncMode mode, Optional<WatermarkRule> watermark, List<String> updateColumns) {
    return new SyncJob(
        new JobId("orders"),
        mode,
        new Extraction(new JobSource.Table(TABLE), watermark),
        new ColumnRules(List.of(), Set.of()),
        destination(List.of("id"), updateColumns),
        new Schedule.Manual(),
        RunLimits.defaults());
  }

  private static Destination destination(List<String> key, List<String> updateColumns) {
    return new Destination(
        TABLE, key, new ConflictPolicy.SourceWins(), updateColumns, MetadataColumns.none());
  }

  private static WatermarkRule watermark(String... columns) {
    return new WatermarkRule(
        List.of(columns),
        new Lookback.None(),
        new FirstRead.Everything(),
        NullWatermarks.EVERY_RUN,
        true);
  }

  private static RunLimits limits(int batch, int transaction, long rejected, Duration timeout) {
    return new RunLimits(batch, transaction, rejected, timeout, RetryPolicy.defaults());
  }
}
