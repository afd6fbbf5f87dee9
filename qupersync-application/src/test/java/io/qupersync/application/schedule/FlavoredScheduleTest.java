package io.qupersync.application.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.domain.job.Flavor;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.Schedule;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// A job may run at other times on a cluster than on Redshift Serverless.
class FlavoredScheduleTest {

  private static final Schedule EVERY_HOUR = new Schedule.Every(Duration.ofHours(1));
  private static final Schedule EVERY_TEN_MINUTES = new Schedule.Every(Duration.ofMinutes(10));

  private final ScheduledWorld world = new ScheduledWorld();
  private final JobId orders = world.flavoredJob("orders", EVERY_HOUR, EVERY_TEN_MINUTES);
  private final JobId other = world.job("other", EVERY_HOUR);
  private final ScheduledWorld.Instance instance = world.start("a");

  @Test
  void runs_by_the_schedule_of_the_redshift_there_is() {
    world.jobs().settleOn(Flavor.SERVERLESS);

    world.pass(Duration.ofMinutes(25));

    assertThat(instance.runs().begun(orders)).hasSize(3);
  }

  @Test
  void on_a_cluster_the_schedule_for_clusters_counts() {
    world.jobs().settleOn(Flavor.PROVISIONED);

    world.pass(Duration.ofMinutes(25));

    assertThat(instance.runs().begun(orders)).hasSize(1);
  }

  @Test
  void nothing_is_guessed_before_it_is_known_and_nobody_else_waits() {
    world.pass(Duration.ofMinutes(25));
    assertThat(instance.runs().begun(orders)).isEmpty();
    assertThat(instance.runs().begun(other)).hasSize(1);

    world.jobs().settleOn(Flavor.SERVERLESS);
    world.pass(Duration.ofMinutes(25));

    assertThat(instance.runs().begun(orders)).hasSize(3);
    assertThat(world.misfires(orders)).isEmpty();
  }

  @Test
  void what_someone_decided_counts_whatever_redshift_there_is() {
    world.pass(Duration.ofSeconds(1));
    world.control().changeSchedule(orders, EVERY_TEN_MINUTES, "ops");

    world.pass(Duration.ofMinutes(25));

    assertThat(instance.runs().begun(orders)).hasSize(3);
  }

  @Test
  void what_is_known_outlives_a_new_file() {
    world.jobs().settleOn(Flavor.SERVERLESS);
    world.flavoredJob("orders", EVERY_HOUR, new Schedule.Every(Duration.ofMinutes(5)));

    world.pass(Duration.ofMinutes(21));

    assertThat(instance.runs().begun(orders)).hasSize(5);
  }
}
