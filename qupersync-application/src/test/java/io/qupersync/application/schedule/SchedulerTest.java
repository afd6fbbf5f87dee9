package io.qupersync.application.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.Schedule;
import io.qupersync.domain.run.RunStatus;
import io.qupersync.domain.run.SyncRun;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// When runs begin, with moved time. The day begins at 08:00:00Z.
class SchedulerTest {

  private static final Schedule EVERY_FIVE_MINUTES = every(Duration.ofMinutes(5));
  private static final Schedule HALF_PAST_EIGHT = new Schedule.Cron("30 8 * * *", ZoneId.of("UTC"));

  private final ScheduledWorld world = new ScheduledWorld();

  @Test
  void a_new_job_runs_at_once_and_then_at_its_interval() {
    JobId orders = world.job("orders", EVERY_FIVE_MINUTES);
    var instance = world.start("a");

    world.pass(Duration.ofMinutes(11));

    assertThat(times(instance.runs().begun(orders))).containsExactly("08:00", "08:05", "08:10");
    assertThat(world.misfires(orders)).isEmpty();
  }

  @Test
  void a_job_of_a_certain_hour_waits_for_it() {
    JobId orders = world.job("orders", HALF_PAST_EIGHT);
    var instance = world.start("a");

    world.passInStrides(Duration.ofDays(1).plusHours(1), Duration.ofSeconds(15));

    assertThat(instance.runs().begun(orders))
        .containsExactly(
            Instant.parse("2026-03-02T08:30:00Z"), Instant.parse("2026-03-03T08:30:00Z"));
  }

  @Test
  void a_full_run_comes_at_its_hour_in_the_place_of_the_ordinary_one_that_is_due_then() {
    JobId orders = world.jobWithFullRuns("orders", EVERY_FIVE_MINUTES, HALF_PAST_EIGHT);
    var instance = world.start("a");

    world.pass(Duration.ofMinutes(41));

    assertThat(times(instance.runs().begun(orders)))
        .containsExactly(
            "08:00", "08:05", "08:10", "08:15", "08:20", "08:25", "08:30", "08:35", "08:40");
    assertThat(times(instance.runs().fullBegun(orders))).containsExactly("08:30");
    assertThat(world.misfires(orders)).isEmpty();
  }

  @Test
  void full_runs_of_an_interval_begin_an_interval_after_the_job_is_new() {
    JobId orders =
        world.jobWithFullRuns("orders", new Schedule.Manual(), every(Duration.ofMinutes(20)));
    var instance = world.start("a");

    world.pass(Duration.ofMinutes(41));

    assertThat(times(instance.runs().begun(orders))).containsExactly("08:20", "08:40");
    assertThat(times(instance.runs().fullBegun(orders))).containsExactly("08:20", "08:40");
  }

  @Test
  void a_full_run_waits_for_an_ordinary_one_that_is_under_way_and_the_other_way_round() {
    JobId orders = world.jobWithFullRuns("orders", EVERY_FIVE_MINUTES, HALF_PAST_EIGHT);
    var instance = world.start("a");
    instance.runs().last(orders, Duration.ofMinutes(7));

    world.pass(Duration.ofMinutes(50));

    assertThat(instance.runs().fullBegun(orders)).hasSize(1);
    assertThat(times(instance.runs().begun(orders)))
        .containsExactly("08:00", "08:07", "08:14", "08:21", "08:28", "08:35", "08:42", "08:49");
    assertThat(times(instance.runs().fullBegun(orders))).containsExactly("08:35");
  }

  @Test
  void a_full_run_that_nobody_started_is_logged_and_waits_for_the_next_day() {
    JobId orders = world.jobWithFullRuns("orders", new Schedule.Manual(), HALF_PAST_EIGHT);
    var first = world.start("a");
    world.pass(Duration.ofMinutes(1));
    first.kill();
    world.beAway(Duration.ofDays(2));
    var instance = world.start("b");

    world.pass(Duration.ofHours(1));

    assertThat(instance.runs().fullBegun(orders))
        .containsExactly(Instant.parse("2026-03-04T08:30:00Z"));
    assertThat(world.misfires(orders)).singleElement().asString().contains("2 runs were missed");
  }

  @Test
  void of_two_instances_one_begins_the_full_run() {
    JobId orders = world.jobWithFullRuns("orders", EVERY_FIVE_MINUTES, HALF_PAST_EIGHT);
    var one = world.start("a");
    var other = world.start("b");

    world.pass(Duration.ofMinutes(41));

    assertThat(one.runs().fullBegun(orders).size() + other.runs().fullBegun(orders).size())
        .isEqualTo(1);
    assertThat(one.runs().begun(orders).size() + other.runs().begun(orders).size()).isEqualTo(9);
  }

  @Test
  void a_job_that_is_run_by_hand_never_runs_by_itself() {
    JobId orders = world.job("orders", new Schedule.Manual());
    var instance = world.start("a");

    world.pass(Duration.ofHours(1));

    assertThat(instance.runs().begun(orders)).isEmpty();
  }

  @Test
  void jitter_delays_each_run_a_little_and_moves_no_later_one() {
    JobId orders =
        world.job("orders", new Schedule.Every(Duration.ofMinutes(5), Duration.ofMinutes(1)));
    var instance = world.start("a");

    world.pass(Duration.ofHours(1));

    List<Instant> begun = instance.runs().begun(orders);
    assertThat(begun).hasSizeBetween(12, 13);
    for (int i = 0; i < begun.size(); i++) {
      Instant grid = Instant.parse("2026-03-02T08:00:00Z").plus(Duration.ofMinutes(5L * i));
      assertThat(begun.get(i)).isBetween(grid, grid.plusSeconds(61));
    }
    assertThat(begun.stream().map(at -> at.getEpochSecond() % 300).distinct().count())
        .isGreaterThan(3);
    assertThat(world.misfires(orders)).isEmpty();
  }

  @Test
  void what_falls_due_while_the_job_runs_becomes_one_run_right_after() {
    JobId orders = world.job("orders", every(Duration.ofMinutes(1)));
    var instance = world.start("a");
    instance.runs().last(orders, Duration.ofSeconds(210));

    world.pass(Duration.ofMinutes(10));

    assertThat(times(instance.runs().begun(orders))).containsExactly("08:00", "08:03:30", "08:07");
    assertThat(world.misfires(orders)).isEmpty();
  }

  @Test
  void what_falls_due_while_a_run_that_was_asked_for_goes_on_becomes_one_run_right_after() {
    JobId orders = world.job("orders", every(Duration.ofMinutes(1)));
    var instance = world.start("a");
    world.pass(Duration.ofSeconds(30));
    instance.runs().last(orders, Duration.ofMinutes(3));
    world.trigger(instance, orders);
    instance.runs().last(orders, Duration.ofSeconds(1));

    world.pass(Duration.ofMinutes(4));

    assertThat(times(instance.runs().begun(orders)))
        .containsExactly("08:00", "08:00:30", "08:03:30", "08:04");
    assertThat(world.misfires(orders)).isEmpty();
  }

  @Test
  void a_run_that_is_a_little_late_is_no_misfire() {
    JobId orders = world.job("orders", HALF_PAST_EIGHT);
    world.start("a").kill();
    var first = world.start("a");
    world.pass(Duration.ofMinutes(1));
    first.kill();
    world.beAway(Duration.ofMinutes(29).plusSeconds(59));
    var instance = world.start("b");

    world.pass(Duration.ofMinutes(1));

    assertThat(times(instance.runs().begun(orders))).containsExactly("08:30:59");
    assertThat(world.misfires(orders)).isEmpty();
  }

  @Test
  void a_run_of_a_certain_hour_that_nobody_started_is_logged_and_waits_for_the_next_day() {
    JobId orders = world.job("orders", HALF_PAST_EIGHT);
    var first = world.start("a");
    world.pass(Duration.ofMinutes(1));
    first.kill();
    world.beAway(Duration.ofDays(2));
    var instance = world.start("b");

    world.pass(Duration.ofHours(1));

    assertThat(instance.runs().begun(orders))
        .containsExactly(Instant.parse("2026-03-04T08:30:00Z"));
    assertThat(world.misfires(orders))
        .singleElement()
        .asString()
        .contains("was due at 2026-03-02T08:30:00Z", "2 runs were missed", "2026-03-04T08:30:00Z");
  }

  @Test
  void an_interval_that_nobody_was_there_for_is_logged_and_run_once_at_once() {
    JobId orders = world.job("orders", EVERY_FIVE_MINUTES);
    var first = world.start("a");
    world.pass(Duration.ofMinutes(1));
    first.kill();
    world.beAway(Duration.ofMinutes(61));
    var instance = world.start("b");

    world.pass(Duration.ofMinutes(4));

    assertThat(times(instance.runs().begun(orders))).containsExactly("09:02", "09:05");
    assertThat(world.misfires(orders))
        .singleElement()
        .asString()
        .contains("08:05:00Z", "12 runs were missed", "it runs now, once");
    assertThat(world.metrics().events()).containsExactly("orders misfired");
    assertThat(world.metrics().ticks()).isPositive();
    SyncRun line = world.log(orders).get(1);
    assertThat(line.status()).isEqualTo(RunStatus.MISFIRED);
    assertThat(line.completedAt()).contains(line.startedAt());
  }

  @Test
  void what_waits_for_its_turn_too_long_is_logged_once_and_still_gets_it_in_order_of_time() {
    world.limit(1);
    var instance = world.start("a");
    for (String name : List.of("a", "b", "c", "d")) {
      instance.runs().last(world.job(name, HALF_PAST_EIGHT), Duration.ofSeconds(40));
    }

    world.pass(Duration.ofHours(1));

    assertThat(IntStream.range(0, 4).mapToObj(i -> "abcd".substring(i, i + 1)))
        .extracting(name -> times(instance.runs().begun(new JobId(name))).getFirst())
        .containsExactly("08:30", "08:30:40", "08:31:20", "08:32");
    assertThat(world.misfires(new JobId("b"))).isEmpty();
    assertThat(world.misfires(new JobId("c")))
        .singleElement()
        .asString()
        .contains("still waits for its turn", "max_concurrent_runs is 1");
    assertThat(world.misfires(new JobId("d"))).hasSize(1);
  }

  @Test
  void the_sources_connections_limit_scheduled_runs_too_and_runs_that_were_asked_for_count() {
    world.limit(8, 2);
    var instance = world.start("a");
    JobId asked = world.job("asked", new Schedule.Manual());
    for (String name : List.of("a", "b")) {
      instance.runs().last(world.job(name, HALF_PAST_EIGHT), Duration.ofSeconds(40));
    }
    world.pass(Duration.ofMinutes(29));
    instance.runs().last(asked, Duration.ofMinutes(10));
    world.trigger(instance, asked);

    world.pass(Duration.ofMinutes(5));

    assertThat(times(instance.runs().begun(new JobId("a")))).containsExactly("08:30");
    assertThat(times(instance.runs().begun(new JobId("b")))).containsExactly("08:30:40");
  }

  @Test
  void five_hundred_jobs_of_ten_seconds_do_not_starve_one_of_a_minute() {
    var instance = world.start("a");
    JobId rare = world.job("z_rare", every(Duration.ofMinutes(1)));
    List<JobId> often =
        IntStream.range(0, 500)
            .mapToObj(i -> world.job("often_" + i, every(Duration.ofSeconds(10))))
            .toList();

    world.pass(Duration.ofMinutes(10));

    assertThat(instance.runs().begun(rare)).hasSizeBetween(5, 10);
    assertThat(often)
        .allSatisfy(job -> assertThat(instance.runs().begun(job)).hasSizeBetween(7, 12));
  }

  @Test
  void a_broken_clock_that_was_set_right_again_holds_nobody_up() {
    JobId orders = world.job("orders", EVERY_FIVE_MINUTES);
    JobId nightly = world.job("nightly", HALF_PAST_EIGHT);
    var instance = world.start("a");
    world.pass(Duration.ofMinutes(1));
    world.beAway(Duration.ofDays(365));
    world.pass(Duration.ofMinutes(1));
    world.clock().set(Instant.parse("2026-03-02T08:10:00Z"));

    world.pass(Duration.ofMinutes(25));

    assertThat(times(instance.runs().begun(orders)).getLast()).isEqualTo("08:35");
    assertThat(instance.runs().begun(nightly)).last().hasToString("2026-03-02T08:30:00Z");
  }

  private static Schedule every(Duration interval) {
    return new Schedule.Every(interval);
  }

  static List<String> times(List<Instant> instants) {
    return instants.stream()
        .map(at -> at.toString().substring(11).replaceFirst("(:00)?Z$", ""))
        .toList();
  }
}
