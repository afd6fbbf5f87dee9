package io.qupersync.infrastructure.postgres;

import static io.qupersync.application.testkit.Columns.at;
import static io.qupersync.application.testkit.Columns.columns;
import static io.qupersync.application.testkit.Columns.row;
import static io.qupersync.application.testkit.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qupersync.application.port.PermanentFailure;
import io.qupersync.application.testkit.ActiveRun;
import io.qupersync.application.testkit.JobFixture;
import io.qupersync.domain.job.ConflictPolicy;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.mapping.MappingResolver;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.run.RunTally;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.ColumnType;
import io.qupersync.domain.table.TableRef;
import io.qupersync.domain.table.TableShape;
import io.qupersync.infrastructure.fixture.PostgresSide;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The tables people have, and what must be so before the first row is written.
class TargetTablesTest {

  private static final TableRef TABLE = TableRef.of("analytics", "orders");
  private static final List<Column> SOURCE = columns("id", "bigint", "note", "text");

  private PostgresSide side;

  @BeforeEach
  void open() {
    side = PostgresSide.open();
    side.execute("create schema analytics");
  }

  @AfterEach
  void close() {
    side.close();
  }

  @Test
  void rows_that_did_not_change_are_not_even_touched() {
    write(aJob(), SOURCE, row(1L, "a"), row(2L, "b"));
    String before = versions();

    write(aJob(), SOURCE, row(1L, "a"), row(2L, "b"));

    assertThat(versions()).isEqualTo(before);
  }

  @Test
  void json_that_did_not_change_is_not_written_again() {
    JobFixture job = aJob().typing("note", "json");
    write(job, SOURCE, row(1L, "{\"a\":  1}"));

    assertThat(write(job, SOURCE, row(1L, "{\"a\":  1}")).unchanged()).isEqualTo(1);
    assertThat(write(job, SOURCE, row(1L, "{\"a\": 1}")).updated()).isEqualTo(1);
  }

  @Test
  void a_day_is_not_twenty_four_hours() {
    List<Column> source = columns("id", "bigint", "note", "interval");
    write(aJob(), source, row(1L, "1 day"));

    assertThat(write(aJob(), source, row(1L, "24:00:00")).updated()).isEqualTo(1);
    assertThat(side.value("select note from analytics.orders")).isEqualTo("24:00:00");
  }

  @Test
  void texts_that_are_equal_only_to_the_collation_are_written() {
    side.execute(
        "create collation lenient (provider = icu, locale = 'und-u-ks-level2', deterministic = false)");
    side.execute(
        "create table analytics.orders (id bigint primary key, note text collate lenient)");
    write(aJob(), SOURCE, row(1L, "ada"));

    assertThat(write(aJob(), SOURCE, row(1L, "Ada")).updated()).isEqualTo(1);
    assertThat(write(aJob(), SOURCE, row(1L, "Ada")).unchanged()).isEqualTo(1);
    assertThat(side.value("select note from analytics.orders")).isEqualTo("Ada");
  }

  @Test
  void a_partitioned_table_is_counted_right() {
    side.execute(
        """
        create table analytics.orders (id bigint primary key, note text) partition by range (id);
        create table analytics.low partition of analytics.orders for values from (0) to (10);
        create table analytics.high partition of analytics.orders for values from (10) to (100)
        """);
    write(aJob(), SOURCE, row(1L, "a"), row(2L, "b"), row(11L, "c"));

    RunTally tally =
        write(aJob(), SOURCE, row(1L, "a"), row(2L, "B"), row(11L, "C"), row(12L, "d"));

    assertThat(tally).isEqualTo(new RunTally(4, 1, 2, 1, 0, 0, 0));
    assertThat(write(aJob(), SOURCE, row(500L, "no partition")).skipped()).isEqualTo(1);
  }

  @Test
  void a_partitioned_table_takes_every_policy() {
    side.execute(
        """
        create table analytics.orders (id bigint primary key, note text) partition by hash (id);
        create table analytics.one partition of analytics.orders for values with (modulus 1, remainder 0)
        """);
    write(aJob(), SOURCE, row(1L, "a"));

    assertThat(write(aJob().appending(), SOURCE, row(1L, "b"), row(2L, "b")))
        .isEqualTo(new RunTally(2, 1, 0, 1, 0, 0, 0));
    assertThat(
            write(
                aJob().onConflict(new ConflictPolicy.Merge()), SOURCE, row(1L, null), row(2L, "c")))
        .isEqualTo(new RunTally(2, 0, 1, 1, 0, 0, 0));
  }

  @Test
  void a_key_of_eight_columns_of_every_kind() {
    List<Column> source =
        columns(
            "a",
            "text",
            "b",
            "numeric(10,2)",
            "c",
            "timestamp",
            "d",
            "uuid",
            "e",
            "bytea",
            "f",
            "boolean",
            "g",
            "timestamptz",
            "h",
            "date",
            "note",
            "text");
    SyncJob job = aJob().keyedOn("h", "g", "f", "e", "d", "c", "b", "a").build();
    Row first = wide("x", "first");

    write(job, source, first, wide("y", "first"));
    RunTally tally = write(job, source, wide("y", "second"), wide("x", "first"));

    assertThat(tally).isEqualTo(new RunTally(2, 0, 1, 1, 0, 0, 0));
  }

  private static Row wide(String a, String note) {
    return row(
        a,
        new java.math.BigDecimal("1.50"),
        at("08:00:00.000001"),
        "6f1c9f8e-0d2f-4c57-9a6e-3f4f0a1b2c3d",
        new byte[] {0, 1},
        true,
        java.time.Instant.parse("2026-03-02T08:00:00Z"),
        java.time.LocalDate.of(2026, 3, 2),
        note);
  }

  @Test
  void types_of_its_own_are_written_and_compared() {
    side.execute("create extension citext");
    side.execute("create type analytics.\"Mood\" as enum ('happy', 'sad')");
    side.execute("create domain analytics.email as citext check (value like '%@%')");
    side.execute("create domain analytics.short as varchar(5)");
    side.execute(
        """
        create table analytics.orders (id bigint primary key, mood analytics."Mood",
          mail analytics.email, short analytics.short, place point, tags text[])
        """);
    assertThat(side.target().shapeOf(TABLE).orElseThrow().columns())
        .extracting(column -> column.type().sql())
        .containsExactly(
            "bigint", "analytics.\"Mood\"", "public.citext", "varchar(5)", "point", "text[]");
    List<Column> source =
        columns(
            "id",
            "bigint",
            "mood",
            "text",
            "mail",
            "text",
            "short",
            "varchar(5)",
            "place",
            "text",
            "tags",
            "text");
    Row ada = row(1L, "sad", "Ada@x", "abcde", "(1,2)", "{a,b}");

    assertThat(write(aJob(), source, ada).inserted()).isEqualTo(1);
    assertThat(write(aJob(), source, ada).unchanged()).isEqualTo(1);
    assertThat(
            write(aJob(), source, row(1L, "happy", "ada@x", "abcde", "(1,3)", "{a,b}")).updated())
        .isEqualTo(1);
    assertThat(write(aJob(), source, row(2L, "sad", "no mail", "abcde", "(1,2)", "{}")).skipped())
        .isEqualTo(1);
  }

  @Test
  void a_type_that_became_too_narrow_is_widened() {
    side.execute("create table analytics.orders (id integer primary key, note integer)");
    write(aJob(), columns("id", "integer", "note", "integer"), row(1L, 1L));

    List<Column> wider = columns("id", "bigint", "note", "bigint");
    TableMapping mapping = mapping(aJob().build(), wider);
    assertThat(side.target().changesFor(mapping))
        .containsExactly(
            "alter table \"analytics\".\"orders\" alter column \"id\" type bigint",
            "alter table \"analytics\".\"orders\" alter column \"note\" type bigint");

    assertThat(write(aJob(), wider, row(Long.MAX_VALUE, 1L)).inserted()).isEqualTo(1);
    assertThat(side.target().changesFor(mapping)).isEmpty();
  }

  @Test
  void a_text_that_is_widened_keeps_its_collation() {
    side.execute(
        """
        create collation analytics."Lenient" (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
        create table analytics.orders (id bigint primary key, name varchar(5) collate analytics."Lenient" unique,
          note varchar(5) collate "C", plain varchar(5))
        """);
    List<Column> wider =
        columns("id", "bigint", "name", "varchar(9)", "note", "text", "plain", "text");

    assertThat(write(aJob(), wider, row(1L, "ada", "long enough", "long enough")).inserted())
        .isEqualTo(1);

    assertThat(
            side.value(
                "select string_agg(format_type(atttypid, atttypmod) || ' ' || c.collname, ', ' order by attnum) from pg_attribute a join pg_collation c on c.oid = attcollation where attrelid = 'analytics.orders'::regclass and attnum > 0"))
        .isEqualTo("text Lenient, text C, text default");
    assertThat(write(aJob(), wider, row(2L, "ADA", "x", "x")).skipped()).isEqualTo(1);
    assertThat(side.target().changesFor(mapping(aJob().build(), wider))).isEmpty();
  }

  @Test
  void a_key_without_a_unique_index_is_refused_with_the_statement_to_run() {
    side.execute("create table analytics.orders (id bigint, note text)");

    assertThatThrownBy(() -> side.target().changesFor(mapping(aJob().build(), SOURCE)))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("create unique index on \"analytics\".\"orders\" (\"id\")");
  }

  @Test
  void an_index_that_cannot_tell_a_repeated_row_does_not_count() {
    side.execute(
        """
        create table analytics.orders (id bigint, note text, unique (id) deferrable);
        create unique index on analytics.orders (id) where note is not null;
        create unique index on analytics.orders ((id + 1));
        create unique index on analytics.orders (id, note)
        """);
    assertThatThrownBy(() -> side.target().prepare(mapping(aJob().build(), SOURCE)))
        .isInstanceOf(PermanentFailure.class);

    side.execute("alter table analytics.orders drop constraint orders_id_key");
    side.execute("create unique index on analytics.orders (id) include (note)");
    assertThat(write(aJob(), SOURCE, row(1L, "a")).inserted()).isEqualTo(1);
  }

  @Test
  void a_column_that_must_be_filled_and_is_not_is_told_before_the_first_row() {
    side.execute(
        """
        create table analytics.orders (id bigint primary key, note text,
          free text not null default 'x', counted bigint not null generated always as identity,
          wanted text not null)
        """);

    assertThatThrownBy(() -> side.target().changesFor(mapping(aJob().build(), SOURCE)))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("wants a value in wanted,");
  }

  @Test
  void a_view_is_no_target() {
    side.execute("create view analytics.orders as select 1::bigint as id, ''::text as note");

    assertThatThrownBy(() -> side.target().changesFor(mapping(aJob().build(), SOURCE)))
        .hasMessageContaining("is a view");
  }

  @Test
  void a_name_postgresql_would_cut_is_refused() {
    String name = "ä".repeat(32);
    List<Column> source = columns("id", "bigint", name, "text");

    assertThatThrownBy(() -> side.target().changesFor(mapping(aJob().build(), source)))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("63 bytes");
    assertThat(
            write(aJob(), columns("id", "bigint", "ä".repeat(31), "text"), row(1L, "x")).inserted())
        .isEqualTo(1);
  }

  @Test
  void two_runs_may_make_the_same_table_at_once() throws Exception {
    try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
      TableMapping mapping =
          mapping(aJob().into(TableRef.of("brand new", "orders")).build(), SOURCE);
      var preparing =
          java.util.stream.IntStream.range(0, 4)
              .mapToObj(_ -> threads.submit(() -> side.target().prepare(mapping)))
              .toList();
      for (var each : preparing) {
        each.get();
      }
    }
    assertThat(side.target().shapeOf(TableRef.of("brand new", "orders"))).isPresent();
  }

  @Test
  void finds_a_row_again_by_its_key() {
    List<Column> source =
        columns(
            "a",
            "text",
            "b",
            "numeric(10,2)",
            "c",
            "timestamp",
            "d",
            "uuid",
            "e",
            "bytea",
            "f",
            "boolean",
            "g",
            "timestamptz",
            "h",
            "date",
            "note",
            "text");
    SyncJob job = aJob().keyedOn("a", "b", "c", "d", "e", "f", "g", "h").build();
    try (var run = ActiveRun.begin(side, job, source)) {
      run.commit(wide("x", "first"), wide("y", "second"));
      var reader = new PostgresTargetReader(side.database());
      Row key = run.mapping().keyOf(run.shape(wide("y", "")).rows().getFirst());

      Optional<Row> found = reader.find(run.mapping(), key);

      assertThat(found.orElseThrow().cell(8)).isEqualTo("second");
      Row none = run.mapping().keyOf(run.shape(wide("z", "")).rows().getFirst());
      assertThat(reader.find(run.mapping(), none)).isEmpty();
    }
  }

  @Test
  void reads_nothing_from_a_table_that_is_not_there() {
    var reader = new PostgresTargetReader(side.database());
    TableMapping mapping = mapping(aJob().build(), SOURCE);

    try (var rows = reader.read(mapping)) {
      assertThat(rows.next()).isEmpty();
    }
    assertThat(reader.find(mapping, row(1L))).isEmpty();
  }

  @Test
  void describes_the_statement_it_would_send() {
    SyncJob job =
        aJob().onConflict(new ConflictPolicy.LatestWins("note")).stampingTime("at").build();

    assertThat(side.target().describe(mapping(job, SOURCE)))
        .isEqualToIgnoringWhitespace(
            """
            insert into "analytics"."orders" as t ("id", "note", "at")
            select "id", "note", now() from pg_temp.qupersync_stage as s order by "id"
            on conflict ("id") do update set "note" = excluded."note", "at" = now()
            where (t."note" is null or excluded."note" >= t."note")
              and (t."note" is distinct from excluded."note")
            """);
  }

  private String versions() {
    return side.value(
        "select string_agg(xmin || ' ' || ctid || ' ' || id, ', ' order by id) from analytics.orders");
  }

  private RunTally write(JobFixture job, List<Column> source, Row... rows) {
    return write(job.build(), source, rows);
  }

  private RunTally write(SyncJob job, List<Column> source, Row... rows) {
    try (var run = ActiveRun.begin(side, job, source)) {
      return run.commit(rows);
    }
  }

  private TableMapping mapping(SyncJob job, List<Column> source) {
    Optional<TableShape> there = side.target().shapeOf(job.destination().table());
    assertThat(there.map(TableShape::columns).orElse(List.of()))
        .noneSatisfy(column -> assertThat(column.type()).isInstanceOf(ColumnType.Char.class));
    return MappingResolver.resolve(job, new TableShape(source), there, "here");
  }
}
