package io.qupersync.infrastructure.redshift;

import static io.qupersync.infrastructure.redshift.Jobs.asking;
import static io.qupersync.infrastructure.redshift.Jobs.reading;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.qupersync.application.port.Rows;
import io.qupersync.application.port.SyncFailure;
import io.qupersync.application.port.TransientFailure;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.table.TableShape;
import io.qupersync.sandbox.relay.ConnectionTeardown;
import io.qupersync.sandbox.relay.Fault;
import io.qupersync.sandbox.relay.Faults;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a reader leaves at the server, and how many readers there are.
@Timeout(120)
final class RedshiftSessionsTest {

  private static final SyncJob JOB = reading("rooms").batchesOf(200).build();

  /// Its rows come in more than one fetch.
  private static final SyncJob WHO =
      asking(
          "select pg_backend_pid() + 0 * n as id from generate_series(1, 2000) n",
          reading("x").batchesOf(100).build());

  private final Faults faults = Source.standIn().faults();
  private final RedshiftRowSource source = Source.rows();

  @BeforeAll
  static void create() {
    Source.execute(
        "create table rooms (id bigint, note varchar(100))",
        "insert into rooms select n, repeat('x', 50) from generate_series(1, 3000) n",
        "grant select on rooms to public");
  }

  @AfterAll
  static void drop() {
    Source.execute("drop table rooms");
  }

  @AfterEach
  void calm() {
    faults.calm();
  }

  @Test
  void an_interrupt_stops_a_query_that_computes() throws InterruptedException {
    SyncJob job = asking("select 1 as id from pg_sleep(100)", JOB);
    TableShape shape = source.shapeOf(job);
    var failure = new AtomicReference<Throwable>();
    Thread reader =
        Thread.ofVirtual()
            .start(() ->
                failure.set(catchThrowable(() -> source.open(job, shape, Window.everything()))));
    awaitSessions("state = 'active' and query like '%pg_sleep(100)%'", 1);

    reader.interrupt();
    reader.join(Duration.ofSeconds(5));

    assertThat(failure.get())
        .isInstanceOf(TransientFailure.class)
        .hasMessageContaining("interrupted");
    awaitSessions("true", 0);
  }

  @Test
  void who_is_interrupted_does_not_begin() {
    Thread.currentThread().interrupt();

    Throwable failure = catchThrowable(() -> source.now());

    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure).isInstanceOf(TransientFailure.class);
  }

  @Test
  void nothing_stays_behind_at_the_server() {
    TableShape shape = source.shapeOf(JOB);
    try (Rows rows = source.open(JOB, shape, Window.everything())) {
      assertThat(rows.next()).isPresent();
      awaitSessions("state = 'idle in transaction'", 1);
    }
    readAll(source, shape);
    source.now();

    awaitSessions("true", 0);
  }

  @ParameterizedTest
  @EnumSource(Transactions.class)
  void nothing_that_a_query_writes_by_a_function_stays(Transactions transactions) {
    Source.execute(
        "create function sneaky() returns bigint language sql as 'insert into rooms values (-1, null) returning id'",
        "grant insert on rooms to public");
    try {
      var reading = Source.rows(Source.settings().with(transactions));
      SyncJob job = asking("select sneaky() as id", JOB);

      assertThat(Source.read(reading, job, Window.everything())).hasSize(1);
      assertThat(Source.ask("select count(*) from rooms where id = -1")).isEqualTo("0");
    } finally {
      Source.execute("drop function sneaky()", "revoke insert on rooms from public");
    }
  }

  @Test
  void a_timeout_of_the_job_ends_its_query_at_the_server() {
    SyncJob job =
        asking(
            "select 1 as id from pg_sleep(100)",
            reading("x").timingOutAfter(Duration.ofSeconds(1)).build());

    assertThatThrownBy(() -> readAll(job))
        .isInstanceOf(SyncFailure.class)
        .hasMessageContaining("statement timeout")
        .extracting(failure -> ((SyncFailure) failure).kind())
        .isEqualTo(FailureKind.SOURCE);
  }

  @Test
  void no_more_connections_are_open_than_allowed() throws InterruptedException {
    var one = Source.rows(Source.settings(Source.login(), only(1), Map.of()));
    TableShape shape = one.shapeOf(JOB);
    var second = new CountDownLatch(1);
    Thread waiting;
    try (Rows first = one.open(JOB, shape, Window.everything())) {
      assertThat(first.next()).isPresent();
      waiting =
          Thread.ofVirtual()
              .start(() -> {
                one.now();
                second.countDown();
              });
      assertThat(second.await(200, TimeUnit.MILLISECONDS)).isFalse();
    }

    waiting.join();
    assertThat(second.getCount()).isZero();
  }

  @Test
  void a_connection_that_failed_makes_room_for_the_next() {
    var one = Source.rows(Source.settings(Source.login(), only(1), Map.of()));
    TableShape shape = source.shapeOf(JOB);
    for (String step : List.of("set timezone", "rooms", "^select 1$")) {
      faults.arm(Fault.cut(ConnectionTeardown.FIN).whileRunning(step).afterBytes(1));
      assertThat(catchThrowable(() -> readAll(one, shape)))
          .as(step)
          .isInstanceOf(TransientFailure.class);
    }
    faults.refuseConnections();
    assertThat(catchThrowable(one::now)).isInstanceOf(TransientFailure.class);
    faults.calm();

    assertThat(one.now()).isNotNull();
  }

  @Test
  void the_next_question_goes_over_the_connection_that_answered_the_last() {
    assertThat(sessionOf(source)).isEqualTo(sessionOf(source));
  }

  @Test
  void a_connection_left_in_the_middle_of_a_result_is_not_used_again() {
    var one = Source.rows();
    TableShape shape = source.shapeOf(WHO);
    long left;
    try (Rows rows = one.open(WHO, shape, Window.everything())) {
      left = (Long) rows.next().orElseThrow().rows().getFirst().cell(0);
    }

    assertThat(sessionOf(one)).isNotEqualTo(left);
  }

  @Test
  void a_kept_connection_that_has_gone_is_replaced_without_a_word() {
    long gone = sessionOf(source);
    Source.ask("select pg_terminate_backend(%d)::text".formatted(gone));

    assertThat(sessionOf(source)).isNotEqualTo(gone);
  }

  @Test
  void a_session_knows_how_far_away_the_server_is() {
    var connections = new RedshiftConnections(Source.settings(), InstantSource.system());
    faults.delayRoundTrips(Duration.ofMillis(50));
    try (RedshiftSession session = connections.open(Duration.ofMinutes(1))) {
      assertThat(session.roundTrip()).isBetween(Duration.ofMillis(50), Duration.ofSeconds(5));
    }
  }

  @Test
  void no_connection_is_kept_after_the_end() {
    var connections = new RedshiftConnections(Source.settings(), InstantSource.system());
    var one = new RedshiftRowSource(connections);
    one.now();
    assertThat(connections.use().idle()).isEqualTo(1);

    connections.close();

    assertThat(connections.use().idle()).isZero();
    one.now();
    assertThat(connections.use().idle()).isZero();
  }

  /// Which session of the server answers.
  private static long sessionOf(RedshiftRowSource source) {
    return (Long) Source.read(source, WHO, Window.everything()).getFirst().cell(0);
  }

  private static RedshiftSettings.Limits only(int connections) {
    Duration patience = Duration.ofSeconds(10);
    return new RedshiftSettings.Limits(connections, patience, patience, patience, 1 << 20, 1 << 20);
  }

  private static int readAll(RedshiftRowSource source, TableShape shape) {
    try (Rows rows = source.open(JOB, shape, Window.everything())) {
      return Source.drain(rows).size();
    }
  }

  private int readAll(SyncJob job) {
    return Source.read(source, job, Window.everything()).size();
  }

  /// Waits in the server, not in this JVM.
  private static void awaitSessions(String condition, int wanted) {
    String sessions =
        "select count(*) from pg_stat_activity where application_name = 'QuperSync' and "
            + condition;
    for (int look = 0; look < 200; look++) {
      if (Source.ask(sessions).equals(Integer.toString(wanted))) {
        return;
      }
      Source.ask("select pg_sleep(0.05)");
    }
    assertThat(Source.ask(sessions)).as(condition).isEqualTo(Integer.toString(wanted));
  }
}
