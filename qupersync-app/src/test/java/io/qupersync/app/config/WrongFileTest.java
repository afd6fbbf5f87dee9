package io.qupersync.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user reads whose file is wrong: where, what, and what to do. */
class WrongFileTest {

  @TempDir Path directory;
  private ConfigurationFixture qupersync;

  @BeforeEach
  void no_environment() {
    qupersync = new ConfigurationFixture(directory);
  }

  @Test
  void tells_everything_at_once_sorted_by_position() {
    qupersync.yaml(
        """
        source:
          host: redshift.example
          prt: 5439
          database: dev
          password: x
          ssl: verify_full
        target: { host: pg, port: 70000, database: quper, user: w, password: x }
        defaults:
          interval: 5 minuts
          batchsize: 10
        jobs:
          orders:
            source: { table: public.orders }
            target: analytics.orders
            mode: incrementl
            schedule: { every: 5 minuts }
        """);

    assertThat(qupersync.problems())
        .containsExactly(
            "qupersync.yaml:1:1: source.user is missing; write it, or set REDSHIFT_USER",
            "qupersync.yaml:3:3: unknown key 'prt'; did you mean 'port'?",
            "qupersync.yaml:6:8: source.ssl: 'verify_full' is not known; did you mean 'verify-full'?",
            "qupersync.yaml:7:27: target.port: must be 1 to 65535, was 70000",
            "qupersync.yaml:9:13: defaults.interval: '5 minuts' is no duration; write numbers with units (ms, s, m, h, d), such as 5m or 1h30m",
            "qupersync.yaml:10:3: unknown key 'batchsize'; did you mean 'batch_size'?",
            "qupersync.yaml:12:3: jobs.orders: 'key' is missing; name the columns that tell one row from another, such as key: [order_id]",
            "qupersync.yaml:15:11: jobs.orders.mode: 'incrementl' is not known; did you mean 'incremental'?",
            "qupersync.yaml:16:24: jobs.orders.schedule.every: '5 minuts' is no duration; write numbers with units (ms, s, m, h, d), such as 5m or 1h30m");
  }

  @Test
  void refuses_a_lease_that_would_be_over_before_it_is_renewed() {
    qupersync.yaml(
        """
        source: { host: r, database: dev, user: u, password: x }
        target: { host: pg, database: quper, user: w, password: x, lease_ttl: 500ms }
        """);

    assertThat(qupersync.problems())
        .containsExactly("qupersync.yaml:2:71: target.lease_ttl: must be 1s or longer, was 500ms");
  }

  @Test
  void lists_the_keys_when_none_is_near() {
    assertThat(qupersync.yamlWithDatabases("server: { banana: 1 }").problems())
        .containsExactly(
            "qupersync.yaml:3:11: unknown key 'banana'; there are host, port, tokens, tls");
  }

  @Test
  void finds_unknown_keys_of_a_job_at_every_depth() {
    qupersync.yamlWithDatabases(
        """
        jobs:
          orders:
            source: { tabel: public.orders, table: public.orders }
            target: orders
            key: [id]
            watermarks: { column: id }
            watermark: { column: id, look_back: 5 }
            schedule: { every: 5m, cronn: x }
            columns: { id: { typ: bigint } }
            stamp: { when: synced_at }
            retry: { max_retry: 1 }
            flavors: { serverles: {}, serverless: { enabled: true } }
        """);

    assertThat(qupersync.problems())
        .containsExactly(
            "qupersync.yaml:5:15: unknown key 'tabel'; did you mean 'table'?",
            "qupersync.yaml:8:5: unknown key 'watermarks'; did you mean 'watermark'?",
            "qupersync.yaml:9:30: unknown key 'look_back'; did you mean 'lookback'?",
            "qupersync.yaml:10:28: unknown key 'cronn'; did you mean 'cron'?",
            "qupersync.yaml:11:22: unknown key 'typ'; did you mean 'type'?",
            "qupersync.yaml:12:14: unknown key 'when'; there are source, time",
            "qupersync.yaml:13:14: unknown key 'max_retry'; did you mean 'max_retries'?",
            "qupersync.yaml:14:16: unknown key 'serverles'; did you mean 'serverless'?",
            "qupersync.yaml:14:45: unknown key 'enabled'; there are source, target, key, mode, watermark,"
                + " schedule, conflict, columns, exclude, update_columns, stamp, schema, batch_size,"
                + " max_transaction_rows, max_rejected, max_deleted_percent, parallel, split_by,"
                + " timeout, retry");
  }

  @Test
  void reads_nodes_from_aws_only_where_the_source_is_said_to_be_there() {
    qupersync.yamlWithDatabases(
        """
        jobs:
          a: { source: { aws: nodes }, target: a, key: [node_role] }
          b: { source: { aws: nodes, table: public.b }, target: b, key: [id] }
          c: { source: { aws: bills }, target: c, key: [id] }
        """);

    assertThat(qupersync.problems())
        .containsExactly(
            "qupersync.yaml:4:23: jobs.a.source: AWS is asked only about a source that is said to be there; set source.flavor: ra3",
            "qupersync.yaml:5:23: jobs.b.source: reads from AWS and not by SQL; keep either 'aws' or the other",
            "qupersync.yaml:6:23: jobs.c.source.aws: 'bills' is not known; there are nodes",
            "qupersync.yaml:6:23: jobs.c.source: AWS is asked only about a source that is said to be there; set source.flavor: ra3");
  }

  @Test
  void misses_both_databases_at_the_top_of_a_file_that_has_none() {
    assertThat(qupersync.yaml("log: json").problems())
        .hasSize(8)
        .contains(
            "qupersync.yaml:1:1: source.host is missing; write it, or set REDSHIFT_HOST",
            "qupersync.yaml:1:1: target.password is missing; write it, or set POSTGRES_PASSWORD");
  }

  @Test
  void asks_for_a_mapping_where_a_value_stands_and_the_other_way_round() {
    qupersync.yamlWithDatabases(
        """
        defaults: 5m
        server: { host: [a, b], tokens: [ops] }
        jobs: [orders]
        log: { format: json }
        """);

    assertThat(qupersync.problems())
        .containsExactly(
            "qupersync.yaml:3:11: defaults: must hold keys of its own, 'key: value'",
            "qupersync.yaml:4:17: server.host: must be a single value",
            "qupersync.yaml:4:34: server.tokens: must hold keys of its own, 'key: value'",
            "qupersync.yaml:5:7: jobs: must hold keys of its own, 'key: value'",
            "qupersync.yaml:6:6: log: must be a single value");
  }

  @Test
  void knows_true_and_false_only() {
    assertThat(qupersync.yamlWithDatabases("migrate: yes").problems())
        .containsExactly("qupersync.yaml:3:10: migrate: 'yes' is neither true nor false");
  }

  @Test
  void refuses_to_listen_to_the_world_without_tokens() {
    assertThat(qupersync.yamlWithDatabases("server: { host: 0.0.0.0 }").problems())
        .containsExactly(
            "qupersync.yaml:3:17: server: whoever reaches this host could command QuperSync; add tokens:"
                + " [ { name: ops, token: \"${OPS_TOKEN}\", role: operator } ], or listen on 127.0.0.1");
    assertThat(qupersync.yamlWithDatabases("server: { host: 0.0.0.0, tokens: [] }").problems())
        .hasSize(1);
  }

  @Test
  void checks_tokens() {
    qupersync.yamlWithDatabases(
        """
        server:
          tokens:
            - { name: ops, token: one, role: operator }
            - { name: ops, token: two, role: admin }
            - { role: viewer }
        """);

    assertThat(qupersync.problems())
        .containsExactly(
            "qupersync.yaml:6:15: server.tokens: this name is given to two tokens; change one",
            "qupersync.yaml:6:38: server.tokens.role: 'admin' is not known; there are viewer, operator",
            "qupersync.yaml:7:7: server.tokens: 'name' is missing; write a token as"
                + " { name: ops, token: \"${OPS_TOKEN}\", role: operator }",
            "qupersync.yaml:7:7: server.tokens: 'token' is missing; write a token as"
                + " { name: ops, token: \"${OPS_TOKEN}\", role: operator }");
  }

  @Test
  void wants_a_certificate_and_its_key_for_the_server() {
    qupersync.yamlWithDatabases("server: { tls: { certificate: server.pem } }");

    assertThat(qupersync.problems())
        .containsExactly("qupersync.yaml:3:11: server.tls: 'key' is missing; name a PEM file");

    qupersync
        .file("server.pem", "PEM")
        .yamlWithDatabases("server: { tls: { certificate: server.pem, key: server.key } }");

    assertThat(qupersync.problems())
        .containsExactly(
            "qupersync.yaml:3:31: server.tls: file %s holds no certificate; name a PEM file with"
                    .formatted(directory.toAbsolutePath().resolve("server.pem"))
                + " '-----BEGIN CERTIFICATE-----'");
  }

  @Test
  void misses_a_certificate_that_is_not_there() {
    qupersync.yaml(
        """
        source: { host: a, database: b, user: c, password: d, ssl_root_cert: aws.pem }
        target: { host: a, database: b, user: c, password: d }
        """);

    assertThat(qupersync.problems())
        .containsExactly(
            "qupersync.yaml:1:70: source.ssl_root_cert: file aws.pem cannot be read; name a PEM file"
                + " with the authority's certificate");
    assertThat(qupersync.file("aws.pem", "PEM").loaded().source().sslRootCert())
        .hasValue(directory.resolve("aws.pem").toAbsolutePath());
  }

  @Test
  void refuses_driver_options_that_would_break_a_promise() {
    qupersync.yaml(
        """
        source: { host: a, database: b, user: c, password: d, options: { enableFetchRingBuffer: true } }
        target: { host: a, database: b, user: c, password: d }
        """);

    assertThat(qupersync.problems())
        .containsExactly(
            "qupersync.yaml:1:64: source: source.options must not set enableFetchRingBuffer; remove it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sslmode",
        "sslfactory",
        "currentSchema",
        "options",
        "stringtype",
        "socketFactory"
      })
  void refuses_driver_options_that_undo_what_the_file_says(String option) {
    for (String section : new String[] {"source", "target"}) {
      qupersync.yaml(
          """
          source: { host: a, database: b, user: c, password: d, ssl: verify-full%s }
          target: { host: a, database: b, user: c, password: d, ssl: verify-full%s }
          """
              .formatted(
                  section.equals("source") ? ", options: { %s: x }".formatted(option) : "",
                  section.equals("target") ? ", options: { %s: x }".formatted(option) : ""));

      assertThat(qupersync.problems())
          .singleElement(InstanceOfAssertFactories.STRING)
          .endsWith("%s.options must not set %s; remove it".formatted(section, option));
    }
  }

  @Test
  void refuses_a_second_job_for_a_target_unless_both_share_it() {
    String jobs =
        """
        jobs:
          a: { source: { table: public.a }, target: crm.both, key: [id], mode: mirror%s }
          b: { source: { table: public.b }, target: crm.both, key: [id], mode: mirror%s }
        """;

    for (String first : new String[] {"", ", share_target: true"}) {
      assertThat(qupersync.yamlWithDatabases(jobs.formatted(first, "")).problems())
          .containsExactly(
              "qupersync.yaml:5:45: jobs.b: job 'a' writes crm.both too, and each would undo what the other does;"
                  + " name another table, or write share_target: true in both");
    }
    assertThat(
            qupersync
                .yamlWithDatabases(jobs.formatted(", share_target: true", ", share_target: true"))
                .loaded()
                .jobs()
                .all())
        .hasSize(10);
  }

  @Test
  void refuses_a_job_that_would_write_to_a_built_in_jobs_table() {
    assertThat(
            qupersync
                .yamlWithDatabases(
                    "jobs: { mine: { source: { table: public.a }, target: table_stats, key: [id] } }")
                .problems())
        .singleElement(InstanceOfAssertFactories.STRING)
        .contains("job 'table_stats_sync' writes quper.table_stats too");
  }

  @Test
  void refuses_a_job_that_would_write_to_the_own_tables_of_the_program() {
    for (String own : new String[] {"leases", "quper.sync_logs", "quper.qupersync_migrations"}) {
      assertThat(
              qupersync
                  .yamlWithDatabases(
                      "jobs: { mine: { source: { table: public.a }, target: %s, key: [id] } }"
                          .formatted(own))
                  .problems())
          .singleElement(InstanceOfAssertFactories.STRING)
          .contains("is a table of QuperSync's own");
    }
  }

  @Test
  void compares_retry_delays() {
    assertThat(qupersync.yamlWithDatabases("defaults: { retry: { base_delay: 1m } }").problems())
        .containsExactly(
            "qupersync.yaml:3:13: defaults.retry: base_delay (1m) must not be longer than max_delay (30s)");
  }

  @Test
  void names_the_file_that_is_not_there() {
    LoadResult loadResult = qupersync.loader().load(Path.of("conf", "my.yaml"));

    assertThat(((LoadResult.Refused) loadResult).problems())
        .extracting(Object::toString)
        .contains("conf/my.yaml: cannot be read (no such file); check its path and permissions");
  }
}
