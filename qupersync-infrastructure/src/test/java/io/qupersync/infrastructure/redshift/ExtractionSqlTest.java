package io.qupersync.infrastructure.redshift;

import static io.qupersync.application.testkit.Columns.columns;
import static io.qupersync.infrastructure.redshift.Jobs.asking;
import static io.qupersync.infrastructure.redshift.Jobs.excluding;
import static io.qupersync.infrastructure.redshift.Jobs.from;
import static io.qupersync.infrastructure.redshift.Jobs.reading;
import static io.qupersync.infrastructure.redshift.Jobs.upTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.progress.HeldBack;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.table.TableShape;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ExtractionSqlTest {

  private static final TableShape SHAPE =
      new TableShape(columns("id", "bigint", "at", "timestamp", "Na\"me", "text"));
  private static final WatermarkValue MORNING =
      new WatermarkValue.Timestamp(LocalDateTime.parse("2026-03-02T08:00"));
  private static final WatermarkValue NOON =
      new WatermarkValue.Timestamp(LocalDateTime.parse("2026-03-02T12:00"));
  private static final WatermarkValue SEVEN = new WatermarkValue.Numeric(BigDecimal.valueOf(7));

  private static final SyncJob PLAIN = reading("orders").build();
  private static final SyncJob MARKED = reading("orders").incremental().watermarkedOn("at").build();
  private static final SyncJob SKIPPING =
      reading("orders").incremental().watermarkedOn("at", "id").skippingNullMarks().build();

  @Test
  void names_the_columns_of_a_table() {
    assertThat(sql(PLAIN, Window.everything()))
        .isEqualTo(
            """
            select
              "id",
              "at",
              "Na""me"
            from "public"."orders" as q\
            """);
  }

  @Test
  void a_window_is_a_condition_that_rows_without_a_mark_always_meet() {
    assertThat(sql(MARKED, from(MORNING)))
        .endsWith(
            """
            from "public"."orders" as q
            where ("at" >= timestamp '2026-03-02 08:00:00')
              or "at" is null
            order by q."at\"\
            """);
  }

  @Test
  void without_a_bound_there_is_no_condition() {
    assertThat(sql(MARKED, Window.everything()))
        .endsWith("from \"public\".\"orders\" as q\norder by q.\"at\"");
  }

  @Test
  void several_columns_are_compared_as_one() {
    var window =
        new Window(
            Optional.of(Watermark.of(MORNING, SEVEN)),
            Optional.of(Watermark.of(NOON)),
            Optional.empty());

    assertThat(sql(SKIPPING, window))
        .endsWith(
            """
            where "at" >= timestamp '2026-03-02 08:00:00' and ("at" > timestamp '2026-03-02 08:00:00' or ("at" = timestamp '2026-03-02 08:00:00' and "id" >= 7))
              and "at" <= timestamp '2026-03-02 12:00:00'
              and "at" is not null
              and "id" is not null
            order by q."at", q."id\"\
            """);
  }

  @Test
  void rows_without_a_mark_are_left_behind_even_without_a_window() {
    assertThat(sql(SKIPPING, Window.everything()))
        .contains("where \"at\" is not null\n  and \"id\" is not null");
  }

  @Test
  void an_order_that_nobody_asked_for_is_not_imposed() {
    SyncJob job = reading("orders").incremental().watermarkedOn("at").unordered().build();

    assertThat(sql(job, from(MORNING))).doesNotContain("order by");
  }

  @Test
  void an_excluded_column_is_not_read() {
    assertThat(sql(excluding("Na\"me", PLAIN), Window.everything())).doesNotContain("Na");
    assertThat(sql(excluding("at", MARKED), Window.everything())).contains("\"at\",");
  }

  @Test
  void what_the_driver_cannot_read_is_cast() {
    var shape = new TableShape(columns("t", "time", "n", "numeric", "m", "numeric(9,2)"));

    assertThat(new ExtractionSql(PLAIN, shape, Window.everything()).sql().withLiterals())
        .contains("\"t\"::varchar as \"t\"", "\"n\"::varchar as \"n\"", "\n  \"m\"\n");
  }

  @Test
  void a_query_that_needs_nothing_is_sent_as_it_is() {
    assertThat(sql(asking("select 1 as id -- :from\n;", PLAIN), Window.everything()))
        .isEqualTo("select 1 as id -- :from");
  }

  @Test
  void a_query_is_wrapped_for_its_window() {
    assertThat(sql(asking("select * from x -- all", MARKED), from(MORNING)))
        .contains("from (\nselect * from x -- all\n) as q\nwhere (\"at\" >= timestamp");
  }

  @Test
  void a_query_may_place_its_window_itself() {
    SyncJob job =
        asking(
            "select * from x where at between :from and :to",
            reading("x").incremental().watermarkedOn("at").unordered().build());

    assertThat(
            sql(
                job,
                new Window(
                    Optional.of(Watermark.of(MORNING)),
                    Optional.of(Watermark.of(NOON)),
                    Optional.empty())))
        .isEqualTo(
            "select * from x where at between timestamp '2026-03-02 08:00:00' and timestamp '2026-03-02 12:00:00'");
    assertThat(
            sql(
                job,
                new Window(Optional.empty(), Optional.empty(), Optional.of(Watermark.of(NOON)))))
        .contains("between timestamp '0001-01-01 00:00:00' and timestamp '2026-03-02 12:00:00'");
    // what holds the watermark back keeps no row from being read
    var held =
        new HeldBack(
            Instant.parse("2026-03-02T12:30:00Z"),
            Instant.parse("2026-03-02T12:00:00Z"),
            "a transaction",
            Duration.ofHours(1));
    assertThat(
            sql(
                job,
                new Window(Optional.empty(), Optional.empty(), Optional.of(Watermark.of(NOON)))
                    .heldBackBy(Optional.of(held))))
        .contains("and timestamp '2026-03-02 12:30:00'");
    assertThat(sql(job, Window.everything()))
        .contains("and timestamp '9999-12-31 23:59:59.999999'");
  }

  @Test
  void an_end_that_a_query_does_not_place_is_wrapped_around_it() {
    SyncJob job = asking("select * from x where at >= :from", MARKED);

    assertThat(sql(job, upTo(NOON)))
        .contains(
            "where at >= timestamp '0001-01-01 00:00:00'\n) as q\nwhere (\"at\" <= timestamp '2026-03-02 12:00:00')");
  }

  @Test
  void values_are_literals_that_can_be_pasted() {
    assertThat(CellSql.literal("O'Neil \\ Co")).isEqualTo("'O''Neil \\\\ Co'");
    assertThat(CellSql.literal(LocalDate.of(2026, 3, 2))).isEqualTo("date '2026-03-02'");
    assertThat(CellSql.literal(new BigDecimal("1E+2"))).isEqualTo("100");
    assertThat(CellSql.literal(Instant.parse("2026-03-02T08:00:00.5Z")))
        .isEqualTo("timestamptz '2026-03-02 08:00:00.500000+00'");
  }

  private static String sql(SyncJob job, Window window) {
    return new ExtractionSql(job, SHAPE, window).sql().withLiterals();
  }
}
