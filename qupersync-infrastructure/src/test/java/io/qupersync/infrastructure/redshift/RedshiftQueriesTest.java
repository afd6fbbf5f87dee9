package io.qupersync.infrastructure.redshift;

import static io.qupersync.infrastructure.redshift.Jobs.asking;
import static io.qupersync.infrastructure.redshift.Jobs.excluding;
import static io.qupersync.infrastructure.redshift.Jobs.from;
import static io.qupersync.infrastructure.redshift.Jobs.reading;
import static io.qupersync.infrastructure.redshift.Jobs.upTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qupersync.application.port.PermanentFailure;
import io.qupersync.application.port.SyncFailure;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.ColumnType;
import io.qupersync.domain.table.ColumnType.Plain;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RedshiftQueriesTest {

  private final RedshiftRowSource source = Source.rows();

  @BeforeAll
  static void create() {
    Source.execute(
        """
        create table events (
          id bigint, seq numeric, day date, at timestamp, seen timestamptz, code char(5), note text, at_time time)
        """,
        """
        insert into events values
          (1, 9, '2026-03-01', '2026-03-01 08:00:00.000001', '2026-03-01 08:00:00+00', 'a', 'x', '24:00'),
          (2, 10, '2026-03-02', '2026-03-02 08:00:00.000001', '2026-03-02 08:00:00+00', 'b', 'y', '12:00'),
          (3, 100, '2026-03-03', '2026-03-03 08:00:00.000001', '2026-03-03 08:00:00+00', 'c', 'z', null)
        """,
        "create table \"Odd \"\"Name\" (\"Select\" integer, \"ä ö\" text)",
        "insert into \"Odd \"\"Name\" values (1, 'x')",
        "grant select on events, \"Odd \"\"Name\" to public");
  }

  @AfterAll
  static void drop() {
    Source.execute("drop table events, \"Odd \"\"Name\"");
  }

  @Test
  void marks_of_every_kind_include_the_row_they_came_from() {
    assertThat(ids("id", from(new WatermarkValue.Numeric(BigDecimal.TWO)))).containsExactly(2L, 3L);
    assertThat(ids("seq", from(new WatermarkValue.Numeric(BigDecimal.TEN))))
        .containsExactly(2L, 3L);
    assertThat(ids("day", from(new WatermarkValue.Date(LocalDate.of(2026, 3, 2)))))
        .containsExactly(2L, 3L);
    assertThat(
            ids(
                "at",
                from(
                    new WatermarkValue.Timestamp(
                        LocalDateTime.parse("2026-03-02T08:00:00.000001")))))
        .containsExactly(2L, 3L);
    assertThat(
            ids(
                "seen",
                from(new WatermarkValue.TimestampTz(Instant.parse("2026-03-02T08:00:00Z")))))
        .containsExactly(2L, 3L);
    assertThat(ids("note", from(new WatermarkValue.Text("y")))).containsExactly(2L, 3L);
    // as it was read, with the blanks that fill it
    assertThat(ids("code", from(new WatermarkValue.Text("b    ")))).containsExactly(2L, 3L);
    assertThat(ids("code", upTo(new WatermarkValue.Text("b    ")))).containsExactly(1L, 2L);
  }

  @Test
  void numbers_of_no_declared_scale_come_in_the_order_of_numbers() {
    assertThat(ids("seq", Window.everything())).containsExactly(1L, 2L, 3L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select * from events where at >= :from",
        "select * from events where at between :from and :to",
        "select * from events where at >= :from::timestamp - interval '0 hours'",
        "select * from events where date_trunc('second', at) >= date_trunc('second', :from)",
        "select *, ':to' as text from events where at >= dateadd(hour, 0, :from) -- and :to",
      })
  void a_query_may_place_its_window_itself(String query) {
    SyncJob job = asking(query, reading("x").incremental().watermarkedOn("at").build());
    WatermarkValue second =
        new WatermarkValue.Timestamp(LocalDateTime.parse("2026-03-02T08:00:00.000001"));

    assertThat(ids(job, from(second))).containsExactly(2L, 3L);
    assertThat(ids(job, upTo(second))).containsExactly(1L, 2L);
    assertThat(ids(job, Window.everything())).containsExactly(1L, 2L, 3L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "day", "at", "seen", "note", "code"})
  void an_open_window_of_a_query_holds_every_kind_of_mark(String column) {
    SyncJob job =
        asking(
            "select * from events where %1$s >= :from and %1$s <= :to".formatted(column),
            reading("x").incremental().watermarkedOn(column).build());

    assertThat(ids(job, Window.everything())).containsExactly(1L, 2L, 3L);
  }

  @Test
  void a_query_may_have_everything_a_query_may_have() {
    SyncJob job =
        asking(
            """
            with recent as (select * from events where note <> '?' /* :from */)
            select id, max(at) as at, cast(sum(seq) as numeric(20,2)) as total, '{"a":":to"}' as "Kept"
            from recent group by id order by id desc limit 2;
            """,
            reading("x").incremental().watermarkedOn("at").build());

    assertThat(source.shapeOf(job).columns())
        .containsExactly(
            new Column("id", Plain.BIGINT, true),
            new Column("at", Plain.TIMESTAMP, true),
            new Column("total", new ColumnType.Decimal(20, 2), true),
            new Column("Kept", Plain.TEXT, true));
    assertThat(ids(job, Window.everything())).containsExactly(2L, 3L);
  }

  @Test
  void names_are_taken_as_they_are() {
    List<Row> rows = Source.read(source, reading("Odd \"Name").build(), Window.everything());

    assertThat(rows).hasSize(1);
    assertThat(rows.getFirst().cell(1)).isEqualTo("x");
  }

  @Test
  void an_excluded_column_is_known_but_its_cells_stay_empty() {
    SyncJob job = excluding("note", reading("events").build());

    assertThat(source.shapeOf(job).names()).contains("note");
    Row first = Source.read(source, job, Window.everything()).getFirst();
    assertThat(first.cell(6)).isNull();
    assertThat(first.cell(7)).isEqualTo("24:00:00");
  }

  @Test
  void a_type_nobody_knows_is_named_and_may_be_excluded() {
    SyncJob job = asking("select 1 as id, gen_random_uuid() as token", reading("x").build());

    assertThatThrownBy(() -> source.shapeOf(job))
        .isInstanceOf(PermanentFailure.class)
        .hasMessage(
            "the source of job 'orders': column 'token' has a type that cannot be copied; exclude it, or cast it to varchar in a query");
    assertThat(ids(excluding("token", job), Window.everything())).containsExactly(1L);
  }

  @Test
  void a_value_nobody_can_read_is_a_failure_that_names_its_column() {
    SyncJob job =
        asking(
            "select 1 as id, timestamp '0005-02-29 00:00:00 BC' as strange", reading("x").build());

    // in binary the driver can read it
    RedshiftRowSource asText = Source.rows(Source.settings(Source.textLogin()));

    assertThatThrownBy(() -> Source.read(asText, job, Window.everything()))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("column 'strange'")
        .hasMessageNotContaining("0005");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 1 as id, 2 as id",
        "analyze events",
        "select id from events where id > :from"
      })
  void a_query_that_cannot_be_copied_is_refused(String query) {
    assertThatThrownBy(() -> source.shapeOf(asking(query, reading("x").build())))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("job 'orders'")
        .extracting(failure -> ((SyncFailure) failure).kind())
        .isEqualTo(FailureKind.DEFINITION);
  }

  @Test
  void the_clock_counts_microseconds_in_utc_wherever_this_runs() {
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone("America/St_Johns"));
    try {
      Instant earlier =
          Instant.parse(
              Source.ask(
                  "select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"));
      Instant now = source.now();

      assertThat(now).isBetween(earlier, earlier.plusSeconds(60));
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void the_session_is_in_utc_wherever_this_runs() {
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
    try {
      SyncJob job =
          asking(
              "select 1 as id, (timestamptz '2026-07-01 00:30:00+00')::date as day",
              reading("x").build());

      assertThat(Source.read(source, job, Window.everything()).getFirst().cell(1))
          .isEqualTo(LocalDate.of(2026, 7, 1));
    } finally {
      TimeZone.setDefault(before);
    }
  }

  private List<Long> ids(String column, Window window) {
    return ids(reading("events").incremental().watermarkedOn(column).build(), window);
  }

  private List<Long> ids(SyncJob job, Window window) {
    return Source.read(source, job, window).stream()
        .map(row -> ((Number) row.cell(0)).longValue())
        .toList();
  }
}
