package io.qupersync.application.schedule;

import static io.qupersync.application.schedule.SchedulerTest.times;
import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.Schedule;
import java.time.Duration;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

/// Jobs that come after others.
class JobDependenciesTest {

  private static final Schedule EVERY_FIVE_MINUTES = new Schedule.Every(Duration.ofMinutes(5));
  private static final Schedule HALF_PAST_EIGHT = new Schedule.Cron("30 8 * * *", ZoneId.of("UTC"));

  private final ScheduledWorld world = new ScheduledWorld();
  private final JobId orders = world.job("orders", EVERY_FIVE_MINUTES);

  @Test
  void without_a_schedule_a_job_runs_each_time_all_it_comes_after_have_ended_well() {
    JobId customers = world.job("customers", new Schedule.Every(Duration.ofMinutes(10)));
    JobId report = world.job("report", new Schedule.Following(), "orders", "customers");
    var a = world.start("a");
    a.runs().last(orders, Duration.ofSeconds(30));
    a.runs().last(customers, Duration.ofSeconds(50));

    world.pass(Duration.ofMinutes(22));

    assertThat(times(a.runs().begun(report))).containsExactly("08:00:50", "08:10:50", "08:20:50");
    assertThat(world.misfires(report)).isEmpty();
  }

  @Test
  void what_follows_a_job_that_failed_waits_until_it_has_ended_well() {
    JobId report = world.job("report", new Schedule.Following(), "orders");
    var a = world.start("a");
    a.runs().fail(orders, "no such view");
    world.pass(Duration.ofMinutes(7));
    assertThat(a.runs().begun(report)).isEmpty();

    a.runs().succeed(orders);
    world.pass(Duration.ofMinutes(5));

    assertThat(times(a.runs().begun(report))).containsExactly("08:10:01");
  }

  @Test
  void jobs_may_follow_each_other_in_a_chain() {
    JobId report = world.job("report", new Schedule.Following(), "orders");
    JobId mail = world.job("mail", new Schedule.Following(), "report");
    var a = world.start("a");
    a.runs().last(report, Duration.ofSeconds(10));

    world.pass(Duration.ofMinutes(4));

    assertThat(times(a.runs().begun(report))).containsExactly("08:00:01");
    assertThat(times(a.runs().begun(mail))).containsExactly("08:00:11");
  }

  @Test
  void with_a_schedule_it_waits_for_what_is_due_or_under_way() {
    JobId report = world.job("report", HALF_PAST_EIGHT, "orders");
    var a = world.start("a");
    a.runs().last(orders, Duration.ofSeconds(100));

    world.pass(Duration.ofMinutes(40));

    assertThat(times(a.runs().begun(report))).containsExactly("08:31:40");
    assertThat(world.misfires(report)).isEmpty();
  }

  @Test
  void a_job_that_hardly_ever_rests_is_not_waited_for_for_ever() {
    JobId report = world.job("report", HALF_PAST_EIGHT, "orders");
    var a = world.start("a");
    a.runs().last(orders, Duration.ofSeconds(301));

    world.pass(Duration.ofMinutes(45));

    assertThat(times(a.runs().begun(report))).hasSize(1);
  }

  @Test
  void with_a_schedule_it_is_left_out_after_a_failure_and_the_run_log_says_why() {
    JobId report = world.job("report", HALF_PAST_EIGHT, "orders");
    var a = world.start("a");
    world.pass(Duration.ofMinutes(20));
    a.runs().fail(orders, "no such view");

    world.pass(Duration.ofMinutes(30));

    assertThat(a.runs().begun(report)).isEmpty();
    assertThat(world.misfires(report))
        .singleElement()
        .asString()
        .contains("comes after 'orders'", "is failed", "2026-03-03T08:30:00Z");
  }

  @Test
  void a_paused_job_is_not_waited_for() {
    JobId report = world.job("report", HALF_PAST_EIGHT, "orders");
    var a = world.start("a");
    world.pass(Duration.ofMinutes(1));
    world.control().pause(orders, "anna");

    world.pass(Duration.ofMinutes(40));

    assertThat(times(a.runs().begun(report))).containsExactly("08:30");
  }
}
