package io.qupersync.application.schedule;

import static io.qupersync.application.schedule.SchedulerTest.times;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.JobRegistry;
import io.qupersync.domain.job.Schedule;
import io.qupersync.domain.job.ScheduleChange;
import io.qupersync.domain.run.RunStatus;
import io.qupersync.domain.run.SyncRun;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Several instances, people who interfere, and a store that is away.
class SharedWorkTest {

  private static final Schedule EVERY_MINUTE = new Schedule.Every(Duration.ofMinutes(1));
  private static final Schedule HALF_PAST_EIGHT = new Schedule.Cron("30 8 * * *", ZoneId.of("UTC"));

  private final ScheduledWorld world = new ScheduledWorld();

  @Test
  void two_instances_start_each_due_run_once() {
    List<JobId> jobs =
        IntStream.range(0, 20).mapToObj(i -> world.job("job_" + i, EVERY_MINUTE)).toList();
    world.limit(5);
    var a = world.start("a");
    var b = world.start("b");

    world.pass(Duration.ofSeconds(290));

    assertThat(jobs)
        .allSatisfy(job -> {
          List<Instant> both = new ArrayList<>(a.runs().begun(job));
          both.addAll(b.runs().begun(job));
          assertThat(both).hasSize(5);
        });
    assertThat(jobs.stream().mapToInt(job -> b.runs().begun(job).size()).sum()).isPositive();
  }

  @Test
  void a_run_that_falls_due_while_one_instance_stops_begins_at_once_in_the_other() {
    JobId orders = world.job("orders", EVERY_MINUTE);
    var stopping = world.start("a");
    stopping.runs().shutDown();

    world.pass(Duration.ofSeconds(1));
    assertThat(stopping.scheduler().underWay()).isZero();
    stopping.kill();
    var other = world.start("b");
    world.pass(Duration.ofSeconds(1));

    assertThat(other.runs().begun(orders)).hasSize(1);
    assertThat(world.misfires(orders)).isEmpty();
  }

  @Test
  void a_survivor_runs_again_what_a_killed_instance_had_begun() {
    JobId orders = world.job("orders", HALF_PAST_EIGHT);
    var a = world.start("a");
    a.runs().last(orders, Duration.ofMinutes(10));
    world.pass(Duration.ofMinutes(32));
    var b = world.start("b");
    world.pass(Duration.ofMinutes(1));
    assertThat(b.runs().begun(orders)).isEmpty();
    a.kill();

    world.pass(Duration.ofMinutes(30));

    assertThat(times(b.runs().begun(orders))).singleElement().asString().startsWith("08:33");
    assertThat(world.log(orders))
        .extracting(SyncRun::status)
        .containsExactly(RunStatus.ABANDONED, RunStatus.SUCCESS);
  }

  @Test
  void a_run_cut_short_by_a_stop_begins_again_elsewhere_at_once_however_late_it_is() {
    JobId orders = world.job("orders", HALF_PAST_EIGHT);
    var a = world.start("a");
    a.runs().last(orders, Duration.ofMinutes(30));
    world.pass(Duration.ofMinutes(40));
    a.scheduler().takeNoMore();
    a.runs().cancelAll();
    a.kill();
    var b = world.start("b");

    world.pass(Duration.ofMinutes(2));

    assertThat(times(b.runs().begun(orders))).containsExactly("08:40");
    assertThat(world.misfires(orders)).isEmpty();
  }

  @Test
  void a_run_that_someone_cancelled_has_had_its_turn() {
    JobId orders = world.job("orders", HALF_PAST_EIGHT);
    var a = world.start("a");
    a.runs().last(orders, Duration.ofMinutes(30));
    world.pass(Duration.ofMinutes(40));
    a.runs().cancelAll();

    world.pass(Duration.ofMinutes(2));

    assertThat(times(a.runs().begun(orders))).containsExactly("08:30");
  }

  @Test
  void whoever_stops_starts_no_run() {
    JobId orders = world.job("orders", EVERY_MINUTE);
    var a = world.start("a");
    world.pass(Duration.ofSeconds(30));
    a.scheduler().takeNoMore();

    world.pass(Duration.ofMinutes(5));

    assertThat(a.runs().begun(orders)).hasSize(1);
  }

  @Test
  void a_paused_job_stays_paused_over_a_restart_and_misses_nothing() {
    JobId orders = world.job("orders", EVERY_MINUTE);
    var a = world.start("a");
    world.pass(Duration.ofSeconds(30));
    world.control().pause(orders, "anna");
    a.kill();
    var b = world.start("b");
    world.pass(Duration.ofMinutes(10));
    assertThat(b.runs().begun(orders)).isEmpty();

    world.control().resume(orders, "anna");
    world.pass(Duration.ofSeconds(70));

    assertThat(times(b.runs().begun(orders))).containsExactly("08:10:30", "08:11:30");
    assertThat(world.misfires(orders)).isEmpty();
  }

  @Test
  void a_job_of_a_certain_hour_waits_for_it_after_a_pause() {
    JobId orders = world.job("orders", HALF_PAST_EIGHT);
    var a = world.start("a");
    world.pass(Duration.ofSeconds(30));
    world.control().pause(orders, "anna");
    world.pass(Duration.ofHours(1));
    world.control().resume(orders, "anna");

    world.pass(Duration.ofMinutes(10));

    assertThat(a.runs().begun(orders)).isEmpty();
    assertThat(world.database().schedules().look().of(orders).due())
        .contains(Instant.parse("2026-03-03T08:30:00Z"));
  }

  @Test
  void a_changed_schedule_wins_over_the_file_until_it_is_restored() {
    JobId orders = world.job("orders", HALF_PAST_EIGHT);
    var a = world.start("a");
    world.pass(Duration.ofSeconds(30));
    world.control().changeSchedule(orders, EVERY_MINUTE, "anna");
    world.pass(Duration.ofSeconds(150));
    a.kill();
    var b = world.start("b");
    world.pass(Duration.ofSeconds(60));

    assertThat(times(a.runs().begun(orders))).containsExactly("08:01:30", "08:02:30");
    assertThat(times(b.runs().begun(orders))).containsExactly("08:03:30");
    assertThat(world.database().schedules().look().of(orders).changed())
        .map(ScheduleChange::decision)
        .hasValueSatisfying(manualOverride -> assertThat(manualOverride.by()).isEqualTo("anna"));

    world.control().restoreSchedule(orders, "anna");
    world.pass(Duration.ofMinutes(40));
    assertThat(times(b.runs().begun(orders))).containsExactly("08:03:30", "08:30");
  }

  @Test
  void a_job_may_be_stopped_from_running_by_itself() {
    JobId orders = world.job("orders", EVERY_MINUTE);
    var a = world.start("a");
    world.pass(Duration.ofSeconds(30));

    world.control().changeSchedule(orders, new Schedule.Manual(), "anna");
    world.pass(Duration.ofMinutes(10));

    assertThat(a.runs().begun(orders)).hasSize(1);
  }

  @Test
  void people_can_decide_only_about_jobs_there_are_and_schedules_that_make_sense() {
    JobId orders = world.job("orders", EVERY_MINUTE);
    JobId nobody = new JobId("nobody");
    JobControl control = world.control();

    assertThatThrownBy(() -> control.pause(nobody, "anna"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no job 'nobody'");
    assertThatThrownBy(() -> control.changeSchedule(orders, new Schedule.Following(), "anna"))
        .hasMessage("job 'orders' comes after no other job");
    assertThatThrownBy(() ->
            control.changeSchedule(orders, new Schedule.Cron("soon", ZoneId.of("UTC")), "anna"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(world.database().schedules().look().of(orders).changed()).isEmpty();
  }

  @Test
  void a_schedule_that_the_file_changes_counts_from_the_next_look_on() {
    JobId orders = world.job("orders", new Schedule.Every(Duration.ofHours(1)));
    var a = world.start("a");
    world.pass(Duration.ofSeconds(30));

    world.job("orders", EVERY_MINUTE);
    world.pass(Duration.ofSeconds(130));

    assertThat(times(a.runs().begun(orders))).containsExactly("08:00", "08:01:30", "08:02:30");
  }

  @Test
  void a_job_that_is_gone_runs_no_more() {
    JobId orders = world.job("orders", EVERY_MINUTE);
    var a = world.start("a");
    world.pass(Duration.ofSeconds(30));

    world.jobs().replace(new JobRegistry(List.of()));
    world.pass(Duration.ofMinutes(5));

    assertThat(a.runs().begun(orders)).hasSize(1);
  }

  @Test
  void a_store_that_was_away_holds_up_runs_but_not_the_scheduler() {
    JobId orders = world.job("orders", EVERY_MINUTE);
    var store = new UnreliableScheduleStore(world.database().schedules());
    var a = world.start("a", store);
    a.runs().last(orders, Duration.ofSeconds(20));
    world.pass(Duration.ofSeconds(65));
    store.goAway();
    world.pass(Duration.ofSeconds(40));
    assertThat(times(a.runs().begun(orders))).containsExactly("08:00", "08:01");
    store.comeBack();

    world.pass(Duration.ofSeconds(80));

    assertThat(times(a.runs().begun(orders))).containsExactly("08:00", "08:01", "08:02", "08:03");
    assertThat(world.misfires(orders)).isEmpty();
  }

  @Test
  void a_run_that_could_not_begin_because_the_store_was_away_is_told_so() {
    JobId orders = world.job("orders", EVERY_MINUTE);
    var store = new UnreliableScheduleStore(world.database().schedules());
    world.start("a", store);
    world.pass(Duration.ofSeconds(65));
    store.goAway();
    world.pass(Duration.ofMinutes(5));
    store.comeBack();

    world.pass(Duration.ofSeconds(30));

    assertThat(world.misfires(orders))
        .singleElement()
        .asString()
        .contains("could not begin while the target was away, from 2026-03-02T08:01:05Z on")
        .doesNotContain("nobody was there");
  }

  @Test
  void two_instances_with_different_files_do_not_undo_each_others_plan_for_ever() {
    JobId orders = world.job("orders", EVERY_MINUTE);
    var a = world.start("a");
    world.pass(Duration.ofSeconds(30));
    // an instance with another file plans anew, as while one instance after the other is updated
    Schedule theirs = new Schedule.Every(Duration.ofMinutes(2));
    var store = world.database().schedules();
    var due = store.look().of(orders).due();
    assertThat(store.plan(orders, due, theirs, due)).isTrue();

    world.pass(Duration.ofMinutes(5));

    assertThat(a.runs().begun(orders)).hasSize(6);
    assertThat(store.look().of(orders).plan()).contains(theirs);
  }
}
