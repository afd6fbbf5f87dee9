package io.qupersync.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.app.config.AlertConfig.Event;
import io.qupersync.domain.alert.AlertKind;
import io.qupersync.domain.job.JobId;
import io.qupersync.infrastructure.webhook.WebhookSettings.Format;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertsTest {

  @TempDir Path directory;
  private ConfigurationFixture qupersync;

  @BeforeEach
  void begin() {
    qupersync = new ConfigurationFixture(directory);
  }

  @Test
  void nobody_is_told_unless_someone_is_named() {
    assertThat(qupersync.yamlWithDatabases("log: text").loaded().alerts()).isEmpty();
  }

  @Test
  void an_address_is_enough() {
    AlertConfig alert =
        qupersync
            .yamlWithDatabases("alerts: [ { url: \"https://hooks.example.com/a\" } ]")
            .loaded()
            .alerts()
            .getFirst();

    assertThat(alert.name()).isEqualTo("alerts");
    assertThat(alert.format()).isEqualTo(Format.JSON);
    assertThat(alert.kinds()).containsExactlyInAnyOrder(AlertKind.values());
    assertThat(alert.tellsEndings()).isTrue();
    assertThat(alert.rejectedOver()).isZero();
    assertThat(alert.expiringWithin()).isEqualTo(Duration.ofHours(24));
    assertThat(alert.timeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(alert.headers()).isEmpty();
  }

  @Test
  void all_can_be_said() {
    AlertConfig alert =
        qupersync
            .with("HOOK", "https://hooks.example.com/s3cret-path")
            .with("TOKEN", "s3cret-token")
            .yamlWithDatabases(
                """
                alerts:
                  - name: on-call
                    url: ${HOOK}
                    format: slack
                    events: [failed, recovered]
                    rejected_over: 10
                    expiring_within: 2d
                    headers: { Authorization: "Bearer ${TOKEN}" }
                    timeout: 30s
                """)
            .loaded()
            .alerts()
            .getFirst();

    assertThat(alert.events()).containsExactly(Event.FAILED, Event.RECOVERED);
    assertThat(alert.kinds()).containsExactly(AlertKind.FAILED);
    assertThat(alert.rejectedOver()).isEqualTo(10);
    assertThat(alert.url().reveal()).endsWith("s3cret-path");
    assertThat(alert.headers().get("Authorization").reveal()).isEqualTo("Bearer s3cret-token");
    assertThat(alert.toString()).doesNotContain("s3cret");
    assertThat(alert.webhook().toString()).doesNotContain("s3cret");
  }

  @Test
  void what_is_wrong_is_told_and_no_secret_with_it() {
    qupersync
        .with("HOOK", "s3cret-hook")
        .with("TOKEN", "s3cret\\nline")
        .yamlWithDatabases(
            """
            alerts:
              - { name: on call, format: teams }
              - { url: "${HOOK}", events: [failing] }
              - { name: b, url: "https://h/", timeout: 5m }
              - { name: b, url: "https://h/", headers: { Host: x } }
              - { name: c, url: "https://ops:s3cret@h/" }
            """);

    assertThat(qupersync.problems())
        .containsExactly(
            "qupersync.yaml:4:5: alerts: 'url' is missing; write the address to tell, best as ${…}",
            "qupersync.yaml:4:13: alerts.name: 'on call' is no name; write letters, digits, '.', '_' or '-', 63 at most",
            "qupersync.yaml:4:30: alerts.format: 'teams' is not known; there are json, slack",
            "qupersync.yaml:5:5: alerts: two alerts are called 'alerts'; give one a name",
            "qupersync.yaml:5:12: alerts: url must be an address such as https://hooks.example.com/alerts",
            "qupersync.yaml:5:32: alerts.events: 'failing' is not known; there are failed, stale, rejected, expiring, target_away, recovered",
            "qupersync.yaml:6:5: alerts: timeout must be at most 1m, and more than nothing",
            "qupersync.yaml:7:5: alerts: the header 'Host' is set by QuperSync itself; remove it",
            "qupersync.yaml:7:13: alerts: two alerts are called 'b'; give one a name",
            "qupersync.yaml:8:21: alerts: url must not hold a user or password, which would not be sent; write headers: { Authorization: … }");
  }

  @Test
  void a_job_says_how_fresh_it_has_to_be_and_how_long_its_source_keeps_rows() {
    Configuration configuration =
        qupersync
            .yamlWithDatabases(
                """
                jobs:
                  orders:
                    source: { table: public.orders }
                    target: orders
                    key: [id]
                    watermark: { column: updated_at, retention: 30d }
                    freshness: 20m
                """)
            .loaded();
    var orders = configuration.jobs().find(new JobId("orders")).orElseThrow();

    assertThat(orders.freshness()).contains(Duration.ofMinutes(20));
    assertThat(orders.retention()).contains(Duration.ofDays(30));
    assertThat(configuration.effective())
        .anyMatch(line -> line.contains("incremental by updated_at kept 30d of public.orders"));
  }

  @Test
  void the_built_in_jobs_know_that_redshift_keeps_its_logs_for_a_week() {
    Configuration configuration = qupersync.yamlWithDatabases("log: text").loaded();

    assertThat(configuration.jobs().all())
        .filteredOn(job -> job.serverless().extraction().watermark().isPresent())
        .hasSizeGreaterThanOrEqualTo(5)
        .allSatisfy(job -> assertThat(job.retention()).contains(Duration.ofDays(7)));
  }
}
