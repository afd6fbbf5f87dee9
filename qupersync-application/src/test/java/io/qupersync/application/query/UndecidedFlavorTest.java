package io.qupersync.application.query;

import static io.qupersync.application.testkit.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.domain.job.Flavor;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.domain.job.RetryPolicy;
import io.qupersync.domain.job.Schedule;
import io.qupersync.domain.job.SyncJob;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What is said of a job before it is known which of its two shapes counts.
class UndecidedFlavorTest {

  private static final SyncJob PROVISIONED =
      aJob()
          .watermarkedOn("event_time")
          .timingOutAfter(Duration.ofHours(3))
          .retrying(new RetryPolicy(5, Duration.ZERO, Duration.ZERO))
          .build();
  private static final SyncJob SERVERLESS =
      aJob()
          .watermarkedOn("start_time")
          .timingOutAfter(Duration.ofHours(1))
          .retrying(new RetryPolicy(2, Duration.ZERO, Duration.ZERO))
          .on(new Schedule.Every(Duration.ofHours(1), Duration.ZERO))
          .build();
  private static final JobVariants JOB = new JobVariants(PROVISIONED, SERVERLESS);

  @Test
  void only_what_both_shapes_share_is_said() {
    assertThat(JOB.shared(job -> job.extraction().watermark())).isEmpty();
    assertThat(JOB.shared(job -> job.destination().table())).isPresent();
  }

  @Test
  void the_narrower_limits_hold() {
    assertThat(JOB.timeout()).isEqualTo(Duration.ofHours(1));
    assertThat(JOB.longestTimeout()).isEqualTo(Duration.ofHours(3));
    assertThat(JOB.retry().maxRetries()).isEqualTo(2);
    assertThat(JOB.limitsDependOnFlavor()).isTrue();
  }

  @Test
  void it_does_not_run_by_itself() {
    assertThat(JOB.schedule()).isInstanceOf(Schedule.Manual.class);
  }

  @Test
  void everything_is_said_once_it_is_known() {
    JobVariants settled = JOB.settledOn(Flavor.SERVERLESS);

    assertThat(settled.timeout()).isEqualTo(Duration.ofHours(1));
    assertThat(settled.longestTimeout()).isEqualTo(Duration.ofHours(1));
    assertThat(settled.schedule()).isEqualTo(SERVERLESS.schedule());
    assertThat(settled.shared(job -> job.extraction().watermark())).isPresent();
  }
}
