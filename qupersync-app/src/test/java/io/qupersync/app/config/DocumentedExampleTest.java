package io.qupersync.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.domain.job.ConflictPolicy;
import io.qupersync.domain.job.Schedule;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.job.SyncMode;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example that documentation shows, character for character. */
class DocumentedExampleTest {

  static final String EXAMPLE =
      """
      source:   { host: ..., port: 5439, database: dev, user: ..., password: ..., ssl: verify-full, # disable | verify-ca | verify-full
                  flavor: auto, max_connections: 4, query_group: qupersync, options: {} }         # auto | provisioned | serverless
      target:   { host: ..., port: 5432, database: quper, user: ..., password: ..., ssl: verify-full, schema: quper, options: {} }
      server:   { host: 127.0.0.1, port: 8080, tokens: [ { name: ops, token: "${file:...}", role: operator } ] }
      defaults: { interval: 5m, batch_size: 1000, timezone: US/Pacific, misfire_grace: 60s, timeout: 1h,
                  retry: { max_retries: 3, base_delay: 1s, max_delay: 30s } }
      jobs:
        orders:
          source:    { table: public.orders }            # or { query: "select …" }
          target:    analytics.orders
          key:       [order_id]
          mode:      incremental                          # incremental | upsert | mirror | append
          watermark: { column: updated_at, lookback: 15m }
          schedule:  { every: 5m }                        # or { cron: "0 2 * * *", timezone: US/Pacific } or manual
          conflict:  latest-wins(updated_at)              # source-wins | target-wins | latest-wins(col) | merge
          columns:                                        # optional: what is not named passes through under its own name
            amount:  { type: numeric(18,4), required: true }
            e_mail:  { from: email, normalize: [trim, lower] }
            note:    { default: "" }
          update_columns: [status, amount]                # optional: only these change on conflict
          max_rejected: 100                               # more rejected rows than this fail the run
        table_stats_sync: { schedule: { every: 10m } }    # a built-in job, overridden in part
      """;

  @TempDir Path directory;

  @Test
  void is_read_as_it_stands() {
    var qupersync = new ConfigurationFixture(directory).yaml(EXAMPLE).file("...", "the-token\n");

    SyncJob orders = qupersync.job("orders");
    assertThat(orders.mode()).isEqualTo(SyncMode.INCREMENTAL);
    assertThat(orders.destination().conflict())
        .isEqualTo(new ConflictPolicy.LatestWins("updated_at"));
    assertThat(orders.columns().rules()).hasSize(3);
    assertThat(orders.columns().rules().getFirst().type().orElseThrow().sql())
        .isEqualTo("numeric(18,4)");
    assertThat(qupersync.job("table_stats_sync").schedule())
        .isEqualTo(new Schedule.Every(Duration.ofMinutes(10)));
    assertThat(qupersync.loaded().server().tokens().getFirst().token().reveal())
        .isEqualTo("the-token");
    assertThat(qupersync.loaded().jobs().all()).hasSize(9);
  }
}
