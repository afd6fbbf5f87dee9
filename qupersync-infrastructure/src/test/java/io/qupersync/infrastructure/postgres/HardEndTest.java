package io.qupersync.infrastructure.postgres;

import static io.qupersync.application.testkit.Columns.columns;
import static io.qupersync.application.testkit.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qupersync.application.port.BatchStep;
import io.qupersync.application.port.CommitsLost;
import io.qupersync.application.testkit.ActiveRun;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.TableRef;
import io.qupersync.infrastructure.fixture.PostgresSide;
import io.qupersync.sandbox.server.EmbeddedServer;
import io.qupersync.sandbox.server.ServerSettings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Between its first batch and its last a run does not wait for the disk of the target.
class HardEndTest {

  private static final TableRef TARGET = TableRef.of("public", "orders");
  private static final SyncJob JOB = aJob().into(TARGET).keyedOn("id").upserting().build();
  private static final List<Column> SOURCE = columns("id", "bigint", "name", "varchar(20)");

  /// More than go in one statement.
  private static final int MANY = 20_000;

  private EmbeddedServer server;
  private PostgresSide side;

  @BeforeEach
  void open() throws SQLException {
    server =
        EmbeddedServer.start(
            ServerSettings.durable()
                // what nobody waits for stays in memory for as long as this test takes
                .parameter("wal_writer_delay", "10s")
                .parameter("wal_writer_flush_after", "1GB")
                .parameter("wal_buffers", "64MB"));
    side = PostgresSide.on(server);
  }

  @AfterEach
  void close() {
    side.close();
    server.close();
  }

  @Test
  void what_the_server_has_lost_is_noticed_before_anything_follows_it() {
    try (ActiveRun run = ActiveRun.begin(side, JOB, SOURCE)) {
      run.commit(step(1, 0), rows(0));
      run.load().confirm(1);
      run.commit(step(2, 1), rows(1));
      run.commit(step(3, 2), rows(2));
      endHard();

      assertThat(side.value("select count(*) from orders")).isEqualTo("" + MANY);
      run.reload();
      assertThatThrownBy(() -> run.commit(step(4, 3), rows(3))).isInstanceOf(CommitsLost.class);
      run.reload();
      assertThatThrownBy(() -> run.load().confirm(3)).isInstanceOf(CommitsLost.class);
      run.reload();
      assertThat(run.commit(step(4, 1), rows(3)).inserted()).isEqualTo(MANY);
    }
  }

  @Test
  void a_small_batch_that_follows_a_lost_one_is_not_taken_either() {
    try (ActiveRun run = ActiveRun.begin(side, JOB, SOURCE)) {
      run.commit(step(1, 0), rows(0));
      endHard();

      run.reload();
      assertThatThrownBy(() -> run.commit(step(2, 1), new Row(1L, "one")))
          .isInstanceOf(CommitsLost.class);
    }
  }

  @Test
  void what_is_confirmed_outlasts_the_server() {
    try (ActiveRun run = ActiveRun.begin(side, JOB, SOURCE)) {
      run.commit(step(1, 0), rows(0));
      run.commit(step(2, 1), rows(1));
      run.load().confirm(2);
      endHard();
      run.reload();
      run.load().confirm(2);
    }
    assertThat(side.value("select count(*) from orders")).isEqualTo("" + 2 * MANY);
  }

  @Test
  void a_single_small_batch_waits_for_the_disk_by_itself() {
    side.create(TARGET, List.of("id"), SOURCE);
    side.execute("insert into orders values (0, 'there')");
    try (ActiveRun run = ActiveRun.begin(side, JOB, SOURCE)) {
      run.commit(step(1, 0), new Row(1L, "one"));
      endHard();
    }
    assertThat(side.value("select count(*) from orders")).isEqualTo("2");
  }

  @Test
  void a_session_that_is_handed_back_waits_again() {
    try (ActiveRun run = ActiveRun.begin(side, JOB, SOURCE)) {
      run.commit(step(1, 0), rows(0));
    }
    String waits = side.database().loads().with("look", HardEndTest::synchronousCommit);

    assertThat(waits).isEqualTo("on");
  }

  private static String synchronousCommit(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("show synchronous_commit")) {
      row.next();
      return row.getString(1);
    }
  }

  private void endHard() {
    server.crash();
    server.restart();
  }

  private static BatchStep step(long number, long after) {
    return new BatchStep(number, Optional.empty()).following(after);
  }

  private static Row[] rows(long batch) {
    return LongStream.range(batch * MANY, (batch + 1) * MANY)
        .mapToObj(id -> new Row(id, "row " + id))
        .toArray(Row[]::new);
  }
}
