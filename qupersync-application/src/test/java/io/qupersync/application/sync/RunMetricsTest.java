package io.qupersync.application.sync;

import static io.qupersync.application.testkit.Columns.at;
import static io.qupersync.application.testkit.Columns.columns;
import static io.qupersync.application.testkit.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.application.port.SyncMetrics;
import io.qupersync.application.port.TransientFailure;
import io.qupersync.application.testkit.CountingMetrics;
import io.qupersync.application.testkit.FaultPlan;
import io.qupersync.application.testkit.JobFixture;
import io.qupersync.application.testkit.SyncWorld;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.RetryPolicy;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.RunOutcome;
import io.qupersync.domain.run.RunStatus;
import io.qupersync.domain.run.RunTally;
import io.qupersync.domain.table.TableRef;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunMetricsTest {

  private static final TableRef SOURCE = TableRef.of("public", "orders");
  private static final JobId ORDERS = new JobId("orders");

  private final QueuedBatchPipeline handover = new QueuedBatchPipeline(1_000_000);
  private final SyncWorld world = new SyncWorld(handover);
  private final CountingMetrics metrics = new CountingMetrics();

  @BeforeEach
  void begin() {
    world
        .warehouse()
        .create(SOURCE, columns("id", "bigint", "name", "text", "updated_at", "timestamp"));
    for (long id = 1; id <= 5; id++) {
      world.warehouse().insert(SOURCE, id, "name", at("07:00:0" + id));
    }
    world.observe(new RunMetrics(metrics, world.clock()));
  }

  @Test
  void counts_the_rows_of_every_batch_once() {
    world.run(job().batchesOf(2).committing(2).build());

    assertThat(metrics.rows(ORDERS)).isEqualTo(new RunTally(5, 5, 0, 0, 0, 0, 0));
    assertThat(metrics.events()).containsExactly("orders started", "orders success 0s");
  }

  @Test
  void counts_what_a_failed_run_has_committed() {
    let(FaultPlan.Call.COMMIT, 2, Integer.MAX_VALUE);

    world.run(
        job()
            .batchesOf(2)
            .committing(2)
            .retrying(new RetryPolicy(1, Duration.ofSeconds(1), Duration.ofSeconds(1)))
            .build());

    assertThat(metrics.rows(ORDERS)).isEqualTo(new RunTally(2, 2, 0, 0, 0, 0, 0));
    assertThat(metrics.events())
        .startsWith("orders started", "orders retried")
        .last()
        .asString()
        .startsWith("orders failed");
  }

  @Test
  void counts_a_run_that_could_not_begin_but_not_one_that_found_another_under_way() {
    let(FaultPlan.Call.ACQUIRE, 1, Integer.MAX_VALUE);
    SyncJob job = job().retrying(new RetryPolicy(0, Duration.ZERO, Duration.ZERO)).build();
    world.run(job);
    assertThat(metrics.events()).containsExactly("orders failed to start");

    world.letAllBeWell();
    world.database().leases().acquire(ORDERS, new RunId(4711), "another", Duration.ofMinutes(1));
    assertThat(world.run(job)).isInstanceOf(RunOutcome.AlreadyRunning.class);

    assertThat(metrics.events()).containsExactly("orders failed to start");
  }

  @Test
  void leaves_nothing_behind_in_the_count_of_what_waits_to_be_written() {
    let(FaultPlan.Call.COMMIT, 2, Integer.MAX_VALUE);

    world.run(job().batchesOf(1).committing(1).build());

    assertThat(handover.backlog().rows()).isZero();
    assertThat(handover.backlog().bytes()).isZero();
  }

  @Test
  void metrics_that_break_do_not_hurt_a_run() {
    SyncMetrics broken =
        new SyncMetrics() {
          @Override
          public void started(JobId job) {
            throw new IllegalStateException("broken");
          }

          @Override
          public void committed(JobId job, RunTally more) {
            throw new IllegalStateException("broken");
          }

          @Override
          public void ended(JobId job, RunStatus status, Duration took) {
            throw new IllegalStateException("broken");
          }
        };
    world.observe(new RunMetrics(broken, world.clock()));

    assertThat(world.run(job().build())).isInstanceOf(RunOutcome.Completed.class);
  }

  private static JobFixture job() {
    return aJob().incremental().watermarkedOn("updated_at");
  }

  /// The calls from the first to the last number fail as if the connection were lost.
  private void let(FaultPlan.Call failing, int first, int last) {
    world.let(
        new FaultPlan() {
          private int calls;

          @Override
          public synchronized void before(Call call) {
            if (call == failing && ++calls >= first && calls <= last) {
              throw new TransientFailure(FailureKind.UNREACHABLE, "the connection is lost");
            }
          }
        });
  }
}
