package io.qupersync.infrastructure.redshift;

import static io.qupersync.infrastructure.redshift.Jobs.reading;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.qupersync.application.port.Rows;
import io.qupersync.application.port.TransientFailure;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.table.TableShape;
import io.qupersync.infrastructure.jdbc.SqlFailures;
import io.qupersync.sandbox.relay.ConnectionTeardown;
import io.qupersync.sandbox.relay.Fault;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The driver's other mode, which nobody can switch on by configuration: in about one cut of ten it
/// says "no more rows" and nothing else. What keeps such an end from counting is the proof.
@Timeout(120)
final class SilentCutTest {

  private static final int ROWS = 3000;
  private static final SyncJob JOB = reading("swallowed").batchesOf(200).build();

  @BeforeAll
  static void create() {
    Source.execute(
        "create table swallowed (id bigint, note varchar(100))",
        "insert into swallowed select n, repeat('x', 50) from generate_series(1, %d) n"
            .formatted(ROWS),
        "grant select on swallowed to public");
  }

  @AfterAll
  static void drop() {
    Source.execute("drop table swallowed");
  }

  @AfterEach
  void calm() {
    Source.standIn().faults().calm();
  }

  @Test
  void an_end_the_driver_made_up_is_not_proven() throws SQLException {
    TableShape shape = Source.rows().shapeOf(JOB);
    var random = new Random(20_260_303);
    assertThat(read(shape)).isEqualTo(ROWS);
    for (int cut = 0; cut < 200; cut++) {
      ConnectionTeardown connectionTeardown =
          random.nextBoolean() ? ConnectionTeardown.FIN : ConnectionTeardown.RST;
      long bytes = 1L + random.nextInt(ROWS * 60);
      Source.standIn()
          .faults()
          .arm(Fault.cut(connectionTeardown).afterBytes(bytes).whileRunning("swallowed"));

      assertThat(catchThrowable(() -> read(shape)))
          .as("cut %d: %s after %d bytes", cut, connectionTeardown, bytes)
          .isInstanceOf(TransientFailure.class);
      calm();
    }
  }

  private static int read(TableShape shape) throws SQLException {
    var failures = new SqlFailures(Source.settings().logins().endpoint());
    var extraction = new ExtractionSql(JOB, shape, Window.everything());
    try (Rows rows =
        RedshiftRows.start(
            buffered(),
            Transactions.PLAIN,
            (connection, first) -> PortalCursor.open(connection, extraction.sql(), first),
            new ObjectReader(
                RowReader.of(shape, extraction::returns), new BatchReader.Limits(200, 1 << 20)),
            FetchSize.first(shape, 1 << 20, 200, Integer.MAX_VALUE),
            (failure, _) -> failures.of("read job 'orders'", failure))) {
      return Source.drain(rows).size();
    }
  }

  /// A connection with the driver's defaults.
  private static RedshiftSession buffered() throws SQLException {
    Connection connection =
        DriverManager.getConnection(
            Source.standIn().jdbcUrl(), Source.standIn().user(), Source.standIn().password());
    return new RedshiftSession(
        new OpenConnection(connection, new java.util.HashSet<>()),
        OpenConnection::disconnect,
        () -> {});
  }
}
