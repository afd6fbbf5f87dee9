package io.qupersync.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.domain.job.JobId;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user reads who has written a job that cannot be. */
class JobMessagesTest {

  private static final String ORDERS =
      "jobs: { orders: { source: { table: public.orders }, target: orders, key: [id], %s } }";

  @TempDir Path directory;
  private ConfigurationFixture qupersync;

  @BeforeEach
  void no_environment() {
    qupersync = new ConfigurationFixture(directory);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "schedule: { every: 300 }                    | '300' has no unit; write ms, s, m, h or d after it, such as 5m",
        "schedule: { every: 0s }                     | '0s' is too often; the least interval is 1s",
        "schedule: { every: 1ms }                    | '1ms' is too often; the least interval is 1s",
        "schedule: { every: 999ms }                  | '999ms' is too often; the least interval is 1s",
        "schedule: { cron: \"0 25 * * *\" }          | '0 25 * * *' is no cron expression; write minute, hour, day, month and weekday",
        "schedule: { cron: \"0 0 2 * * *\" }         | is no cron expression",
        "schedule: { cron: \"@daily\" }              | is no cron expression",
        "schedule: { cron: \"0 0 30 2 *\" }          | '0 0 30 2 *' names a date that never comes",
        "schedule: { cron: \"0 2 * * *\", timezone: US/Pacfic } | 'US/Pacfic' is no time zone; did you mean 'US/Pacific'?",
        "schedule: { cron: \"0 2 * * *\", timezone: here }  | 'here' is no time zone; write a name such as US/Pacific, Europe/Berlin or UTC",
        "schedule: { every: 5m, cron: \"0 2 * * *\" }| needs either 'every' or 'cron'; write { every: 5m }",
        "schedule: { every: 5m, timezone: UTC }      | an interval has no time zone; remove 'timezone'",
        "schedule: { every: 5m, jitter: much }       | 'much' is no duration",
        "full_schedule: { cron: \"0 2 * * 0\" }       | every run of a job without a watermark reads everything; remove 'full_schedule'",
        "full_schedule: { cron: \"0 0 30 2 *\" }, watermark: { column: id } | '0 0 30 2 *' names a date that never comes",
        "full_schedule: { every: 1ms }, watermark: { column: id } | every",
        "after: [order]                              | there is no job 'order'; did you mean 'orders'?",
        "after: [orders]                             | after leads back to the job itself: orders after orders; take one of them out",
        "after: \"an order\"                          | a job's name is 1 to 100 letters",
        "schedule: sometimes                         | 'sometimes' is no schedule; write { every: 5m }",
        "conflict: newest-wins                       | 'newest-wins' is not known; there are source-wins, target-wins, latest-wins(updated_at), merge",
        "conflict: source_wins                       | did you mean 'source-wins'?",
        "mode: mirror, watermark: { column: id }     | mode mirror reads everything, so that it knows what is gone; remove the watermark",
        "mode: upsert, watermark: { column: id }     | mode upsert reads everything at every run; remove the watermark, or use mode incremental",
        "mode: incremental                           | mode incremental needs a watermark; name its column, or use mode upsert",
        "update_columns: [id]                        | update_columns must not name the key column 'id'",
        "watermark: { lookback: 5m }                 | 'column' is missing; name a column whose values only grow",
        "watermark: { column: [] }                   | a watermark needs a column",
        "watermark: { column: id, lookback: soon }   | 'soon' is no duration",
        "watermark: { column: id, lookback: -5 }     | must be 0 to 999999999999999999, was -5",
        "watermark: { column: id, lookback: -5m }    | '-5m' is no duration",
        "watermark: { column: id, lookback: 1.5 }    | '1.5' is no whole number",
        "watermark: { column: id, lookback: 1e3 }    | '1e3' is no whole number",
        "watermark: { column: id, lookback: 99999999999999999999 } | '99999999999999999999' is no whole number; write 0 to 999999999999999999",
        "watermark: { column: id, lookback: 10, initial: 30d }     | 'lookback' and 'initial' do not go together: durations are for times, counts for numbers",
        "watermark: { column: id, lookback: 10, initial: 2026-01-01 } | 'lookback' and 'initial' do not go together",
        "watermark: { column: id, lookback: 5m, initial: 4711 }    | 'lookback' and 'initial' do not go together",
        "watermark: { column: id, lookback: 5m, initial: abc }     | 'lookback' and 'initial' do not go together",
        "watermark: { column: id, nulls: never }     | 'never' is not known; there are every_run, skip",
        "columns: { a: { type: numeric(9999) } }     | numeric(9999,0) does not exist",
        "columns: { a: { normalize: [trim, lowr] } } | 'lowr' is not known; did you mean 'lower'?",
        "columns: { a: { type: itneger } }           | there is no type 'itneger'; did you mean 'integer'? a type of the target's own is named with its schema, such as public.itneger",
        "columns: { a: { type: varchr(20) } }        | there is no type 'varchr'; did you mean 'varchar'?",
        "columns: { a: { type: \"timestamp without timezone\" } } | did you mean 'timestamp without time zone'?",
        "columns: { a: { type: \"txt[]\" } }          | there is no type 'txt'; did you mean 'text'?",
        "columns: { a: { type: integer, default: none } } | default: it is no value of type integer",
        "columns: { a: { type: date, default: 2026-02-30 } } | default: it is no value of type date",
        "columns: { order_id: { from: id } }         | key: column 'id' is not written: 'columns' writes the source's 'id' to 'order_id'; name that one, 'order_id'",
        "exclude: [id]                               | key: column 'id' is not written: 'exclude' names it; take it out there",
        "exclude: [a], update_columns: [a]           | update_columns: column 'a' is not written: 'exclude' names it",
        "exclude: [seq], conflict: latest-wins(seq)  | conflict: column 'seq' is not written: 'exclude' names it",
        "exclude: [s], watermark: { column: at, open: { column: s, values: [a] } } | watermark: column 's' is not written",
        "update_columns: [a, b, a]                   | update_columns names 'a' twice; remove one",
        "stamp: { source: a, time: a }               | stamp: column 'a' would be written twice; name another",
        "columns: { a: {} }, stamp: { time: a }      | stamp: column 'a' would be written twice; name another",
        "batch_size: 5000, max_transaction_rows: 10  | max_transaction_rows must be at least batch_size (5000), was 10",
        "parallel: 0                                 | must be 1 to 64, was 0",
        "parallel: 5                                 | parallel (5) is more than source.max_connections (4), so the rest would only wait; raise that, or lower this",
        "parallel: 2, split_by: region               | split_by must be a column of the key (id), so that rows of one key are never read by two readers; was 'region'",
        "max_rejected: -1                            | must be 0 to 9223372036854775807, was -1",
        "timeout: 1 hour                             | '1 hour' is no duration",
      })
  void says_what_is_wrong_and_what_to_write(String keys, String message) {
    assertThat(qupersync.yamlWithDatabases(ORDERS.formatted(keys.strip())).problems())
        .singleElement()
        .asString()
        .startsWith("qupersync.yaml:3:")
        .contains("jobs.orders")
        .contains(message);
  }

  @Test
  void tells_everything_at_once_also_what_several_jobs_say_together() {
    qupersync.yamlWithDatabases(
        """
        jobs:
          a:
            source: { query: "select id, at from t where at >= :form" }
            target: public.t
            key: [id, id]
            mode: mirror
            watermark: { column: at, lookback: soon }
            exclude: [id]
            columns: { n: { type: nmueric } }
            update_columns: [id]
            after: [c]
          b:
            source: { table: t }
            target: public.t
            key: [id]
            after: [a]
            timeout: never
            parallel: 2
            split_by: n
          c:
            source: { table: t }
            target: quper.leases
            after: [b, d]
        """);

    assertThat(qupersync.problems())
        .satisfiesExactlyInAnyOrder(
            told("':form' is no placeholder; did you mean ':from'?"),
            told("key names 'id' twice"),
            told("mode mirror reads everything"),
            told("'soon' is no duration"),
            told("key: column 'id' is not written"),
            told("update_columns: column 'id' is not written"),
            told("did you mean 'numeric'?"),
            told("update_columns must not name the key column 'id'"),
            told("jobs.a: after leads back to the job itself"),
            told("job 'a' writes public.t too"),
            told("jobs.b: after leads back to the job itself"),
            told("'never' is no duration"),
            told("split_by must be a column of the key (id)"),
            told("'key' is missing"),
            told("quper.leases is a table of QuperSync's own"),
            told("jobs.c: after leads back to the job itself"),
            told("there is no job 'd'"));
  }

  private static Consumer<String> told(String message) {
    return problem -> assertThat(problem).contains(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "select id from t where at >= :form and at < :to | form",
        "select id from t where at >= :From              | ",
        "select a[lo:hi] from t                          | ",
        "select id::text from t                          | ",
        "select ':form' from t -- :form                  | ",
        "select id from t where n = :n                   | n",
      })
  void knows_a_placeholder_that_there_is_not(String query, String unknown) {
    qupersync.yamlWithDatabases(
        "jobs: { x: { source: { query: \"%s\" }, watermark: { column: at }, target: t, key: [id] } }"
            .formatted(query));

    if (unknown == null) {
      assertThat(qupersync.loaded().jobs().find(new JobId("x"))).isPresent();
    } else {
      assertThat(qupersync.problems())
          .singleElement()
          .asString()
          .contains("':" + unknown + "' is no placeholder");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "citext",
        "public.itneger",
        "mood",
        "status",
        "order_state",
        "inet[]",
        "varbit(3)",
        "VARCHAR(20)",
        "timestamp (3) with time zone",
        "crm.dates"
      })
  void takes_types_that_only_the_target_may_know(String type) {
    assertThat(
            qupersync
                .yamlWithDatabases(
                    ORDERS.formatted("columns: { a: { type: \"%s\" } }".formatted(type)))
                .loaded()
                .jobs()
                .find(new JobId("orders")))
        .isPresent();
  }

  @Test
  void of_a_key_of_several_columns_says_which_is_to_be_split() {
    qupersync.yamlWithDatabases(
        "jobs: { x: { source: { table: t }, target: t, key: [a, b], parallel: 2 } }");

    assertThat(qupersync.problems())
        .containsExactly(
            "qupersync.yaml:3:70: jobs.x: the key has several columns; name the one by whose ranges the source is read, such as split_by: order_id");
  }

  @Test
  void needs_a_source_a_target_and_a_key() {
    assertThat(qupersync.yamlWithDatabases("jobs:\n  mine:\n").problems())
        .containsExactly(
            "qupersync.yaml:4:3: jobs.mine: 'key' is missing; name the columns that tell one row from another, such as key: [order_id]",
            "qupersync.yaml:4:3: jobs.mine: 'source' is missing; write { table: public.orders } or { query: \"select …\" }",
            "qupersync.yaml:4:3: jobs.mine: 'target' is missing; name the table to write, such as target: analytics.orders");
  }

  @Test
  void guesses_the_built_in_job_that_was_meant() {
    assertThat(
            qupersync
                .yamlWithDatabases("jobs: { table_stat_sync: { schedule: { every: 10m } } }")
                .problems())
        .contains(
            "qupersync.yaml:3:9: jobs.table_stat_sync: there is no such built-in job; did you mean 'table_stats_sync'?");
  }

  @Test
  void reads_a_table_or_a_query_not_both() {
    qupersync.yamlWithDatabases(
        """
        jobs:
          both: { source: { table: a, query: select 1 }, target: t, key: id }
          none: { source: {}, target: t2, key: id }
          text: { source: orders, target: t3, key: id }
        """);

    assertThat(qupersync.problems())
        .containsExactly(
            "qupersync.yaml:4:11: jobs.both.source: needs either 'table' or 'query'; write { table: public.orders } or { query: \"select …\" }",
            "qupersync.yaml:5:11: jobs.none.source: needs either 'table' or 'query'; write { table: public.orders } or { query: \"select …\" }",
            "qupersync.yaml:6:19: jobs.text.source: must hold keys of its own, 'key: value'");
  }

  @Test
  void knows_that_a_placeholder_needs_a_watermark() {
    qupersync.yamlWithDatabases(
        "jobs: { x: { source: { query: 'select 1 where a > :from' }, target: t, key: id } }");

    assertThat(qupersync.problems())
        .containsExactly(
            "qupersync.yaml:3:31: jobs.x.source: :from and :to stand for the ends of the window, and a"
                + " job without a watermark has none; add watermark: { column: … }");
  }

  @Test
  void names_a_bad_name() {
    assertThat(
            qupersync
                .yamlWithDatabases(
                    "jobs: { \"a b\": { source: { table: t }, target: a.b.c, key: id } }")
                .problems())
        .containsExactly(
            "qupersync.yaml:3:9: jobs.a b: a job's name is 1 to 100 letters, digits, '_', '-' or '.', was 'a b'",
            "qupersync.yaml:3:48: jobs.a b.target: a table is named 'schema.table' or 'table', was 'a.b.c'");
  }
}
