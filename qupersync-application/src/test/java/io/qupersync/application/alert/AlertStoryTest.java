package io.qupersync.application.alert;

import static io.qupersync.application.testkit.Columns.at;
import static io.qupersync.application.testkit.Columns.columns;
import static io.qupersync.application.testkit.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.application.port.PermanentFailure;
import io.qupersync.application.query.JobHealthQuery;
import io.qupersync.application.query.JobVitals;
import io.qupersync.application.sync.JobDefinitions;
import io.qupersync.application.testkit.CountingMetrics;
import io.qupersync.application.testkit.FaultPlan;
import io.qupersync.application.testkit.InlineBatchPipeline;
import io.qupersync.application.testkit.JobFixture;
import io.qupersync.application.testkit.RecordingChannel;
import io.qupersync.application.testkit.SyncWorld;
import io.qupersync.domain.alert.AlertKind;
import io.qupersync.domain.alert.Incident;
import io.qupersync.domain.job.JobRegistry;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.domain.job.ManualOverride;
import io.qupersync.domain.job.Schedule;
import io.qupersync.domain.job.ScheduleChange;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.table.TableRef;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// From a run that goes wrong to someone who is told, and back: the real application on fakes.
class AlertStoryTest {

  private static final TableRef SOURCE = TableRef.of("public", "orders");
  private static final Duration FRESHNESS = Duration.ofMinutes(30);

  private final SyncWorld world = new SyncWorld(new InlineBatchPipeline());
  private final RecordingChannel channel = new RecordingChannel("on-call");
  private final CountingMetrics metrics = new CountingMetrics();
  private final SyncJob orders = job().build();
  private Optional<Duration> freshness = Optional.of(FRESHNESS);
  private final JobDefinitions jobs = new JobDefinitions(new JobRegistry(List.of(fresh(orders))));
  private AlertSettings settings = all(0);
  private Instance instance;

  /// One process: it looks, then tells.
  private final class Instance {

    private final AlertStores alertStores =
        new AlertStores(world.database().incidents(), new OutageWatch("here", world.clock()));
    private final AlertWatch watch =
        new AlertWatch(
            new JobHealthQuery(jobs, world.database().standings(), world.database().schedules()),
            alertStores,
            List.of(settings),
            world.clock());
    private final AlertDispatcher alertDispatcher =
        new AlertDispatcher(channel, settings, alertStores, metrics, new Random(1));

    void turn() {
      watch.look();
      alertDispatcher.deliver();
    }
  }

  @BeforeEach
  void begin() {
    world
        .warehouse()
        .create(SOURCE, columns("id", "bigint", "name", "text", "updated_at", "timestamp"));
    world.warehouse().insert(SOURCE, 1L, "Ada", at("07:59:00"));
    instance = new Instance();
  }

  @Test
  void while_all_is_well_nobody_is_told_anything() {
    world.run(orders);
    instance.turn();

    assertThat(channel.tries()).isZero();
  }

  @Test
  void a_failed_run_is_told_once_and_its_recovery_once() {
    letReadingFail();
    world.run(orders);
    instance.turn();
    world.run(orders);
    instance.turn();
    assertThat(channel.heard()).containsExactly("failed orders");

    world.letAllBeWell();
    world.run(orders);
    instance.turn();
    instance.turn();

    assertThat(channel.heard()).containsExactly("failed orders", "over: failed orders");
  }

  @Test
  void what_is_told_names_the_run_and_its_reason() {
    letReadingFail();
    world.run(orders);
    instance.watch.look();

    Incident incident = world.database().incidents().listOpen("on-call").getFirst();
    assertThat(incident.alarm().reason()).contains("no such view");
    assertThat(incident.alarm().run()).isPresent();
  }

  @Test
  void a_restart_tells_nothing_twice() {
    letReadingFail();
    world.run(orders);
    instance.turn();

    new Instance().turn();

    assertThat(channel.heard()).containsExactly("failed orders");
  }

  @Test
  void of_two_instances_one_tells() {
    var other = new Instance();
    letReadingFail();
    world.run(orders);
    instance.watch.look();
    other.watch.look();

    other.alertDispatcher.deliver();
    instance.alertDispatcher.deliver();

    assertThat(channel.heard()).containsExactly("failed orders");
  }

  @Test
  void what_does_not_arrive_is_tried_again_and_counted() {
    channel.goDeaf();
    letReadingFail();
    world.run(orders);
    instance.turn();
    instance.turn();
    assertThat(metrics.events()).containsExactly("on-call not told");

    channel.hearAgain();
    world.clock().tick(Duration.ofMinutes(15));
    instance.turn();

    assertThat(channel.heard()).containsExactly("failed orders");
    assertThat(metrics.events()).containsExactly("on-call not told", "on-call told");
  }

  @Test
  void a_channel_that_asks_for_a_rest_gets_it() {
    settings = only(AlertKind.FAILED);
    instance = new Instance();
    channel.askToWait(Duration.ofHours(1));
    letReadingFail();
    world.run(orders);
    instance.turn();
    channel.hearAgain();

    world.clock().tick(Duration.ofMinutes(59));
    instance.turn();
    assertThat(channel.heard()).isEmpty();
    world.clock().tick(Duration.ofMinutes(2));
    instance.turn();

    assertThat(channel.heard()).contains("failed orders");
  }

  @Test
  void a_job_that_has_not_succeeded_for_too_long_is_stale() {
    world.run(orders);
    world.clock().tick(FRESHNESS);
    instance.turn();
    assertThat(channel.heard()).isEmpty();

    world.clock().tick(Duration.ofSeconds(1));
    instance.turn();
    world.run(orders);
    instance.turn();

    assertThat(channel.heard()).containsExactly("stale orders", "over: stale orders");
  }

  @Test
  void after_a_start_jobs_have_time_to_succeed_before_they_are_stale() {
    world.run(orders);
    world.clock().tick(Duration.ofDays(1));

    var restarted = new Instance();
    restarted.turn();
    assertThat(channel.heard()).isEmpty();
    world.clock().tick(Duration.ofMinutes(16));
    restarted.turn();

    assertThat(channel.heard()).containsExactly("stale orders");
  }

  @Test
  void a_job_that_comes_later_has_time_to_succeed_too() {
    jobs.replace(new JobRegistry(List.of()));
    world.clock().tick(Duration.ofDays(1));
    instance.turn();
    jobs.replace(new JobRegistry(List.of(fresh(orders))));

    instance.turn();
    assertThat(channel.heard()).isEmpty();
    world.clock().tick(FRESHNESS.plusSeconds(1));
    instance.turn();

    assertThat(channel.heard()).containsExactly("stale orders");
  }

  @Test
  void a_job_that_is_resumed_is_not_late_at_once() {
    world.run(orders);
    instance.turn();
    world
        .database()
        .schedules()
        .pause(orders.id(), new ManualOverride("ops", world.clock().instant()));
    world.clock().tick(Duration.ofDays(1));
    instance.turn();
    world.database().schedules().resume(orders.id());

    instance.turn();

    assertThat(channel.heard()).isEmpty();
  }

  @Test
  void a_job_that_never_succeeded_has_its_whole_freshness_from_the_start() {
    world.clock().tick(FRESHNESS);
    instance.turn();
    assertThat(channel.heard()).isEmpty();

    world.clock().tick(Duration.ofSeconds(1));
    instance.turn();

    assertThat(channel.heard()).containsExactly("stale orders");
  }

  @Test
  void a_restart_does_not_take_a_stale_job_for_a_fresh_one() {
    world.clock().tick(FRESHNESS.plusSeconds(1));
    instance.turn();

    new Instance().turn();

    assertThat(channel.heard()).containsExactly("stale orders");
  }

  @Test
  void a_job_that_is_no_longer_expected_to_run_is_not_well_again_because_of_that() {
    world.clock().tick(FRESHNESS.plusSeconds(1));
    instance.turn();

    freshness = Optional.empty();
    jobs.replace(new JobRegistry(List.of(fresh(orders))));
    instance.turn();

    assertThat(channel.heard()).containsExactly("stale orders");
    assertThat(world.database().incidents().listOpen("on-call")).isEmpty();
  }

  @Test
  void a_paused_job_is_not_stale_and_not_well_again_either() {
    world.clock().tick(FRESHNESS.plusSeconds(1));
    instance.turn();

    world
        .database()
        .schedules()
        .pause(orders.id(), new ManualOverride("ops", world.clock().instant()));
    instance.turn();

    assertThat(channel.heard()).containsExactly("stale orders");
    assertThat(world.database().incidents().listOpen("on-call")).isEmpty();
  }

  @Test
  void without_a_word_on_freshness_three_intervals_count_and_no_less_than_a_quarter_of_an_hour() {
    freshness = Optional.empty();
    assertThat(staleAfter(new Schedule.Every(Duration.ofHours(1)))).isEqualTo(Duration.ofHours(3));
    assertThat(staleAfter(new Schedule.Every(Duration.ofSeconds(10))))
        .isEqualTo(Duration.ofMinutes(15));
  }

  private Duration staleAfter(Schedule schedule) {
    JobVitals vitals = vitalsUnder(schedule);
    return vitals.freshness().orElseThrow();
  }

  @Test
  void nobody_expects_a_manual_job_to_run() {
    freshness = Optional.empty();

    assertThat(vitalsUnder(new Schedule.Manual()).freshness()).isEmpty();
  }

  private JobVitals vitalsUnder(Schedule schedule) {
    jobs.replace(new JobRegistry(List.of(fresh(orders))));
    world
        .database()
        .schedules()
        .change(
            orders.id(),
            new ScheduleChange(schedule, new ManualOverride("ops", world.clock().instant())));
    return new JobHealthQuery(jobs, world.database().standings(), world.database().schedules())
        .all()
        .getFirst();
  }

  @Test
  void a_job_that_is_gone_takes_its_incidents_with_it() {
    letReadingFail();
    world.run(orders);
    instance.turn();

    jobs.replace(new JobRegistry(List.of()));
    instance.turn();

    assertThat(channel.heard()).containsExactly("failed orders");
    assertThat(world.database().incidents().listOpen("on-call")).isEmpty();
  }

  @Test
  void rejected_rows_over_the_threshold_are_told_until_they_are_replayed_or_discarded() {
    settings = all(1);
    instance = new Instance();
    SyncJob strict = job().requiring("name").build();
    jobs.replace(new JobRegistry(List.of(fresh(strict))));
    world.warehouse().insert(SOURCE, 2L, null, at("07:59:01"));
    world.run(strict);
    instance.turn();
    assertThat(channel.heard()).isEmpty();

    world.warehouse().insert(SOURCE, 3L, null, at("07:59:02"));
    world.run(strict);
    instance.turn();
    long _ = world.database().deadLetters().discard(strict.id());
    instance.turn();

    assertThat(channel.heard()).containsExactly("rejected orders", "over: rejected orders");
  }

  @Test
  void rows_that_the_source_will_soon_forget_are_told() {
    SyncJob log = job().retaining(Duration.ofDays(7)).build();
    jobs.replace(new JobRegistry(List.of(fresh(log))));
    settings = only(AlertKind.EXPIRING);
    instance = new Instance();
    world.run(log);

    world.clock().tick(Duration.ofDays(5));
    instance.turn();
    assertThat(channel.heard()).isEmpty();
    world.clock().tick(Duration.ofDays(1));
    instance.turn();
    world.run(log);
    instance.turn();

    assertThat(channel.heard()).containsExactly("expiring orders", "over: expiring orders");
  }

  @Test
  void a_source_where_nothing_happens_loses_nothing() {
    SyncJob log = job().retaining(Duration.ofDays(7)).build();
    jobs.replace(new JobRegistry(List.of(fresh(log))));
    settings = only(AlertKind.EXPIRING);
    instance = new Instance();
    for (int day = 0; day < 9; day++) {
      world.run(log);
      world.clock().tick(Duration.ofDays(1));
      instance.turn();
    }

    assertThat(channel.heard()).isEmpty();
  }

  @Test
  void a_channel_hears_only_what_it_asked_for() {
    settings =
        new AlertSettings("on-call", Set.of(AlertKind.FAILED), false, false, 0, Duration.ZERO);
    instance = new Instance();
    letReadingFail();
    world.run(orders);
    instance.turn();
    world.letAllBeWell();
    world.run(orders);
    instance.turn();
    world.clock().tick(Duration.ofDays(1));
    instance.turn();

    assertThat(channel.heard()).containsExactly("failed orders");
    assertThat(world.database().incidents().listOpen("on-call")).isEmpty();
  }

  @Test
  void the_end_of_one_instances_opening_is_not_seen_by_another_whose_clock_is_late() {
    world.run(orders);
    world.clock().tick(FRESHNESS.plusSeconds(1));
    instance.turn();

    world.clock().tick(Duration.ofSeconds(-30));
    instance.turn();

    assertThat(channel.heard()).containsExactly("stale orders");
  }

  private void letReadingFail() {
    world.let(
        new FaultPlan() {
          @Override
          public void before(Call call) {
            if (call == Call.OPEN) {
              throw new PermanentFailure(FailureKind.SOURCE, "no such view; grant it");
            }
          }
        });
  }

  private static JobFixture job() {
    return aJob().incremental().watermarkedOn("updated_at");
  }

  private JobVariants fresh(SyncJob job) {
    return new JobVariants(job, job, Optional.empty(), List.of(), freshness);
  }

  private static AlertSettings all(long rejectedOver) {
    return new AlertSettings(
        "on-call", EnumSet.allOf(AlertKind.class), true, true, rejectedOver, Duration.ofHours(24));
  }

  private static AlertSettings only(AlertKind kind) {
    return new AlertSettings("on-call", Set.of(kind), true, true, 0, Duration.ofHours(24));
  }
}
