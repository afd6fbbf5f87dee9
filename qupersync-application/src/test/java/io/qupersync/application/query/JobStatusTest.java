package io.qupersync.application.query;

import static io.qupersync.application.testkit.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.domain.job.JobVariants;
import io.qupersync.domain.job.ManualOverride;
import io.qupersync.domain.job.Schedule;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.progress.JobProgress;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.RunStatus;
import io.qupersync.domain.run.RunTally;
import io.qupersync.domain.run.SyncRun;
import io.qupersync.domain.run.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class JobStatusTest {

  private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");
  private static final SyncJob JOB = aJob().build();
  private static final Optional<Instant> SOON = Optional.of(NOW.plusSeconds(60));

  private static SyncRun run(long id, RunStatus status) {
    SyncRun begun =
        SyncRun.starting(
            new RunId(id),
            JOB.id(),
            Trigger.SCHEDULE,
            NOW.minusSeconds(600 - id),
            Optional.empty());
    return status == RunStatus.RUNNING
        ? begun
        : new SyncRun(
            begun.id(),
            begun.job(),
            begun.trigger(),
            status,
            begun.startedAt(),
            Optional.of(NOW),
            RunTally.zero(),
            1,
            Optional.empty(),
            Optional.empty(),
            status == RunStatus.FAILED ? Optional.of("no such view") : Optional.empty());
  }

  private static ScheduleStatus scheduled(Optional<Instant> next, Optional<Long> holder) {
    return new ScheduleStatus(
        new Schedule.Every(Duration.ofMinutes(5)),
        Optional.empty(),
        Optional.empty(),
        next,
        holder.map(RunId::new));
  }

  private static ScheduleStatus paused() {
    return new ScheduleStatus(
        new Schedule.Every(Duration.ofMinutes(5)),
        Optional.empty(),
        Optional.of(new ManualOverride("ops", NOW)),
        Optional.empty(),
        Optional.empty());
  }

  private static JobStatus status(SyncRun last, SyncRun decided, ScheduleStatus schedule) {
    return new JobStatus(
        JobVariants.same(JOB),
        JobProgress.none(),
        Optional.of(last),
        Optional.of(decided),
        0,
        schedule);
  }

  private static JobStatus status(SyncRun last, ScheduleStatus schedule) {
    return status(last, last, schedule);
  }

  @Test
  void a_job_under_way_that_did_not_fail_before_is_running() {
    JobStatus status =
        status(
            run(2, RunStatus.RUNNING),
            run(1, RunStatus.SUCCESS),
            scheduled(Optional.empty(), Optional.of(2L)));
    assertThat(status.health(NOW)).isEqualTo(JobHealth.RUNNING);
    assertThat(status.running()).isPresent();
  }

  @ParameterizedTest
  @EnumSource(
      value = RunStatus.class,
      names = {"RUNNING", "CANCELLED", "MISFIRED"})
  void a_job_that_failed_is_failing_until_a_run_ends_well(RunStatus since) {
    JobStatus status =
        status(run(2, since), run(1, RunStatus.FAILED), scheduled(SOON, Optional.of(2L)));
    assertThat(status.health(NOW)).isEqualTo(JobHealth.FAILING);
    assertThat(status.reason(NOW)).contains("no such view");
    assertThat(status(run(3, RunStatus.SUCCESS), scheduled(SOON, Optional.empty())).health(NOW))
        .isEqualTo(JobHealth.OK);
  }

  @Test
  void a_job_whose_last_run_rejected_rows_is_not_well() {
    SyncRun run = rejecting(240, 2000);
    JobStatus status = status(run, scheduled(SOON, Optional.empty()));
    assertThat(status.health(NOW)).isEqualTo(JobHealth.INCOMPLETE);
    assertThat(status.reason(NOW))
        .contains("run 1 rejected 240 of 2,000 rows, which are not in the target");
    assertThat(status(rejecting(0, 2000), scheduled(SOON, Optional.empty())).health(NOW))
        .isEqualTo(JobHealth.OK);
  }

  private static final Instant TIME_OF_QUIET = Instant.parse("2023-01-01T00:00:00Z");

  private static JobStatus behind(Watermark watermark, SyncRun run) {
    return new JobStatus(
        JobVariants.same(JOB),
        new JobProgress(
            Optional.of(watermark), Optional.empty(), Optional.empty(), Optional.empty()),
        Optional.of(run),
        Optional.of(run),
        0,
        scheduled(SOON, Optional.empty()));
  }

  private static SyncRun rejecting(long skipped, long extracted) {
    SyncRun run = run(1, RunStatus.SUCCESS);
    return new SyncRun(
        run.id(),
        run.job(),
        run.trigger(),
        run.status(),
        run.startedAt(),
        run.completedAt(),
        new RunTally(extracted, extracted - skipped, 0, 0, 0, skipped, 0),
        1,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void a_quiet_source_leaves_nobody_behind() {
    SyncRun run = run(1, RunStatus.SUCCESS);
    var quiet = Watermark.of(new WatermarkValue.TimestampTz(TIME_OF_QUIET));
    assertThat(behind(quiet, run).lag(NOW))
        .as("all there was when the run began has been copied")
        .contains(Duration.between(run.startedAt(), NOW));
    SyncRun failed = run(2, RunStatus.FAILED);
    assertThat(behind(quiet, failed).lag(NOW))
        .as("a run that failed has copied nothing")
        .contains(Duration.between(TIME_OF_QUIET, NOW));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cannot read job 'orders': Redshift at r:5439/dev accepts no connection; check it | Redshift at r:5439/dev accepts no connection; check it",
        "cannot connect: host 'r' is unknown; check source.host | host 'r' is unknown; check source.host",
        "more rows were rejected than max_rejected: 101 | more rows were rejected than max_rejected: 101"
      })
  void the_cause_is_the_reason_without_the_step_that_failed(String error, String cause) {
    SyncRun run = run(1, RunStatus.FAILED);
    var told =
        new SyncRun(
            run.id(),
            run.job(),
            run.trigger(),
            run.status(),
            run.startedAt(),
            run.completedAt(),
            run.tally(),
            1,
            Optional.empty(),
            Optional.empty(),
            Optional.of(error));
    JobStatus status = status(told, scheduled(SOON, Optional.empty()));
    assertThat(status.reason(NOW)).contains(error);
    assertThat(status.cause(NOW)).contains(cause);
  }

  @Test
  void a_run_that_died_is_a_failure() {
    JobStatus status =
        status(
            run(2, RunStatus.ABANDONED),
            run(1, RunStatus.SUCCESS),
            scheduled(SOON, Optional.empty()));
    assertThat(status.health(NOW)).isEqualTo(JobHealth.FAILING);
  }

  @Test
  void a_paused_job_needs_nobody_although_it_failed() {
    JobStatus status = status(run(1, RunStatus.FAILED), paused());
    assertThat(status.health(NOW)).isEqualTo(JobHealth.PAUSED);
    assertThat(status.reason(NOW)).hasValueSatisfying(why -> assertThat(why).contains("ops"));
  }

  @Test
  void a_run_whose_end_is_written_is_over_although_it_still_holds_the_job() {
    JobStatus status = status(run(1, RunStatus.SUCCESS), scheduled(SOON, Optional.of(1L)));
    assertThat(status.running()).isEmpty();
    assertThat(status.health(NOW)).isEqualTo(JobHealth.OK);
  }

  @Test
  void a_run_that_holds_the_job_no_more_is_not_under_way() {
    JobStatus status =
        status(
            run(2, RunStatus.RUNNING),
            run(1, RunStatus.SUCCESS),
            scheduled(SOON, Optional.empty()));
    assertThat(status.running()).isEmpty();
  }

  @Test
  void a_job_whose_run_has_not_begun_a_minute_after_its_time_is_late_and_says_since_when() {
    Optional<Instant> due = Optional.of(NOW.minusSeconds(61));
    JobStatus status = status(run(1, RunStatus.SUCCESS), scheduled(due, Optional.empty()));
    assertThat(status.health(NOW)).isEqualTo(JobHealth.LATE);
    assertThat(status.reason(NOW))
        .contains("its run was due at 2026-03-02T07:58:59Z and has not begun");
    assertThat(status.health(NOW.minusSeconds(2))).isEqualTo(JobHealth.OK);
  }

  @Test
  void a_job_that_never_ran_is_late_too_once_its_time_has_passed() {
    assertThat(neverRan(NOW.minusSeconds(61)).health(NOW)).isEqualTo(JobHealth.LATE);
    assertThat(neverRan(NOW).health(NOW)).isEqualTo(JobHealth.NEVER_RAN);
  }

  private static JobStatus neverRan(Instant due) {
    return new JobStatus(
        JobVariants.same(JOB),
        JobProgress.none(),
        Optional.empty(),
        Optional.empty(),
        0,
        scheduled(Optional.of(due), Optional.empty()));
  }
}
