package io.qupersync.application.sync;

import static io.qupersync.application.testkit.Columns.columns;
import static io.qupersync.application.testkit.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.application.sync.RunRequest.Scope;
import io.qupersync.application.testkit.FaultPlan;
import io.qupersync.application.testkit.InlineBatchPipeline;
import io.qupersync.application.testkit.JobFixture;
import io.qupersync.application.testkit.SyncWorld;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.progress.Checkpoint;
import io.qupersync.domain.progress.JobProgress;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.run.RunOutcome;
import io.qupersync.domain.table.TableRef;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Rows that trail the source's clock by days, as after a nightly load, and among them some that
/// are dated ahead of it: those must not carry the watermark past rows that are still to come.
@ParameterizedClass(name = "{0}")
@EnumSource
class AheadOfTheClockTest {

  private static final TableRef SOURCE = TableRef.of("public", "orders");
  private static final TableRef TARGET = TableRef.of("analytics", "orders");
  private static final JobId ORDERS = new JobId("orders");

  /// Days before and after the source's present.
  private static final int TRAILING = -2;

  enum Clockwork {
    TIMESTAMP("timestamp") {
      @Override
      Object at(Instant moment) {
        return LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
      }

      @Override
      Object infinity() {
        return LocalDateTime.MAX;
      }
    },
    TIMESTAMPTZ("timestamptz") {
      @Override
      Object at(Instant moment) {
        return moment;
      }

      @Override
      Object infinity() {
        return Instant.MAX;
      }
    },
    DATE("date") {
      @Override
      Object at(Instant moment) {
        return LocalDate.ofInstant(moment, ZoneOffset.UTC);
      }

      @Override
      Object infinity() {
        return LocalDate.MAX;
      }
    };

    private final String type;

    Clockwork(String type) {
      this.type = type;
    }

    abstract Object at(Instant moment);

    abstract Object infinity();
  }

  @Parameter private Clockwork clockwork;

  private SyncWorld world;
  private long ids;

  @BeforeEach
  void begin() {
    world = new SyncWorld(new InlineBatchPipeline());
    world
        .warehouse()
        .create(SOURCE, columns("id", "bigint", "name", "text", "updated_at", clockwork.type));
  }

  @Test
  void rows_that_come_later_and_are_older_than_now_are_read() {
    for (JobFixture job : jobs()) {
      begin();
      orders(100, TRAILING);
      order(day(3650));
      order(day(1));
      order(clockwork.infinity());
      run(job);
      assertThat(watermark()).as(job.build().toString()).contains(day(TRAILING));

      orders(100, TRAILING + 1);
      run(job);

      assertThat(world.database().rows(TARGET)).as(job.build().toString()).hasSize(203);
      assertThat(watermark()).contains(day(TRAILING + 1));
    }
  }

  @Test
  void where_all_rows_are_dated_ahead_the_watermark_stays() {
    for (JobFixture job : jobs()) {
      begin();
      order(day(1));
      order(clockwork.infinity());
      run(job);
      assertThat(watermark()).isEmpty();

      order(day(TRAILING));
      run(job);
      assertThat(watermark()).contains(day(TRAILING));
      world.warehouse().delete(SOURCE, ids);
      run(job);
      assertThat(watermark()).contains(day(TRAILING));
      assertThat(world.database().rows(TARGET)).hasSize(3);
    }
  }

  @Test
  void a_full_read_does_not_follow_them_either() {
    for (JobFixture job : jobs()) {
      begin();
      orders(3, TRAILING);
      order(day(1));
      run(job);
      orders(3, TRAILING + 1);
      order(day(2));

      assertThat(world.run(job.build(), new Scope.Full())).isInstanceOf(RunOutcome.Completed.class);
      assertThat(watermark()).contains(day(TRAILING + 1));
    }
  }

  @Test
  void a_run_that_dies_behind_them_is_continued_before_them() {
    JobFixture job = aJob().incremental().watermarkedOn("updated_at").batchesOf(2).committing(2);
    orders(4, TRAILING);
    order(day(1));
    order(day(2));
    order(day(3));
    for (int batch = 1; batch <= 4; batch++) {
      world.let(dying(batch));
      world.run(job.build());
      assertThat(progress().checkpoint().map(Checkpoint::at))
          .isEqualTo(batch == 1 ? Optional.empty() : Optional.of(mark(day(TRAILING))));
    }
    world.letAllBeWell();

    orders(2, TRAILING);
    orders(2, TRAILING + 1);
    run(job);

    assertThat(world.database().rows(TARGET)).hasSize(11);
    assertThat(watermark()).contains(day(TRAILING + 1));
  }

  @Test
  void they_are_copied_at_every_run_until_the_clock_has_passed_them() {
    JobFixture job = aJob().incremental().watermarkedOn("updated_at");
    orders(1, TRAILING);
    order(day(1));
    run(job);
    world.warehouse().update(SOURCE, ids, "changed", day(1));
    run(job);

    assertThat(world.database().rows(TARGET))
        .anySatisfy(row -> assertThat(row.get("name")).contains("changed"));
    world.clock().tick(Duration.ofDays(1));
    run(job);
    assertThat(watermark()).contains(day(0));
  }

  /// In every way in which rows are read.
  private static List<JobFixture> jobs() {
    return List.of(
        aJob().incremental().watermarkedOn("updated_at"),
        aJob().incremental().watermarkedOn("updated_at").batchesOf(7).committing(7),
        aJob().incremental().watermarkedOn("updated_at").unordered(),
        aJob().incremental().watermarkedOn("updated_at").requiring("name"),
        aJob().incremental().watermarkedOn("updated_at").readBy(3),
        aJob().incremental().watermarkedOn("updated_at", "id"),
        aJob().incremental().watermarkedOn("updated_at", "id").unordered().batchesOf(7),
        aJob().appending().watermarkedOn("updated_at"),
        aJob().appending().watermarkedOn("updated_at").readBy(2).unordered());
  }

  private void run(JobFixture job) {
    SyncJob built = job.build();
    assertThat(world.run(built)).as(built.toString()).isInstanceOf(RunOutcome.Completed.class);
  }

  private void orders(int count, int days) {
    for (int i = 0; i < count; i++) {
      order(day(days));
    }
  }

  private void order(Object at) {
    world.warehouse().insert(SOURCE, ++ids, "order " + ids, at);
  }

  private Object day(int days) {
    return clockwork.at(world.clock().instant().plus(Duration.ofDays(days)));
  }

  private static Watermark mark(Object cell) {
    return Watermark.of(WatermarkValue.of(cell).orElseThrow());
  }

  private Optional<Object> watermark() {
    return progress().watermark().map(Watermark::first).map(WatermarkValue::cell);
  }

  private JobProgress progress() {
    return world.database().progress().load(ORDERS);
  }

  /// The process dies at its n-th commit, before that has any effect.
  private static FaultPlan dying(int nth) {
    return new FaultPlan() {
      private int commits;

      @Override
      public void before(Call call) {
        if (call == Call.COMMIT && ++commits == nth) {
          throw new IllegalStateException("died");
        }
      }
    };
  }
}
