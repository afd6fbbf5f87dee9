package io.qupersync.application.sync;

import static io.qupersync.application.testkit.Columns.at;
import static io.qupersync.application.testkit.Columns.columns;
import static io.qupersync.application.testkit.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.application.sync.RunRequest.Scope;
import io.qupersync.application.testkit.FaultPlan;
import io.qupersync.application.testkit.InlineBatchPipeline;
import io.qupersync.application.testkit.SyncWorld;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.run.RunOutcome;
import io.qupersync.domain.table.TableRef;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Rows that are not final when they are first read, and change when no window reaches them.
class OpenRowsStoryTest {

  private static final TableRef SOURCE = TableRef.of("public", "orders");
  private static final SyncJob JOB =
      aJob()
          .incremental()
          .watermarkedOn("started_at")
          .keyedOn("id")
          .reopening("status", "queued", "running")
          .batchesOf(50)
          .build();

  private final SyncWorld world = new SyncWorld(new InlineBatchPipeline());

  @BeforeEach
  void begin() {
    world
        .warehouse()
        .create(SOURCE, columns("id", "bigint", "status", "text", "started_at", "timestamp"));
    statement(1, "running", "06:00:00");
    statement(2, "success", "06:10:00");
    statement(3, "success", "07:00:00");
    run();
  }

  @Test
  void a_row_that_ended_after_every_window_had_passed_it_is_asked_for_by_its_key() {
    end(1, "06:00:00");

    RunOutcome outcome = run();

    assertThat(target()).containsExactlyInAnyOrder("1 success", "2 success", "3 success");
    assertThat(((RunOutcome.Completed) outcome).tally().updated()).isEqualTo(1);
    assertThat(watermark()).contains(Watermark.of(new WatermarkValue.Timestamp(at("07:00:00"))));
  }

  @Test
  void a_row_that_is_still_open_is_asked_for_again_however_old() {
    for (int day = 0; day < 10; day++) {
      world.clock().tick(Duration.ofDays(1));
      run();
    }
    end(1, "06:00:00");
    run();

    assertThat(target()).contains("1 success");
  }

  @Test
  void a_row_that_the_source_has_not_had_for_a_day_is_not_asked_for_any_more() {
    world.warehouse().delete(SOURCE, 1L);
    run();
    assertThat(world.database().progress().load(JOB.id()).missing()).hasSize(1);
    world.clock().tick(Duration.ofHours(25));
    run();

    statement(1, "success", "06:00:00");
    run();

    assertThat(target()).contains("1 running");
    assertThat(world.database().progress().load(JOB.id()).missing()).hasSize(1);
  }

  @Test
  void a_row_that_comes_back_within_the_day_is_read() {
    world.warehouse().delete(SOURCE, 1L);
    run();
    world.clock().tick(Duration.ofHours(23));
    statement(1, "success", "06:00:00");
    run();

    assertThat(target()).contains("1 success");
    assertThat(world.database().progress().load(JOB.id()).missing()).isEmpty();
  }

  @Test
  void many_open_rows_are_asked_for_in_parts() {
    for (int id = 100; id < 600; id++) {
      statement(id, "queued", "06:30:00");
    }
    world.run(JOB, new Scope.Full());
    for (int id = 100; id < 600; id++) {
      end(id, "06:30:00");
    }

    run();

    assertThat(target()).hasSize(503).doesNotContain("100 queued", "599 queued");
  }

  @Test
  void a_row_that_was_read_by_its_key_does_not_carry_the_watermark_past_rows_that_came_meanwhile() {
    world.let(
        new FaultPlan() {
          private boolean opened;

          @Override
          public void after(Call call) {
            // the window has been read as it was
            if (call == Call.OPEN && !opened) {
              opened = true;
              statement(4, "success", "07:30:00");
              end(1, "07:40:00");
            }
          }
        });
    run();
    assertThat(target()).contains("1 success").doesNotContain("4 success");
    assertThat(watermark()).contains(Watermark.of(new WatermarkValue.Timestamp(at("07:00:00"))));

    world.letAllBeWell();
    run();

    assertThat(target()).contains("1 success", "4 success");
    assertThat(watermark()).contains(Watermark.of(new WatermarkValue.Timestamp(at("07:40:00"))));
  }

  @Test
  void rows_that_were_open_for_long_are_not_late() {
    end(1, "06:00:00");
    run();

    assertThat(world.database().progress().load(JOB.id()).lateness()).isEmpty();
  }

  private RunOutcome run() {
    return world.run(JOB);
  }

  private void statement(long id, String status, String startedAt) {
    world.warehouse().insert(SOURCE, id, status, at(startedAt));
  }

  private void end(long id, String startedAt) {
    world.warehouse().update(SOURCE, id, "success", at(startedAt));
  }

  private Optional<Watermark> watermark() {
    return world.database().progress().load(new JobId("orders")).watermark();
  }

  private List<String> target() {
    return world.database().rows(TableRef.of("analytics", "orders")).stream()
        .map(row -> row.get("id").orElse("") + " " + row.get("status").orElse(""))
        .toList();
  }
}
