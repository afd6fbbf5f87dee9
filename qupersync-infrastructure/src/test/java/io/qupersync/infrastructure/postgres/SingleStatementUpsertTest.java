package io.qupersync.infrastructure.postgres;

import static io.qupersync.application.testkit.Columns.columns;
import static io.qupersync.application.testkit.Columns.row;
import static io.qupersync.application.testkit.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qupersync.application.port.BatchStep;
import io.qupersync.application.port.PermanentFailure;
import io.qupersync.application.testkit.ActiveRun;
import io.qupersync.application.testkit.PackingSide;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.run.RunTally;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.TableRef;
import io.qupersync.infrastructure.fixture.PostgresSide;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Small batches for a target that holds rows already: one statement, and no table besides.
class SingleStatementUpsertTest {

  private static final SyncJob JOB = aJob().build();
  private static final List<Column> SOURCE =
      columns("id", "bigint", "note", "text", "amount", "numeric(10,2)");

  private PostgresSide side;

  @BeforeEach
  void fill() {
    side = PostgresSide.open();
    side.create(JOB.destination().table(), List.of("id"), SOURCE);
    side.execute(
        "insert into analytics.orders values (1, 'same', 1.10), (2, 'old', 2.20), (3, null, null)");
  }

  @AfterEach
  void close() {
    side.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void writes_what_is_new_and_what_differs_and_leaves_the_rest_alone(boolean packed) {
    String before = version(1);
    try (var run = begin(packed)) {
      RunTally tally =
          run.commit(
              row(1L, "same", decimal("1.10")),
              row(2L, "a \"b\" \\ {c},NULL\n\t", decimal("-0.01")),
              row(3L, null, null),
              row(4L, "", null));

      assertThat(tally).isEqualTo(new RunTally(4, 1, 1, 2, 0, 0, 0));
      assertThat(temporaryTables()).isZero();
      assertThat(side.runs().find(run.id()).orElseThrow().tally()).isEqualTo(tally);
    }
    assertThat(side.value("select note || amount from analytics.orders where id = 2"))
        .isEqualTo("a \"b\" \\ {c},NULL\n\t-0.01");
    assertThat(side.value("select note from analytics.orders where id = 4")).isEmpty();
    assertThat(version(1)).isEqualTo(before);
  }

  @Test
  void leaves_the_larger_ones_to_the_stage() {
    Row[] many =
        LongStream.rangeClosed(1, 2001).mapToObj(id -> row(id, "x", null)).toArray(Row[]::new);
    try (var run = begin(false)) {
      assertThat(run.commit(many).extracted()).isEqualTo(2001);
      assertThat(temporaryTables()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void rejects_the_one_row_that_the_target_refuses(boolean packed) {
    side.execute("alter table analytics.orders add check (amount < 100)");
    try (var run = begin(packed)) {
      RunTally tally = run.commit(row(2L, "new", null), row(4L, "x", decimal("100.00")));

      assertThat(tally).isEqualTo(new RunTally(2, 0, 1, 0, 0, 1, 0));
    }
    assertThat(side.deadLetters().count(JOB.id())).isEqualTo(1);
  }

  @Test
  void refuses_what_is_too_long_instead_of_cutting_it() {
    SyncJob job = aJob().named("narrow").into(TableRef.of("analytics", "narrow")).build();
    List<Column> source = columns("id", "bigint", "short", "text", "fixed", "text");
    side.create(job.destination().table(), List.of("id"), source);
    side.execute("insert into analytics.narrow values (0, '', '')");
    try (var run = ActiveRun.begin(side, job, source)) {
      side.execute(
          "alter table analytics.narrow alter short type varchar(3), alter fixed type char(2)");
      run.reload();

      RunTally tally = run.commit(row(1L, "abc ", "x"), row(2L, "abcd", "y"), row(3L, "z", "xyz"));

      assertThat(tally.inserted()).isEqualTo(1);
      assertThat(tally.skipped()).isEqualTo(2);
      assertThat(side.value("select short || fixed || '.' from analytics.narrow where id = 1"))
          .isEqualTo("abcx.");
    }
  }

  @Test
  void writes_nothing_once_another_run_has_taken_over() {
    try (var run = begin(false)) {
      run.loseLease();

      assertThatThrownBy(() -> run.commit(row(2L, "late", null)))
          .isInstanceOf(PermanentFailure.class)
          .hasMessageContaining("another run has taken over");
    }
    assertThat(side.value("select note from analytics.orders where id = 2")).isEqualTo("old");
  }

  @Test
  void writes_a_step_once_however_often_it_is_tried() {
    var step = new BatchStep(5, Optional.empty());
    try (var run = begin(false)) {
      RunTally first = run.commit(step, row(2L, "new", null));

      assertThat(run.commit(step, row(2L, "new", null))).isEqualTo(first);
      assertThat(side.runs().find(run.id()).orElseThrow().tally()).isEqualTo(first);
    }
  }

  @Test
  void is_not_counted_twice_when_it_is_tried_again_while_it_is_under_way() throws Exception {
    var step = new BatchStep(7, Optional.empty());
    try (var run = begin(false);
        Connection blocker = side.connect();
        Statement statement = blocker.createStatement()) {
      blocker.setAutoCommit(false);
      statement.execute("select from quper.sync_logs for update");
      try (var threads = Executors.newVirtualThreadPerTaskExecutor();
          var again = side.target().begin(run.mapping(), run.lease())) {
        var batch = run.shape(row(2L, "new", null));
        Future<RunTally> first = threads.submit(() -> run.load().commit(batch, step));
        awaitWaiting(1);
        Future<RunTally> second = threads.submit(() -> again.commit(batch, step));
        awaitWaiting(2);
        blocker.commit();

        assertThat(second.get()).isEqualTo(first.get());
      }
      assertThat(side.runs().find(run.id()).orElseThrow().tally())
          .isEqualTo(new RunTally(1, 0, 1, 0, 0, 0, 0));
    }
  }

  @Test
  void does_not_hold_the_lease_while_it_waits_for_the_target() throws Exception {
    try (var run = begin(false);
        Connection blocker = side.connect();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      lockTarget(blocker);
      Future<RunTally> waits = threads.submit(() -> run.commit(row(2L, "new", null)));
      awaitWaiting(1);

      // would wait, too, if the lease's row were locked
      side.execute("select from quper.leases for update nowait");
      assertThat(
              side.value(
                  "select count(*) from pg_stat_activity where application_name = 'QuperSync quper run %s: orders'"
                      .formatted(run.id())))
          .isEqualTo("1");

      blocker.commit();
      assertThat(waits.get().updated()).isEqualTo(1);
    }
  }

  @Test
  void writes_nothing_when_the_lease_is_lost_while_it_waits() throws Exception {
    try (var run = begin(false);
        Connection blocker = side.connect();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      lockTarget(blocker);
      Future<RunTally> waits = threads.submit(() -> run.commit(row(2L, "late", null)));
      awaitWaiting(1);
      side.execute("update quper.leases set token = token + 1");
      blocker.commit();

      assertThatThrownBy(waits::get)
          .isInstanceOf(ExecutionException.class)
          .hasRootCauseInstanceOf(PermanentFailure.class);
    }
    assertThat(side.value("select note from analytics.orders where id = 2")).isEqualTo("old");
  }

  private static void lockTarget(Connection blocker) throws SQLException {
    blocker.setAutoCommit(false);
    try (Statement statement = blocker.createStatement()) {
      statement.execute("lock table analytics.orders in access exclusive mode");
    }
  }

  private ActiveRun begin(boolean packed) {
    return ActiveRun.begin(packed ? new PackingSide(side) : side, JOB, SOURCE);
  }

  private static BigDecimal decimal(String text) {
    return new BigDecimal(text);
  }

  /// Another one after each time the row is written.
  private String version(long id) {
    return side.value("select ctid || ' ' || xmax from analytics.orders where id = " + id);
  }

  private long temporaryTables() {
    return Long.parseLong(
        side.value(
            "select count(*) from pg_class where relname like 'qupersync_s%' and relpersistence = 't'"));
  }

  private void awaitWaiting(int sessions) {
    String waiting =
        "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()";
    while (Integer.parseInt(side.value(waiting)) < sessions) {
      Thread.onSpinWait();
    }
  }
}
