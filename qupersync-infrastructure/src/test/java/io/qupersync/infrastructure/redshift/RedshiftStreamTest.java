package io.qupersync.infrastructure.redshift;

import static io.qupersync.infrastructure.redshift.Jobs.asking;
import static io.qupersync.infrastructure.redshift.Jobs.reading;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.qupersync.application.port.PermanentFailure;
import io.qupersync.application.port.Rows;
import io.qupersync.application.port.TransientFailure;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.table.TableShape;
import io.qupersync.sandbox.relay.ConnectionTeardown;
import io.qupersync.sandbox.relay.Fault;
import io.qupersync.sandbox.relay.Faults;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A stream is read to its proven end, or it fails.
@Timeout(120)
final class RedshiftStreamTest {

  private static final int ROWS = 3000;
  private static final SyncJob JOB = reading("streamed").batchesOf(200).build();

  private final Faults faults = Source.standIn().faults();
  private final RedshiftRowSource source = Source.rows();

  @BeforeAll
  static void create() {
    Source.execute(
        "create table streamed (id bigint, note varchar(100))",
        "insert into streamed select n, repeat('x', 50) from generate_series(1, %d) n"
            .formatted(ROWS),
        "grant select on streamed to public");
  }

  @AfterAll
  static void drop() {
    Source.execute("drop table streamed");
  }

  @AfterEach
  void calm() {
    faults.calm();
  }

  @Test
  void a_stream_cut_at_any_byte_never_looks_complete() {
    TableShape shape = source.shapeOf(JOB);
    var random = new Random(20_260_302);
    for (int cut = 0; cut < 200; cut++) {
      ConnectionTeardown connectionTeardown =
          random.nextBoolean() ? ConnectionTeardown.FIN : ConnectionTeardown.RST;
      long bytes = 1L + random.nextInt(ROWS * 60);
      faults.arm(Fault.cut(connectionTeardown).afterBytes(bytes).whileRunning("streamed"));

      assertThat(catchThrowable(() -> readAll(shape)))
          .as("cut %d: %s after %d bytes", cut, connectionTeardown, bytes)
          .isInstanceOf(TransientFailure.class);
      faults.calm();
    }
  }

  @Test
  void an_end_that_cannot_be_proven_is_no_end() {
    TableShape shape = source.shapeOf(JOB);
    faults.arm(Fault.cut(ConnectionTeardown.FIN).whileRunning("^select 1$").afterBytes(1));

    assertThatThrownBy(() -> readAll(shape))
        .isInstanceOf(TransientFailure.class)
        .hasMessageStartingWith(
            "cannot read job 'orders': the connection to Redshift at localhost");
    assertThat(readAll(shape)).isEqualTo(ROWS);
  }

  @Test
  void a_cursor_the_server_has_forgotten_is_done_without() {
    TableShape shape = source.shapeOf(JOB);
    faults.arm(Fault.lostPortal());

    assertThat(readAll(shape)).isEqualTo(ROWS);
  }

  @Test
  void an_error_in_mid_stream_is_told() {
    SyncJob job = asking("select id, 10 / (2500 - id) as q from streamed", JOB);

    assertThatThrownBy(() -> readAll(job))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("division by zero");
  }

  @Test
  void a_server_that_says_no_more_is_given_up() {
    var impatient =
        new RedshiftSettings.Limits(
            4,
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            1 << 20,
            1 << 20);
    var hasty = Source.rows(Source.settings(Source.login(), impatient, Map.of()));
    TableShape shape = hasty.shapeOf(JOB);
    faults.arm(Fault.stall().afterRows(700).whileRunning("streamed"));

    assertThatThrownBy(() -> readAll(hasty, shape))
        .isInstanceOf(TransientFailure.class)
        .hasMessageContaining("gave no answer in time");
  }

  @Test
  void an_interrupt_ends_a_read_that_waits() throws InterruptedException {
    TableShape shape = source.shapeOf(JOB);
    faults.arm(Fault.stall().afterRows(700).whileRunning("streamed"));
    var failure = new AtomicReference<Throwable>();
    var halfway = new CountDownLatch(1);
    Thread reader =
        Thread.ofVirtual()
            .start(() ->
                failure.set(
                    catchThrowable(() -> {
                      try (Rows rows = source.open(JOB, shape, Window.everything())) {
                        rows.next();
                        halfway.countDown();
                        Source.drain(rows);
                      }
                    })));
    halfway.await();

    reader.interrupt();
    reader.join(Duration.ofSeconds(5));

    assertThat(reader.isAlive()).isFalse();
    assertThat(failure.get())
        .isInstanceOf(TransientFailure.class)
        .hasMessageContaining("interrupted");
  }

  @Test
  void asking_for_more_after_the_end_gives_nothing() {
    try (Rows rows = source.open(JOB, source.shapeOf(JOB), Window.everything())) {
      Source.drain(rows);

      assertThat(rows.next()).isEmpty();
    }
  }

  private int readAll(TableShape shape) {
    return readAll(source, shape);
  }

  private static int readAll(RedshiftRowSource source, TableShape shape) {
    try (Rows rows = source.open(JOB, shape, Window.everything())) {
      return Source.drain(rows).size();
    }
  }

  private int readAll(SyncJob job) {
    return Source.read(source, job, Window.everything()).size();
  }
}
