package io.qupersync.application.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.application.port.LeaseStore.Attempt;
import io.qupersync.application.port.RunLog;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.RunStatus;
import io.qupersync.domain.run.RunTally;
import io.qupersync.domain.run.SyncRun;
import io.qupersync.domain.run.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [RunLog] promises.
public abstract class RunLogContract {

  private static final JobId ORDERS = new JobId("orders");
  private static final JobId CUSTOMERS = new JobId("customers");
  private static final Instant STARTED = Instant.parse("2026-03-02T08:00:00.123456Z");
  private static final Duration LEASE_TIME = Duration.ofMinutes(1);
  private static final Instant ENDED = Instant.parse("2026-03-02T08:00:31.654321Z");

  private TargetSide side;
  private RunLog log;

  protected abstract TargetSide open();

  @BeforeEach
  void begin() {
    side = open();
    log = side.runs();
  }

  @AfterEach
  void end() {
    side.close();
  }

  @Test
  void gives_each_run_a_higher_number() {
    long first = log.nextId().value();
    long second = log.nextId().value();

    assertThat(second).isGreaterThan(first);
  }

  @Test
  void knows_nothing_of_a_run_that_did_not_start() {
    assertThat(log.find(log.nextId())).isEmpty();
  }

  @Test
  void finds_a_run_that_is_under_way_as_it_started() {
    SyncRun run = started(ORDERS);

    assertThat(log.find(run.id())).contains(run);
  }

  @Test
  void a_run_starts_once() {
    SyncRun run = started(ORDERS);
    log.attempt(run.id(), 2);

    log.started(run);

    assertThat(log.find(run.id())).map(SyncRun::attempts).contains(2);
  }

  @Test
  void records_that_a_run_began_to_read_again() {
    SyncRun run = started(ORDERS);

    log.attempt(run.id(), 3);

    assertThat(log.find(run.id())).map(SyncRun::attempts).contains(3);
    assertThat(log.find(run.id())).map(SyncRun::status).contains(RunStatus.RUNNING);
  }

  @Test
  void records_how_a_run_ended() {
    SyncRun succeeded = ended(started(ORDERS), RunStatus.SUCCESS, Optional.empty());
    log.finished(succeeded);
    SyncRun failed = ended(started(ORDERS), RunStatus.FAILED, Optional.of("the source went away"));
    log.finished(failed);

    assertThat(log.find(succeeded.id())).contains(succeeded);
    assertThat(log.find(failed.id())).contains(failed);
  }

  @Test
  void a_run_that_ends_holds_its_lease_no_more() {
    SyncRun run = started(ORDERS);
    take(run.id());

    log.finished(ended(run, RunStatus.SUCCESS, Optional.empty()));

    assertThat(take(log.nextId())).isInstanceOf(Attempt.Granted.class);
  }

  @Test
  void a_run_that_ends_leaves_the_lease_to_the_one_that_took_over() {
    SyncRun run = started(ORDERS);
    take(run.id());
    side.elapse(LEASE_TIME.plusSeconds(1));
    take(log.nextId());

    log.finished(ended(run, RunStatus.FAILED, Optional.of("lost its lease")));

    assertThat(take(log.nextId())).isInstanceOf(Attempt.Held.class);
  }

  private Attempt take(RunId run) {
    return side.leases().acquire(ORDERS, run, "test", LEASE_TIME);
  }

  @Test
  void a_run_ends_once() {
    SyncRun run = started(ORDERS);
    SyncRun cancelled = ended(run, RunStatus.CANCELLED, Optional.empty());
    log.finished(cancelled);

    log.finished(ended(run, RunStatus.SUCCESS, Optional.empty()));
    started(ORDERS);

    assertThat(log.find(run.id())).contains(cancelled);
  }

  @Test
  void a_run_that_starts_marks_those_before_it_as_abandoned() {
    SyncRun run = started(ORDERS);
    SyncRun other = started(CUSTOMERS);

    SyncRun next = started(ORDERS);

    assertThat(log.find(run.id())).map(SyncRun::status).contains(RunStatus.ABANDONED);
    assertThat(log.find(run.id())).flatMap(SyncRun::completedAt).isPresent();
    assertThat(log.find(other.id())).map(SyncRun::status).contains(RunStatus.RUNNING);
    assertThat(log.find(next.id())).map(SyncRun::status).contains(RunStatus.RUNNING);
  }

  @Test
  void a_run_that_starts_late_leaves_those_after_it_alone() {
    RunId late = log.nextId();
    SyncRun run = started(ORDERS);

    log.started(SyncRun.starting(late, ORDERS, Trigger.CLI, STARTED, Optional.empty()));

    assertThat(log.find(run.id())).map(SyncRun::status).contains(RunStatus.RUNNING);
  }

  @Test
  void a_run_that_was_abandoned_has_ended() {
    SyncRun run = started(ORDERS);
    started(ORDERS);

    log.finished(ended(run, RunStatus.SUCCESS, Optional.empty()));

    assertThat(log.find(run.id())).map(SyncRun::status).contains(RunStatus.ABANDONED);
  }

  @Test
  void records_a_run_that_never_began() {
    SyncRun missed = neverBegan(ORDERS);

    log.neverBegan(missed);

    assertThat(log.find(missed.id())).contains(missed);
    assertThat(ids(ofStatus(RunStatus.MISFIRED))).containsExactly(missed.id());
  }

  @Test
  void forgets_what_ended_long_ago_but_never_a_jobs_latest_run_nor_its_latest_success() {
    SyncRun old = finished(started(ORDERS), RunStatus.SUCCESS);
    SyncRun lastSuccess = finished(started(ORDERS), RunStatus.SUCCESS);
    SyncRun oldFailure = finished(started(ORDERS), RunStatus.FAILED);
    SyncRun last = finished(started(ORDERS), RunStatus.FAILED);
    SyncRun missed = neverBegan(ORDERS);
    log.neverBegan(missed);
    SyncRun only = finished(started(CUSTOMERS), RunStatus.SUCCESS);

    assertThat(log.deleteOlderThan(ENDED)).isZero();
    assertThat(log.deleteOlderThan(ENDED.plusSeconds(1))).isEqualTo(3);

    assertThat(ids(all(10))).doesNotContain(old.id(), oldFailure.id(), missed.id());
    assertThat(ids(all(10))).contains(lastSuccess.id(), last.id(), only.id());
  }

  @Test
  void forgets_no_run_that_is_under_way() {
    RunId running = log.nextId();
    SyncRun later = finished(started(ORDERS), RunStatus.SUCCESS);
    log.started(SyncRun.starting(running, ORDERS, Trigger.CLI, STARTED, Optional.empty()));

    log.deleteOlderThan(ENDED.plusSeconds(1));

    assertThat(ids(all(10))).containsExactly(later.id(), running);
  }

  private SyncRun finished(SyncRun run, RunStatus status) {
    SyncRun ended = ended(run, status, Optional.empty());
    log.finished(ended);
    return ended;
  }

  private SyncRun neverBegan(JobId job) {
    return new SyncRun(
        log.nextId(),
        job,
        Trigger.SCHEDULE,
        RunStatus.MISFIRED,
        ENDED,
        Optional.of(ENDED),
        RunTally.zero(),
        1,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of("was due at 2026-03-02 07:00:00Z"));
  }

  @Test
  void lists_the_latest_runs_first() {
    SyncRun first = started(ORDERS);
    SyncRun second = started(CUSTOMERS);
    SyncRun third = started(ORDERS);

    assertThat(ids(all(10))).containsExactly(third.id(), second.id(), first.id());
    assertThat(ids(all(2))).containsExactly(third.id(), second.id());
  }

  @Test
  void lists_the_runs_of_one_job() {
    SyncRun first = started(ORDERS);
    started(CUSTOMERS);
    SyncRun third = started(ORDERS);

    assertThat(ids(new RunLog.Filter(Optional.of(ORDERS), Optional.empty(), Optional.empty(), 10)))
        .containsExactly(third.id(), first.id());
  }

  @Test
  void lists_the_runs_of_one_status() {
    SyncRun failed = ended(started(ORDERS), RunStatus.FAILED, Optional.of("it rained"));
    log.finished(failed);
    SyncRun running = started(ORDERS);

    assertThat(ids(ofStatus(RunStatus.FAILED))).containsExactly(failed.id());
    assertThat(ids(ofStatus(RunStatus.RUNNING))).containsExactly(running.id());
    assertThat(ids(ofStatus(RunStatus.SUCCESS))).isEmpty();
  }

  @Test
  void lists_the_runs_before_a_number() {
    SyncRun first = started(ORDERS);
    SyncRun second = started(ORDERS);
    SyncRun third = started(ORDERS);

    assertThat(ids(before(third.id()))).containsExactly(second.id(), first.id());
    assertThat(ids(before(first.id()))).isEmpty();
  }

  private SyncRun started(JobId job) {
    SyncRun run =
        SyncRun.starting(
            log.nextId(),
            job,
            Trigger.SCHEDULE,
            STARTED,
            Optional.of("2026-03-01 23:59:59.999999"));
    log.started(run);
    return run;
  }

  private static SyncRun ended(SyncRun run, RunStatus status, Optional<String> error) {
    return new SyncRun(
        run.id(),
        run.job(),
        run.trigger(),
        status,
        run.startedAt(),
        Optional.of(ENDED),
        new RunTally(100, 40, 30, 20, 5, 7, 3),
        2,
        run.watermarkFrom(),
        Optional.of("2026-03-02 07:59:58.000001"),
        error,
        Optional.of("12 rows have a NULL watermark"));
  }

  private static RunLog.Filter all(int limit) {
    return new RunLog.Filter(Optional.empty(), Optional.empty(), Optional.empty(), limit);
  }

  private static RunLog.Filter ofStatus(RunStatus status) {
    return new RunLog.Filter(Optional.of(ORDERS), Optional.of(status), Optional.empty(), 10);
  }

  private static RunLog.Filter before(RunId run) {
    return new RunLog.Filter(Optional.of(ORDERS), Optional.empty(), Optional.of(run), 10);
  }

  private List<RunId> ids(RunLog.Filter filter) {
    return log.list(filter).stream().map(SyncRun::id).toList();
  }
}
