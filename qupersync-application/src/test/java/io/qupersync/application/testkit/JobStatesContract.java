package io.qupersync.application.testkit;

import static io.qupersync.application.testkit.Columns.columns;
import static io.qupersync.application.testkit.Columns.row;
import static io.qupersync.application.testkit.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.application.port.JobStates.JobState;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.RunStatus;
import io.qupersync.domain.run.RunTally;
import io.qupersync.domain.run.SyncRun;
import io.qupersync.domain.run.Trigger;
import io.qupersync.domain.table.Column;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [io.qupersync.application.port.JobStates] promises.
public abstract class JobStatesContract {

  private static final SyncJob JOB = aJob().requiring("name").build();
  private static final JobId ORDERS = JOB.id();
  private static final JobId CUSTOMERS = new JobId("customers");
  private static final Instant AT = Instant.parse("2026-03-02T08:00:00Z");
  private static final List<Column> SOURCE = columns("id", "bigint", "name", "text");

  private TargetSide side;

  protected abstract TargetSide open();

  @BeforeEach
  void begin() {
    side = open();
  }

  @AfterEach
  void end() {
    side.close();
  }

  @Test
  void of_a_job_that_never_ran_nothing_is_known() {
    assertThat(standings()).containsOnly(Map.entry(ORDERS, JobState.unknown()), none());
  }

  private static Map.Entry<JobId, JobState> none() {
    return Map.entry(CUSTOMERS, JobState.unknown());
  }

  @Test
  void tells_how_far_each_job_has_come() {
    Watermark seven = Watermark.of(new WatermarkValue.Numeric(BigDecimal.valueOf(7)));
    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      side.progress().advance(run.lease(), Optional.of(seven), AT);
    }

    assertThat(standings().get(ORDERS).progress()).isEqualTo(side.progress().load(ORDERS));
    assertThat(standings()).contains(none());
  }

  @Test
  void tells_the_last_run_that_decided_something() {
    ended(ORDERS, RunStatus.SUCCESS);
    SyncRun failed = ended(ORDERS, RunStatus.FAILED);
    ended(ORDERS, RunStatus.CANCELLED);
    started(ORDERS);
    SyncRun other = ended(CUSTOMERS, RunStatus.SUCCESS);

    Map<JobId, JobState> standings = standings();

    assertThat(standings.get(ORDERS).decided().map(SyncRun::id)).contains(failed.id());
    assertThat(standings.get(ORDERS).decided()).isEqualTo(side.runs().find(failed.id()));
    assertThat(standings.get(CUSTOMERS).decided().map(SyncRun::id)).contains(other.id());
  }

  @Test
  void tells_the_last_run_however_it_stands() {
    ended(ORDERS, RunStatus.SUCCESS);
    SyncRun running = started(ORDERS);
    SyncRun cancelled = ended(CUSTOMERS, RunStatus.CANCELLED);

    Map<JobId, JobState> standings = standings();

    assertThat(standings.get(ORDERS).latest()).isEqualTo(side.runs().find(running.id()));
    assertThat(standings.get(CUSTOMERS).latest().map(SyncRun::id)).contains(cancelled.id());
  }

  @Test
  void a_run_that_only_just_began_decides_nothing() {
    started(ORDERS);

    assertThat(standings().get(ORDERS).decided()).isEmpty();
  }

  @Test
  void counts_the_rejected_rows_that_wait() {
    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      run.commit(row(1L, null), row(2L, null));
    }

    assertThat(standings().get(ORDERS).deadLetters()).isEqualTo(2);
    assertThat(standings().get(CUSTOMERS).deadLetters()).isZero();
  }

  private Map<JobId, JobState> standings() {
    return side.standings().of(List.of(ORDERS, CUSTOMERS));
  }

  private SyncRun started(JobId job) {
    RunId id = side.runs().nextId();
    SyncRun run = SyncRun.starting(id, job, Trigger.SCHEDULE, AT, Optional.empty());
    side.runs().started(run);
    return run;
  }

  private SyncRun ended(JobId job, RunStatus status) {
    SyncRun run = started(job);
    var end =
        new SyncRun(
            run.id(),
            job,
            run.trigger(),
            status,
            AT,
            Optional.of(AT.plusSeconds(3)),
            RunTally.zero(),
            1,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    side.runs().finished(end);
    return end;
  }
}
