package io.qupersync.infrastructure.postgres;

import static io.qupersync.application.testkit.Columns.columns;
import static io.qupersync.application.testkit.Columns.row;
import static io.qupersync.application.testkit.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qupersync.application.port.BatchStep;
import io.qupersync.application.port.LeaseStore.Renewal;
import io.qupersync.application.port.TransientFailure;
import io.qupersync.application.testkit.ActiveRun;
import io.qupersync.application.testkit.PackingSide;
import io.qupersync.application.testkit.TargetSide;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.row.ShapedBatch;
import io.qupersync.domain.run.RunTally;
import io.qupersync.domain.table.Column;
import io.qupersync.infrastructure.fixture.PostgresSide;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What loads do to the sessions they use, and to each other.
class SessionsTest {

  private static final SyncJob JOB = aJob().build();
  private static final List<Column> SOURCE = columns("id", "bigint", "note", "text");

  private PostgresSide side;

  @BeforeEach
  void open() {
    side = PostgresSide.open();
  }

  @AfterEach
  void close() {
    side.close();
  }

  @Test
  void a_session_bears_the_name_of_its_run() {
    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      run.commit(row(1L, "a"));
      assertThat(sessionsNamed("QuperSync quper run %s: orders".formatted(run.id()))).isEqualTo(1);
    }
    assertThat(sessionsNamed("QuperSync quper run %")).isZero();
  }

  @Test
  void a_load_that_ends_well_leaves_no_table_and_no_transaction_behind() {
    try (var run = ActiveRun.begin(side, aJob().mirroring().build(), SOURCE)) {
      run.commit(row(1L, "a"));
      assertThat(temporaryTables()).isEqualTo(2);
    }
    assertThat(temporaryTables()).isZero();
    assertThat(openTransactions()).isZero();
  }

  @Test
  void the_next_run_gets_the_session_of_the_one_before() {
    String first = session();
    assertThat(session()).isEqualTo(first);
  }

  private String session() {
    try (var run = ActiveRun.begin(side, aJob().mirroring().build(), SOURCE)) {
      run.commit(row(1L, "a"));
      return side.value("select pid from pg_stat_activity where application_name like '%run%'");
    }
  }

  @Test
  void a_connection_that_is_lost_fails_transiently_and_spends_the_load() {
    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      run.commit(row(1L, "a"));
      end(run);

      assertThatThrownBy(() -> run.commit(row(2L, "b"))).isInstanceOf(TransientFailure.class);
      assertThatThrownBy(() -> run.commit(row(2L, "b"))).isInstanceOf(IllegalStateException.class);

      run.reload();
      assertThat(run.commit(row(2L, "b")).inserted()).isEqualTo(1);
    }
    assertThat(side.deadLetters().count(JOB.id())).isZero();
  }

  @Test
  void closing_a_load_whose_connection_is_lost_does_not_throw() {
    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      end(run);
    }
    assertThat(sessionsNamed("%run%")).isZero();
  }

  @Test
  void a_commit_that_is_under_way_when_it_is_tried_again_is_not_counted_twice() throws Exception {
    try (var run = ActiveRun.begin(side, JOB, SOURCE);
        Connection blocker = side.connect();
        Statement statement = blocker.createStatement()) {
      run.commit(row(1L, "a"));
      var step = new BatchStep(7, Optional.empty());
      ShapedBatch batch = run.shape(row(2L, "b"));
      // holds up both tries at their last statement, as a slow disk would
      blocker.setAutoCommit(false);
      statement.execute("select from quper.sync_logs for update");
      try (var threads = Executors.newVirtualThreadPerTaskExecutor();
          var again = side.target().begin(run.mapping(), run.lease())) {
        Future<RunTally> first = threads.submit(() -> run.load().commit(batch, step));
        awaitWaiting(1);
        Future<RunTally> second = threads.submit(() -> again.commit(batch, step));
        awaitWaiting(2);
        blocker.commit();

        assertThat(second.get()).isEqualTo(first.get());
      }
      assertThat(side.runs().find(run.id()).orElseThrow().tally())
          .isEqualTo(new RunTally(2, 2, 0, 0, 0, 0, 0));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void two_jobs_on_one_table_in_opposite_order_do_not_deadlock(boolean packed) throws Exception {
    TargetSide target = packed ? new PackingSide(side) : side;
    SyncJob other = aJob().named("other").build();
    Row[] rows = LongStream.range(0, 2000).mapToObj(id -> row(id, "x")).toArray(Row[]::new);
    Row[] reversed =
        LongStream.range(0, 2000).mapToObj(id -> row(1999 - id, "y")).toArray(Row[]::new);
    try (var one = ActiveRun.begin(target, JOB, SOURCE);
        var two = ActiveRun.begin(target, other, SOURCE);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var barrier = new CyclicBarrier(2);
      Future<?> first = threads.submit(() -> repeat(one, rows, barrier));
      Future<?> second = threads.submit(() -> repeat(two, reversed, barrier));
      first.get();
      second.get();
    }
    assertThat(
            side.value("select deadlocks from pg_stat_database where datname = current_database()"))
        .isEqualTo("0");
  }

  private static Void repeat(ActiveRun run, Row[] rows, CyclicBarrier barrier) throws Exception {
    for (int i : IntStream.range(0, 10).toArray()) {
      // else the one would wait for ever when the other has failed
      barrier.await(1, TimeUnit.MINUTES);
      String note = "%s %d".formatted(run.id(), i);
      Row[] changed = new Row[rows.length];
      for (int j = 0; j < rows.length; j++) {
        changed[j] = row(rows[j].cell(0), note);
      }
      run.commit(changed);
    }
    return null;
  }

  @Test
  void a_lease_is_renewed_while_runs_hold_every_connection_for_loads() {
    try (var _ = ActiveRun.begin(side, aJob().named("a").build(), SOURCE);
        var _ = ActiveRun.begin(side, aJob().named("b").build(), SOURCE);
        var _ = ActiveRun.begin(side, aJob().named("c").build(), SOURCE);
        var last = ActiveRun.begin(side, aJob().named("d").build(), SOURCE)) {
      assertThat(side.leases().renew(last.lease(), ActiveRun.LEASE_TIME)).isEqualTo(Renewal.HELD);
    }
  }

  @Test
  void a_statement_of_ours_is_read_as_written_whatever_the_server_is_set_to() {
    side.execute("alter database %s set timezone = 'Asia/Tokyo'".formatted(side.name()));
    side.execute("alter database %s set datestyle = 'SQL, DMY'".formatted(side.name()));
    side.execute("alter database %s set intervalstyle = 'iso_8601'".formatted(side.name()));
    side.execute(
        "alter database %s set default_transaction_isolation = 'serializable'"
            .formatted(side.name()));
    List<Column> source = columns("id", "bigint", "at", "timestamptz", "length", "interval");
    var at = java.time.Instant.parse("2026-03-02T08:00:00Z");
    try (var run = ActiveRun.begin(side, JOB, source)) {
      run.commit(row(1L, at, "1 day"));
      Row key = run.mapping().keyOf(run.shape(row(1L, at, null)).rows().getFirst());

      Row found = new PostgresTargetReader(side.database()).find(run.mapping(), key).orElseThrow();

      assertThat(found.cell(1)).isEqualTo(at);
      assertThat(found.cell(2)).isEqualTo("1 day");
    }
  }

  private void end(ActiveRun run) {
    side.execute(
        "select pg_terminate_backend(pid, 5000) from pg_stat_activity where application_name like '%% run %s:%%'"
            .formatted(run.id()));
  }

  private long sessionsNamed(String pattern) {
    return count("pg_stat_activity where application_name like '%s'".formatted(pattern));
  }

  private long temporaryTables() {
    return count("pg_class where relname like 'qupersync_s%' and relpersistence = 't'");
  }

  private long openTransactions() {
    return count("pg_stat_activity where datname = current_database() and state like 'idle in%'");
  }

  private long count(String from) {
    return Long.parseLong(side.value("select count(*) from " + from));
  }

  private void awaitWaiting(int sessions) {
    while (count("pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()")
        < sessions) {
      Thread.onSpinWait();
    }
  }
}
