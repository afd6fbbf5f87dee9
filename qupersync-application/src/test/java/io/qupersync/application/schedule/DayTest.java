package io.qupersync.application.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.Schedule;
import io.qupersync.domain.run.RunStatus;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A whole day of two instances, with moved time.
class DayTest {

  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration STRIDE = Duration.ofSeconds(5);

  private final ScheduledWorld world = new ScheduledWorld();

  @Test
  void a_day_of_fifty_jobs_runs_every_one_as_often_as_it_should_and_leaves_nothing_behind() {
    List<JobId> jobs = new ArrayList<>();
    for (int i = 0; i < 48; i++) {
      Duration jitter = Duration.ofSeconds(i % 3 * 10L);
      jobs.add(world.job("job_" + i, new Schedule.Every(Duration.ofMinutes(30), jitter)));
    }
    JobId nightly = world.job("nightly", new Schedule.Cron("0 2 * * *", ZoneId.of("UTC")));
    JobId report = world.job("report", new Schedule.Following(), "nightly");
    var a = world.start("a");
    var b = world.start("b");
    jobs.forEach(job -> {
      a.runs().last(job, Duration.ofSeconds(10));
      b.runs().last(job, Duration.ofSeconds(10));
    });

    world.passInStrides(DAY.minus(Duration.ofMinutes(5)), STRIDE);

    assertThat(jobs)
        .allSatisfy(job -> {
          assertThat(begun(a, b, job)).isEqualTo(48);
          assertThat(world.log(job))
              .allSatisfy(run -> assertThat(run.status()).isEqualTo(RunStatus.SUCCESS));
        });
    assertThat(begun(a, b, nightly)).isEqualTo(1);
    assertThat(begun(a, b, report)).isEqualTo(1);
    assertThat(a.scheduler().underWay() + b.scheduler().underWay()).isZero();
    assertThat(a.scheduler().waiting() + b.scheduler().waiting()).isZero();
    assertThat(world.database().schedules().look().jobs()).hasSize(50);
    world.database().runs().deleteOlderThan(world.clock().instant());
    assertThat(jobs).allSatisfy(job -> assertThat(world.log(job)).hasSize(1));
  }

  private static int begun(ScheduledWorld.Instance a, ScheduledWorld.Instance b, JobId job) {
    return a.runs().begun(job).size() + b.runs().begun(job).size();
  }
}
