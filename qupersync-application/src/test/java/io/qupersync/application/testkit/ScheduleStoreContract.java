package io.qupersync.application.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.application.port.LeaseStore.Attempt;
import io.qupersync.application.port.ScheduleStore;
import io.qupersync.application.port.ScheduleStore.Claim;
import io.qupersync.application.port.ScheduleStore.JobSchedule;
import io.qupersync.application.port.ScheduleStore.Taken;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.ManualOverride;
import io.qupersync.domain.job.Schedule;
import io.qupersync.domain.job.ScheduleChange;
import io.qupersync.domain.run.Lease;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What every [ScheduleStore] promises.
public abstract class ScheduleStoreContract {

  private static final JobId ORDERS = new JobId("orders");
  private static final JobId CUSTOMERS = new JobId("customers");
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Instant EIGHT = Instant.parse("2026-03-02T08:00:00.123456Z");
  private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");
  private static final Schedule HOURLY = new Schedule.Every(Duration.ofHours(1));
  private static final ManualOverride ANNA = new ManualOverride("anna", EIGHT);

  private TargetSide side;
  private ScheduleStore store;

  protected abstract TargetSide open();

  @BeforeEach
  void begin() {
    side = open();
    store = side.schedules();
  }

  @AfterEach
  void end() {
    side.close();
  }

  @Test
  void knows_nothing_of_a_job_but_the_time() {
    ScheduleStore.ScheduleSnapshot scheduleSnapshot = store.look();

    assertThat(scheduleSnapshot.jobs()).isEmpty();
    assertThat(scheduleSnapshot.of(ORDERS).due()).isEmpty();
    assertThat(scheduleSnapshot.of(ORDERS).taken()).isEqualTo(Taken.NOT);
    assertThat(store.now()).isAfterOrEqualTo(scheduleSnapshot.now());
  }

  @Test
  void remembers_when_a_job_runs_next_and_by_which_schedule() {
    assertThat(store.plan(ORDERS, Optional.empty(), HOURLY, Optional.of(EIGHT))).isTrue();

    assertThat(standing().due()).contains(EIGHT);
    assertThat(standing().plan()).contains(HOURLY);
    assertThat(standing().misfired()).isFalse();
    assertThat(standing(CUSTOMERS).due()).isEmpty();
  }

  static List<Schedule> schedules() {
    return List.of(
        new Schedule.Every(Duration.ofSeconds(90), Duration.ofMillis(1500)),
        new Schedule.Cron("*/5 2 * * MON-FRI", ZoneId.of("US/Pacific")),
        new Schedule.Cron("0 2 1 1 *", ZoneId.of("+05:30"), Duration.ofMinutes(2)),
        new Schedule.Manual(),
        new Schedule.Following());
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void knows_every_kind_of_schedule(Schedule schedule) {
    store.plan(ORDERS, Optional.empty(), schedule, Optional.empty());
    store.change(ORDERS, new ScheduleChange(schedule, ANNA));

    assertThat(standing().plan()).contains(schedule);
    assertThat(standing().changed()).contains(new ScheduleChange(schedule, ANNA));
  }

  @Test
  void plans_only_for_whoever_saw_the_present_plan() {
    dueAt(EIGHT);

    assertThat(store.plan(ORDERS, Optional.empty(), HOURLY, Optional.of(NINE))).isFalse();
    assertThat(store.plan(ORDERS, Optional.of(NINE), HOURLY, Optional.empty())).isFalse();
    assertThat(standing().due()).contains(EIGHT);
    assertThat(store.plan(ORDERS, Optional.of(EIGHT), HOURLY, Optional.empty())).isTrue();
    assertThat(standing().due()).isEmpty();
  }

  @Test
  void a_due_run_is_claimed_once() {
    dueAt(EIGHT);

    assertThat(claim(EIGHT)).isPresent();
    assertThat(claim(EIGHT)).isEmpty();
    assertThat(standing().taken()).isEqualTo(Taken.TAKEN);
  }

  @Test
  void only_the_run_that_is_due_can_be_claimed() {
    assertThat(claim(EIGHT)).isEmpty();
    dueAt(EIGHT);
    assertThat(claim(NINE)).isEmpty();
    assertThat(standing().taken()).isEqualTo(Taken.NOT);
  }

  @Test
  void a_claimed_run_is_not_planned_anew() {
    dueAt(EIGHT);
    claim(EIGHT);

    assertThat(store.plan(ORDERS, Optional.of(EIGHT), HOURLY, Optional.of(NINE))).isFalse();
    assertThat(standing().due()).contains(EIGHT);
  }

  @Test
  void a_completed_run_makes_room_for_the_next() {
    dueAt(EIGHT);
    Claim first = claim(EIGHT).orElseThrow();

    assertThat(store.complete(first, Optional.of(NINE))).isTrue();

    assertThat(standing().due()).contains(NINE);
    assertThat(standing().taken()).isEqualTo(Taken.NOT);
    assertThat(claim(EIGHT)).isEmpty();
    Claim second = claim(NINE).orElseThrow();
    assertThat(second.token()).isGreaterThan(first.token());
  }

  @Test
  void a_claim_expires_unless_renewed_and_whoever_lost_it_can_do_nothing_with_it() {
    dueAt(EIGHT);
    Claim lost = claim(EIGHT).orElseThrow();
    side.elapse(Duration.ofSeconds(40));
    assertThat(store.renew(List.of(lost), MINUTE)).containsExactly(lost);
    side.elapse(Duration.ofSeconds(40));
    assertThat(standing().taken()).isEqualTo(Taken.TAKEN);
    side.elapse(Duration.ofSeconds(21));
    assertThat(standing().taken()).isEqualTo(Taken.LOST);

    Claim taken = claim(EIGHT).orElseThrow();

    assertThat(store.renew(List.of(lost, taken), MINUTE)).containsExactly(taken);
    assertThat(store.complete(lost, Optional.of(NINE))).isFalse();
    store.release(lost);
    store.giveUp(lost);
    assertThat(standing().due()).contains(EIGHT);
    assertThat(standing().taken()).isEqualTo(Taken.TAKEN);
  }

  @Test
  void renews_what_expired_but_was_not_taken_over() {
    dueAt(EIGHT);
    Claim late = claim(EIGHT).orElseThrow();
    side.elapse(MINUTE.plusSeconds(1));

    assertThat(store.renew(List.of(late), MINUTE)).containsExactly(late);
    assertThat(standing().taken()).isEqualTo(Taken.TAKEN);
  }

  @Test
  void renews_nothing_without_claims() {
    assertThat(store.renew(List.of(), MINUTE)).isEmpty();
  }

  @Test
  void a_released_claim_leaves_the_run_as_due_as_it_was() {
    dueAt(EIGHT);
    store.release(claim(EIGHT).orElseThrow());

    assertThat(standing().taken()).isEqualTo(Taken.NOT);
    assertThat(claim(EIGHT)).isPresent();
  }

  @Test
  void a_claim_that_is_given_up_can_be_taken_at_once_but_tells_that_a_run_began() {
    dueAt(EIGHT);
    store.giveUp(claim(EIGHT).orElseThrow());

    assertThat(standing().taken()).isEqualTo(Taken.LOST);
    assertThat(claim(EIGHT)).isPresent();
  }

  @Test
  void a_late_run_is_told_once_and_the_next_one_anew() {
    dueAt(EIGHT);

    assertThat(store.misfired(ORDERS, NINE)).isFalse();
    assertThat(store.misfired(ORDERS, EIGHT)).isTrue();
    assertThat(store.misfired(ORDERS, EIGHT)).isFalse();
    assertThat(standing().misfired()).isTrue();

    store.complete(claim(EIGHT).orElseThrow(), Optional.of(NINE));
    assertThat(standing().misfired()).isFalse();
    assertThat(store.misfired(ORDERS, NINE)).isTrue();
  }

  @Test
  void a_job_stays_paused_until_it_is_resumed() {
    dueAt(EIGHT);
    store.pause(ORDERS, ANNA);
    store.complete(claim(EIGHT).orElseThrow(), Optional.of(NINE));

    assertThat(standing().paused()).contains(ANNA);
    assertThat(store.resume(ORDERS)).isTrue();
    assertThat(standing().paused()).isEmpty();
    assertThat(store.resume(ORDERS)).isFalse();
    assertThat(standing().due()).contains(NINE);
  }

  @Test
  void a_job_may_be_paused_before_it_ever_ran() {
    store.pause(CUSTOMERS, ANNA);

    assertThat(standing(CUSTOMERS).paused()).contains(ANNA);
    assertThat(standing(CUSTOMERS).plan()).isEmpty();
    assertThat(store.plan(CUSTOMERS, Optional.empty(), HOURLY, Optional.of(EIGHT))).isTrue();
    assertThat(standing(CUSTOMERS).paused()).contains(ANNA);
  }

  @Test
  void a_changed_schedule_stays_until_it_is_restored() {
    var change = new ScheduleChange(new Schedule.Manual(), ANNA);
    store.change(ORDERS, change);
    dueAt(EIGHT);

    assertThat(standing().changed()).contains(change);
    assertThat(store.restore(ORDERS)).isTrue();
    assertThat(standing().changed()).isEmpty();
    assertThat(store.restore(ORDERS)).isFalse();
  }

  @Test
  void tells_which_run_holds_a_jobs_lease_and_since_when_nobody_does() {
    Lease lease =
        ((Attempt.Granted)
                side.leases().acquire(ORDERS, side.runs().nextId(), "an instance", MINUTE))
            .lease();

    assertThat(standing().running()).contains(lease.run());
    assertThat(standing().freeSince()).isEmpty();

    side.leases().release(lease);
    assertThat(standing().running()).isEmpty();
    assertThat(standing().freeSince())
        .hasValueSatisfying(
            at -> assertThat(at).isBetween(store.now().minusSeconds(50), store.now()));
  }

  @Test
  void a_lease_that_expired_is_held_by_nobody() {
    side.leases().acquire(ORDERS, side.runs().nextId(), "an instance", MINUTE);
    side.elapse(MINUTE.plusSeconds(1));

    assertThat(standing().running()).isEmpty();
    assertThat(standing().freeSince()).isPresent();
  }

  @Test
  void one_of_many_who_ask_at_once_gets_the_claim() throws Exception {
    dueAt(EIGHT);
    var start = new CountDownLatch(1);
    Callable<Optional<Claim>> ask =
        () -> {
          start.await();
          return claim(EIGHT);
        };
    var claims = new ArrayList<Optional<Claim>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var asking = new ArrayList<Future<Optional<Claim>>>();
      for (int i = 0; i < 8; i++) {
        asking.add(threads.submit(ask));
      }
      start.countDown();
      for (Future<Optional<Claim>> asked : asking) {
        claims.add(asked.get());
      }
    }

    assertThat(claims).filteredOn(Optional::isPresent).hasSize(1);
  }

  private void dueAt(Instant due) {
    assertThat(store.plan(ORDERS, standing().due(), HOURLY, Optional.of(due))).isTrue();
  }

  private Optional<Claim> claim(Instant due) {
    return store.claim(ORDERS, due, "an instance", MINUTE);
  }

  private JobSchedule standing() {
    return standing(ORDERS);
  }

  private JobSchedule standing(JobId job) {
    return store.look().of(job);
  }
}
