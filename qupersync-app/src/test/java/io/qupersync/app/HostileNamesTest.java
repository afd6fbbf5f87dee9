package io.qupersync.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.interfaces.cli.ExitCode;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Somebody may create in a schema that our user's search_path leads through, as everybody may in
 * `public` of a PostgreSQL 14, and has put there an operator for each pair of types that PostgreSQL
 * has none for, and each of its functions once more with other types. None of them is ever called.
 */
class HostileNamesTest {

  /**
   * A pair for which an operator exists with exactly these types is passed over: that one always
   * wins.
   */
  private static final String TRAPS =
      """
      create function public.trap() returns boolean language plpgsql as $trap$
      begin
        raise exception 'a trap was called' using errcode = 'XX001';
      end $trap$;
      do $traps$
      declare
        types text[] := array['name', 'text', 'varchar', 'bpchar', '"char"', 'int2', 'int4', 'int8', 'numeric', 'float4', 'float8',
          'date', 'timestamp', 'timestamptz', 'interval', 'bool', 'bytea', 'uuid', 'jsonb', 'oid', 'regclass', 'text[]', 'inet'];
        a text;
        b text;
        op text;
        f record;
      begin
        foreach a in array types loop
          foreach b in array types loop
            execute format('create function public.trap(%s, %s) returns boolean language sql as $f$ select public.trap() $f$', a, b);
            foreach op in array array['=', '<>', '<', '<=', '>', '>=', '||', '+', '-', '~', '~~'] loop
              if to_regoperator(format('pg_catalog.%s (%s, %s)', op, a, b)) is null then
                execute format('create operator public.%s (leftarg = %s, rightarg = %s, function = public.trap)', op, a, b);
              end if;
            end loop;
          end loop;
        end loop;
        for f in
          select distinct p.proname, replace(pg_get_function_identity_arguments(p.oid), 'text', 'character varying') as arguments
          from   pg_proc p
          where  p.pronamespace = 'pg_catalog'::regnamespace and p.prokind = 'f' and p.provariadic = 0 and p.pronargs between 1 and 4
          and    25 = any (p.proargtypes) and p.proargmodes is null
          and    not exists (select from pg_type t where t.oid = any (p.proargtypes) and t.typtype = 'p')
        loop
          execute format('create function public.%I(%s) returns text language sql as $f$ select public.trap()::text $f$', f.proname, f.arguments);
        end loop;
      end $traps$;
      """;

  @TempDir static Path directory;
  private static Trial trial;

  @BeforeAll
  static void setTraps() throws SQLException {
    trial = new Trial(directory);
    trial.atTarget(
        "set search_path = pg_catalog",
        TRAPS,
        "create schema extensions",
        "create extension citext schema extensions");
    trial.atSource("set search_path = pg_catalog", TRAPS, "grant usage on schema public to public");
  }

  @AfterAll
  static void stop() {
    trial.close();
  }

  @BeforeEach
  void orders() throws SQLException {
    trial.atTarget("drop schema if exists analytics cascade", "create schema analytics");
    atSource(
        "drop table if exists public.orders",
        """
        create table public.orders (id bigint primary key, k varchar(40), amount numeric(18,4), note varchar(100),
          day date, updated_at timestamp)
        """,
        "grant select on public.orders to public");
    trial.run("watermark", "reset", "orders");
  }

  @Test
  void the_traps_would_be_called_by_a_statement_that_looks_names_up_by_the_role() {
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> trial.targetRows("select 'a'::name = 'a'::varchar")))
        .hasMessageContaining("a trap was called");
  }

  @ParameterizedTest
  @ValueSource(strings = {"incremental", "upsert", "mirror", "append"})
  void every_mode_writes_repeats_verifies_and_repairs(String mode) throws SQLException {
    fill("i", "'note ' || i");
    file(mode, "source-wins", "bigint", "id");

    runsThrough();
  }

  @ParameterizedTest
  @ValueSource(strings = {"target-wins", "latest-wins(updated_at)", "latest-wins(note)", "merge"})
  void every_conflict_policy_writes_repeats_verifies_and_repairs(String policy)
      throws SQLException {
    fill("i", "'note ' || i");
    file("incremental", policy, "bigint", "id");

    runsThrough();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "numeric(20,4)",
        "text",
        "varchar(40)",
        "date",
        "timestamp",
        "timestamptz",
        "uuid",
        "boolean"
      })
  void keys_of_every_type_write_repeat_verify_and_repair(String type) throws SQLException {
    fill(
        switch (type) {
          case "date", "timestamp", "timestamptz" -> "date '2026-01-01' + i";
          case "uuid" -> "md5(i::text)::uuid";
          case "boolean" -> "i % 2 = 0";
          default -> "i";
        },
        "'note ' || i");
    if (type.equals("boolean")) {
      atSource("delete from public.orders where id > 2");
    }
    for (String mode : List.of("incremental", "mirror")) {
      trial.atTarget("drop table if exists analytics.orders");
      trial.run("watermark", "reset", "orders");
      file(mode, "source-wins", type, "k");

      runsThrough();
    }
  }

  @Test
  void a_key_of_an_extensions_type_is_compared_by_the_extensions_own_operator()
      throws SQLException {
    trial.atTarget(
        "create table analytics.orders (k extensions.citext primary key, note extensions.citext, updated_at timestamp)");
    atSource(
        "insert into public.orders values (1, 'Anna', 1, 'A', '2026-01-01', '2026-01-01'), (2, 'Bert', 1, 'B', '2026-01-01', '2026-01-01')");
    trial.file(
        "qupersync.yaml",
        """
        builtin_jobs: false
        jobs:
          orders:
            source: { query: "select k, note, updated_at from public.orders" }
            target: analytics.orders
            key: [k]
            mode: mirror
            schedule: manual
        """);
    ok(trial.run("run", "orders"));
    atSource("update public.orders set note = 'a' where id = 1");

    Trial.Ended again = ok(trial.run("run", "orders", "--json"));

    assertThat(again.out()).contains("\"rows_deleted\": 0", "\"rows_updated\": 1");
    assertThat(trial.targetRows("select k::text, note::text from analytics.orders order by 1"))
        .isEqualTo(List.of(List.of("Anna", "a"), List.of("Bert", "B")));
    ok(trial.run("verify", "orders"));
  }

  @Test
  void a_type_that_a_job_names_without_its_schema_is_found_where_the_role_would()
      throws SQLException {
    trial.atTarget("alter role current_user set search_path = public, extensions");
    try {
      fill("i", "'note ' || i");
      file("incremental", "source-wins", "citext", "k");

      runsThrough();
    } finally {
      trial.atTarget("alter role current_user reset search_path");
    }
  }

  @Test
  void rejected_rows_schedules_and_watermarks_are_kept_without_them() throws SQLException {
    trial.atTarget(
        "create table analytics.orders (id bigint primary key, note text check (note <> 'note 7'), updated_at timestamp)");
    fill("i", "'note ' || i");
    trial.file(
        "qupersync.yaml",
        """
        builtin_jobs: false
        jobs:
          orders:
            source: { query: "select id, note, updated_at from public.orders" }
            target: analytics.orders
            key: [id]
            watermark: { column: updated_at, lookback: 1h }
            schedule: manual
        """);
    ok(trial.run("run", "orders"));
    assertThat(ok(trial.run("dead-letters", "list", "orders")).out()).contains("1");
    atSource("update public.orders set note = 'good' where id = 7");
    ok(trial.run("dead-letters", "replay", "orders"));
    ok(trial.run("dead-letters", "discard", "orders"));
    ok(trial.run("watermark", "set", "orders", "2026-01-01 00:00:00"));
    ok(trial.run("status", "orders"));
    ok(trial.run("runs", "--job", "orders"));
    ok(trial.run("jobs"));
    ok(trial.run("explain", "orders", "--key=7"));
    ok(trial.run("check"));
    ok(trial.run("plan", "orders"));
    ok(trial.run("preview", "orders"));
  }

  @Test
  void the_state_schema_is_made_without_them() throws SQLException {
    trial.atTarget("drop schema quper cascade");

    ok(trial.run("migrate"));
  }

  @Test
  void triggers_find_their_names_in_the_search_path_that_the_file_gives() throws SQLException {
    trial.atTarget(
        "create table analytics.seen (id bigint)",
        "create table analytics.orders (id bigint primary key, note text, updated_at timestamp)",
        """
        create function analytics.see() returns trigger language plpgsql as $$
        begin
          insert into seen values (new.id);
          return new;
        end $$
        """,
        "create trigger see after insert on analytics.orders for each row execute function analytics.see()");
    fill("i", "'note ' || i");
    trial.file(
        "qupersync.yaml",
        """
        target: { search_path: [analytics] }
        builtin_jobs: false
        jobs:
          orders:
            source: { query: "select id, note, updated_at from public.orders" }
            target: analytics.orders
            key: [id]
            watermark: { column: updated_at, lookback: 1h }
            schedule: manual
        """);

    ok(trial.run("run", "orders"));

    assertThat(trial.targetRows("select count(*) from analytics.seen"))
        .isEqualTo(List.of(List.of("50")));
  }

  @Test
  void a_query_looks_names_up_where_its_user_would_and_nothing_else_does() throws SQLException {
    fill("i", "'note ' || i");
    trial.file("qupersync.yaml", queryJob("", "select id, note, updated_at from orders"));

    ok(trial.run("run", "orders"));
    ok(trial.run("verify", "orders"));
    ok(trial.run("check"));
    ok(trial.run("discover", "public.*"));
    ok(trial.run("run", "query_history_sync"));
  }

  @Test
  void a_query_looks_names_up_in_the_search_path_that_the_file_gives() throws SQLException {
    atSource(
        "drop schema if exists sales cascade",
        "create schema sales",
        "create table sales.deals as select 1::bigint as id, 'x'::varchar as note, timestamp '2026-01-01' as updated_at",
        "grant usage on schema sales to public",
        "grant select on sales.deals to public");
    String query = "select id, note, updated_at from deals";
    trial.file("qupersync.yaml", queryJob("", query));
    assertThat(trial.run("run", "orders").exit()).isEqualTo(ExitCode.FAILED);

    trial.file("qupersync.yaml", queryJob("source: { search_path: [sales] }", query));

    ok(trial.run("run", "orders"));
    ok(trial.run("run", "orders"));
  }

  private static String queryJob(String source, String query) {
    return """
    %s
    jobs:
      orders:
        source: { query: "%s" }
        target: analytics.orders
        key: [id]
        watermark: { column: updated_at, lookback: 1h }
        schedule: manual
    """
        .formatted(source, query);
  }

  /// The administrator must not call the traps either.
  private static void atSource(String... statements) throws SQLException {
    trial.atSource(
        Stream.concat(Stream.of("set search_path = pg_catalog"), Stream.of(statements))
            .toArray(String[]::new));
  }

  private static void runsThrough() throws SQLException {
    ok(trial.run("run", "orders"));
    ok(trial.run("verify", "orders"));
    String again = ok(trial.run("run", "orders", "--full", "--json")).out();
    assertThat(again).contains("\"rows_inserted\": 0", "\"rows_updated\": 0");
    atSource(
        "update public.orders set note = 'zz', updated_at = updated_at + interval '1 day' where id = 1");
    ok(trial.run("run", "orders"));
    trial.run("verify", "orders", "--repair");
    atSource("delete from public.orders where id = 2");
    ok(trial.run("run", "orders"));
  }

  private static Trial.Ended ok(Trial.Ended ended) {
    assertThat(ended.exit()).as(ended.out() + ended.err()).isEqualTo(ExitCode.DONE);
    assertThat(ended.out() + ended.err()).doesNotContain("trap");
    return ended;
  }

  private static void fill(String key, String note) throws SQLException {
    atSource(
        """
        insert into public.orders
        select i, %s, i * 1.25, %s, date '2026-01-01' + i, timestamp '2026-01-01' + i * interval '1 minute'
        from generate_series(1, 50) i
        """
            .formatted(key, note));
  }

  private static void file(String mode, String policy, String type, String key) {
    boolean watermark = mode.equals("incremental") || mode.equals("append");
    trial.file(
        "qupersync.yaml",
        """
        builtin_jobs: false
        jobs:
          orders:
            source: { table: public.orders }
            target: analytics.orders
            key: [%s]
            mode: %s
            conflict: %s
            schedule: manual
            %s
            columns: { k: { type: "%s" } }
        """
            .formatted(
                key,
                mode,
                policy,
                watermark ? "watermark: { column: updated_at, lookback: 1h }" : "",
                key.equals("k") ? type : "text"));
  }
}
