package io.qupersync.infrastructure.postgres;

import static io.qupersync.application.testkit.Columns.columns;
import static io.qupersync.application.testkit.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.application.port.Pause;
import io.qupersync.application.sync.JobDefinitions;
import io.qupersync.application.sync.LeasedRuns;
import io.qupersync.application.sync.RunObserver;
import io.qupersync.application.sync.RunRequest;
import io.qupersync.application.sync.RunSettings;
import io.qupersync.application.sync.RunSyncJob;
import io.qupersync.application.sync.SyncPorts;
import io.qupersync.application.sync.TimeSources;
import io.qupersync.application.testkit.InMemoryWarehouse;
import io.qupersync.application.testkit.InlineBatchPipeline;
import io.qupersync.application.testkit.SettableClock;
import io.qupersync.domain.job.JobRegistry;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.run.RunOutcome;
import io.qupersync.domain.run.Trigger;
import io.qupersync.domain.table.TableRef;
import io.qupersync.infrastructure.fixture.CountingWire;
import io.qupersync.infrastructure.fixture.PostgresSide;
import io.qupersync.infrastructure.store.PostgresLeaseStore;
import io.qupersync.infrastructure.store.PostgresProgressStore;
import io.qupersync.infrastructure.store.PostgresRunLog;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How often a run waits for the target: on a real network, this is what a small run takes.
class RoundTripsTest {

  private static final TableRef ORDERS = TableRef.of("public", "orders");

  private PostgresSide side;
  private CountingWire wire;
  private PostgresDatabase database;
  private SettableClock clock;
  private InMemoryWarehouse warehouse;

  @BeforeEach
  void open() {
    side = PostgresSide.open();
    wire = CountingWire.to(side.settings().port());
    database = PostgresDatabase.open(side.settingsBy(wire.port()), InstantSource.system());
    clock = SettableClock.atSomeMorning();
    warehouse = new InMemoryWarehouse(clock);
    warehouse.create(ORDERS, columns("id", "bigint", "name", "text", "updated_at", "timestamp"));
    insert(1);
  }

  @AfterEach
  void close() {
    database.close();
    wire.close();
    side.close();
  }

  @Test
  void a_small_run_makes_eight() {
    assertThat(roundTripsOf(aJob().build())).isEqualTo(8);
  }

  @Test
  void one_with_a_watermark_makes_one_more_to_see_whether_the_target_still_has_its_newest_row() {
    assertThat(roundTripsOf(aJob().watermarkedOn("updated_at").build())).isEqualTo(9);
  }

  /// Of a run that finds the connections open, and its table there.
  private int roundTripsOf(SyncJob job) {
    run(job);
    insert(2);
    run(job);
    insert(3);
    wire.roundTrips();

    RunOutcome outcome = run(job);

    assertThat(outcome)
        .isInstanceOfSatisfying(
            RunOutcome.Completed.class,
            completed -> assertThat(completed.tally().inserted()).isEqualTo(1));
    return wire.roundTrips();
  }

  private void insert(long id) {
    warehouse.insert(
        ORDERS,
        id,
        "Ada",
        LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC).minusHours(1).plusSeconds(id));
  }

  private RunOutcome run(SyncJob job) {
    var ports =
        new SyncPorts(
            warehouse.source(),
            new PostgresRowTarget(database),
            new PostgresProgressStore(database.state(), side.schema()),
            new PostgresLeaseStore(database.state(), side.schema(), _ -> false),
            new PostgresRunLog(database.state(), side.schema()));
    Pause forEver = _ -> new CountDownLatch(1).await();
    var timeSources = new TimeSources(clock, forEver, new Random(1));
    var settings = new RunSettings("test", Duration.ofMinutes(1));
    var runs = new LeasedRuns(ports, settings, timeSources, RunObserver.NONE);
    var jobs = new JobDefinitions(new JobRegistry(List.of(JobVariants.same(job))));
    return new RunSyncJob(jobs, ports, runs, timeSources, new InlineBatchPipeline())
        .run(RunRequest.ordinary(job.id(), Trigger.CLI));
  }
}
