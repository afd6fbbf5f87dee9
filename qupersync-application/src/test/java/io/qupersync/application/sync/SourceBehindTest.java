package io.qupersync.application.sync;

import static io.qupersync.application.testkit.Columns.at;
import static io.qupersync.application.testkit.Columns.columns;
import static io.qupersync.application.testkit.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.application.port.RunLog;
import io.qupersync.application.testkit.InlineBatchPipeline;
import io.qupersync.application.testkit.SyncWorld;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.run.RunOutcome;
import io.qupersync.domain.table.TableRef;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A source that is not as far as the watermark says.
class SourceBehindTest {

  private static final TableRef SOURCE = TableRef.of("public", "orders");
  private static final TableRef TARGET = TableRef.of("analytics", "orders");
  private static final JobId ORDERS = new JobId("orders");

  private final SyncWorld world = new SyncWorld(new InlineBatchPipeline());

  @BeforeEach
  void begin() {
    world
        .warehouse()
        .create(SOURCE, columns("id", "bigint", "name", "text", "updated_at", "timestamp"));
  }

  @Test
  void a_clock_that_was_set_back_is_remarked_on_and_its_rows_are_read() {
    order(1);
    completed(timed());
    Watermark reached = watermark();
    world.clock().set(world.clock().instant().minus(Duration.ofMinutes(30)));
    order(2);
    world.clock().tick(Duration.ofSeconds(1));

    completed(timed());

    assertThat(remark()).hasValueSatisfying(text -> assertThat(text).contains("clock", "--full"));
    assertThat(world.database().rows(TARGET)).hasSize(2);
    assertThat(watermark()).isEqualTo(reached);
  }

  @Test
  void a_watermark_that_was_set_ahead_by_hand_is_obeyed_and_remarked_on() {
    completed(timed());
    var ahead =
        Watermark.of(new WatermarkValue.Timestamp(LocalDateTime.parse("2099-01-01T00:00:00")));
    new MoveWatermark(
            world.warehouse().source(), world.database().target(), world.database().progress())
        .set(JobVariants.same(timed()), List.of("2099-01-01 00:00:00"));
    order(1);

    completed(timed());
    completed(timed());

    assertThat(remark()).hasValueSatisfying(text -> assertThat(text).contains("clock"));
    assertThat(world.database().rows(TARGET)).isEmpty();
    assertThat(watermark()).isEqualTo(ahead);
  }

  @Test
  void a_clock_that_goes_on_is_not_remarked_on() {
    order(1);
    completed(timed());
    world.clock().tick(Duration.ofSeconds(1));
    order(2);

    completed(timed());

    assertThat(remark()).isEmpty();
  }

  @Test
  void a_number_that_the_source_no_longer_reaches_is_remarked_on() {
    world.warehouse().insert(SOURCE, 1L, "Ada", at("07:00:00"));
    world.warehouse().insert(SOURCE, 2L, "Bob", at("07:00:00"));
    completed(counted());
    completed(counted());
    assertThat(remark()).isEmpty();
    world.warehouse().delete(SOURCE, 2L);

    completed(counted());

    assertThat(remark())
        .hasValueSatisfying(text -> assertThat(text).contains("restored", "--full"));
    assertThat(watermark()).isEqualTo(Watermark.of(new WatermarkValue.Numeric(BigDecimal.TWO)));
  }

  private static SyncJob timed() {
    return aJob()
        .keyedOn("id")
        .incremental()
        .watermarkedOn("updated_at")
        .lookingBack(Duration.ofSeconds(5))
        .build();
  }

  private static SyncJob counted() {
    return aJob().keyedOn("id").incremental().watermarkedOn("id").lookingBack(10).build();
  }

  private void order(long id) {
    world
        .warehouse()
        .insert(
            SOURCE, id, "Ada", LocalDateTime.ofInstant(world.clock().instant(), ZoneOffset.UTC));
  }

  private void completed(SyncJob job) {
    assertThat(world.run(job)).isInstanceOf(RunOutcome.Completed.class);
  }

  private Watermark watermark() {
    return world.database().progress().load(ORDERS).watermark().orElseThrow();
  }

  private Optional<String> remark() {
    return world
        .database()
        .runs()
        .list(new RunLog.Filter(Optional.of(ORDERS), Optional.empty(), Optional.empty(), 1))
        .getFirst()
        .remark();
  }
}
