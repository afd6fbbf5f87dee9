package io.qupersync.infrastructure.redshift;

import static io.qupersync.application.testkit.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.application.port.Rows;
import io.qupersync.application.port.SourceMoment;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.progress.OpenTransactions;
import io.qupersync.domain.progress.OpenTransactions.CannotTell;
import io.qupersync.domain.progress.OpenTransactions.Oldest;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.table.TableRef;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.assertj.core.data.TemporalUnitOffset;
import org.assertj.core.data.TemporalUnitWithinOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What Redshift says of its open transactions, as the stand-in says it.
class OpenTransactionsTest {

  private static final SyncJob JOB =
      aJob().incremental().watermarkedOn("at").from(TableRef.of("public", "held")).build();

  private final RedshiftConnections connections =
      new RedshiftConnections(Source.settings(), InstantSource.system());
  private final RedshiftRowSource source = new RedshiftRowSource(connections);

  @BeforeEach
  void create() {
    Source.execute(
        "create table public.held (id bigint, at timestamp)",
        "insert into public.held select i, now() from generate_series(1, 100) i",
        "grant select on public.held to public");
  }

  @AfterEach
  void drop() {
    connections.close();
    Source.execute(
        "grant pg_read_all_stats to " + Source.standIn().user(),
        "drop table if exists public.held");
  }

  @Test
  void tells_since_when_the_oldest_is_open_and_whose_it_is() throws SQLException {
    try (Connection client = Source.standIn().adminConnection();
        Statement statement = client.createStatement()) {
      client.setAutoCommit(false);
      int session = session(statement);
      Instant began = began(statement);

      SourceMoment moment = source.moment(JOB);

      assertThat(moment.now()).isCloseTo(Instant.now(), within());
      assertThat(moment.open())
          .isInstanceOfSatisfying(
              Oldest.class,
              oldest -> {
                assertThat(oldest.since()).isEqualTo(began.truncatedTo(ChronoUnit.SECONDS));
                assertThat(oldest.who()).contains("session " + session);
              });
      client.commit();
      assertThat(source.moment(JOB).open()).isEqualTo(new OpenTransactions.None());
    }
  }

  @Test
  void our_own_reading_holds_nothing_back() {
    SyncJob slow = aJob().from(TableRef.of("public", "held")).batchesOf(1).build();
    try (Rows rows = source.open(slow, source.shapeOf(slow), Window.everything())) {
      assertThat(rows.next()).isPresent();

      assertThat(source.moment(JOB).open()).isEqualTo(new OpenTransactions.None());
    }
  }

  @Test
  void a_user_who_sees_only_its_own_cannot_tell() throws SQLException {
    Source.execute("revoke pg_read_all_stats from " + Source.standIn().user());
    try (Connection client = Source.standIn().adminConnection();
        Statement statement = client.createStatement()) {
      client.setAutoCommit(false);
      session(statement);

      SourceMoment moment = source.moment(JOB);

      assertThat(moment.now()).isCloseTo(Instant.now(), within());
      assertThat(moment.open())
          .isInstanceOfSatisfying(
              CannotTell.class,
              unknown ->
                  assertThat(unknown.why())
                      .contains("sees only its own transactions")
                      .contains("syslog access unrestricted"));
    }
  }

  @Test
  void a_source_that_refuses_the_view_still_tells_the_time() {
    Source.execute(
        "set allow_system_table_mods = on; alter view pg_catalog.svv_transactions rename to svv_transactions_hidden");
    try {
      for (int asked = 0; asked < 2; asked++) {
        SourceMoment moment = source.moment(JOB);

        assertThat(moment.now()).isCloseTo(Instant.now(), within());
        assertThat(moment.open())
            .isInstanceOfSatisfying(
                CannotTell.class,
                unknown -> assertThat(unknown.why()).contains("svv_transactions"));
      }
    } finally {
      Source.execute(
          "set allow_system_table_mods = on; alter view pg_catalog.svv_transactions_hidden rename to svv_transactions");
    }
  }

  private static TemporalUnitOffset within() {
    return new TemporalUnitWithinOffset(30, ChronoUnit.SECONDS);
  }

  private static int session(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
      row.next();
      return row.getInt(1);
    }
  }

  private static Instant began(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("select now() at time zone 'UTC'")) {
      row.next();
      return row.getObject(1, LocalDateTime.class).toInstant(ZoneOffset.UTC);
    }
  }
}
