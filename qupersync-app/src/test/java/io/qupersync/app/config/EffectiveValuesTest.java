package io.qupersync.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EffectiveValuesTest {

  @TempDir Path directory;
  private Configuration configuration;

  @BeforeEach
  void a_configuration_full_of_secrets() {
    configuration =
        new ConfigurationFixture(directory)
            .with("AWS_SECRET_ACCESS_KEY", "s3cret-aws")
            .yaml(
                """
                source:
                  { host: redshift.example, database: dev, user: reader, password: s3cret-one,
                    options: { sslPassword: s3cret-four, tcpKeepAlive: true } }
                target: { host: localhost, database: quper, user: writer, password: s3cret-two }
                server: { tokens: [ { name: ops, token: s3cret-three, role: operator } ] }
                jobs:
                  orders:
                    source: { table: public.orders }
                    target: analytics.orders
                    key: [order_id]
                    watermark: { column: updated_at, lookback: 15m }
                    schedule: { cron: "0 2 * * *" }
                    parallel: 4
                    split_by: order_id
                  codes: { source: { query: select 's3cret-five' }, target: codes, key: id, schedule: manual }
                """)
            .loaded();
  }

  @Test
  void show_what_holds_under_the_names_of_the_file() {
    assertThat(configuration.effective())
        .startsWith(
            "source.name: redshift.example/dev",
            "source.auth: password",
            "source.host: redshift.example",
            "source.port: 5439",
            "source.database: dev",
            "source.user: reader",
            "source.password: ***",
            "source.ssl: verify-full",
            "source.flavor: auto",
            "source.views: auto",
            "source.max_connections: 4",
            "source.query_group: qupersync",
            "source.read_only: false",
            "source.options.sslPassword: ***",
            "source.options.tcpKeepAlive: true",
            "target.host: localhost",
            "target.port: 5432")
        .contains(
            "target.ssl: disable",
            "server.tokens[0].name: ops",
            "server.tokens[0].token: ***",
            "server.tokens[0].role: operator",
            "defaults.interval: 5m",
            "defaults.parallel: 1",
            "defaults.misfire_grace: 1m",
            "defaults.retry.base_delay: 1s",
            "aws.secret_access_key: ***",
            "builtin_jobs: true",
            "migrate: true",
            "log: text",
            "shutdown_grace: 30s",
            "jobs.node_details_sync (provisioned): mirror of a query into quper.node_details, every 5m;"
                + " batches of 1000, at most 100 rejected, timeout 1h, 3 retries",
            "jobs.orders: incremental by updated_at less 15m of public.orders by 4 sessions in"
                + " ranges of order_id into analytics.orders, at '0 2 * * *' in US/Pacific; batches of 1000, at most 100 rejected, timeout 1h,"
                + " 3 retries",
            "jobs.codes: upsert of a query into quper.codes, when asked; batches of 1000, at most 100"
                + " rejected, timeout 1h, 3 retries");
  }

  @Test
  void hide_every_secret_as_does_the_configuration_itself() {
    assertThat(String.join("\n", configuration.effective())).doesNotContain("s3cret");
    assertThat(configuration.target().toString()).doesNotContain("s3cret");
    assertThat(configuration.server().toString()).doesNotContain("s3cret");
    assertThat(List.of(configuration.source().password(), configuration.aws()).toString())
        .doesNotContain("s3cret");
  }

  @Test
  void hide_passwords_among_the_drivers_options_in_the_configuration_itself() {
    assertThat(configuration.source().toString()).doesNotContain("s3cret");
    assertThat(configuration.source().options().values())
        .containsEntry("sslPassword", "s3cret-four");
  }
}
