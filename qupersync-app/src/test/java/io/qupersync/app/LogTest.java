package io.qupersync.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.app.config.LogFormat;
import io.qupersync.interfaces.cli.ExitCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the log says, in both forms; and what it never says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LogTest {

  private static final Logger LOG = LoggerFactory.getLogger(LogTest.class);

  /** What breaks naive quoting and masking: quotes, blanks, braces, percent signs, dollars. */
  private static final String SECRET = "s3cr'et\"w0rd ${x} %s {} \\ &=?#/;é";

  @TempDir static Path directory;
  private Trial trial;

  @BeforeAll
  void begin() throws Exception {
    trial = new Trial(directory);
    trial.atSource(
        "create table public.orders (id bigint, name text)",
        "insert into public.orders values (1, 'Ada'), (2, null)",
        "grant select on public.orders to public");
    trial.file(
        "qupersync.yaml",
        """
        builtin_jobs: false
        jobs:
          orders:
            source: { table: public.orders }
            target: orders
            key: [id]
            columns: { name: { required: true } }
          missing: { source: { table: public.missing }, target: missing, key: [id] }
        """);
  }

  @AfterAll
  void end() {
    trial.close();
  }

  @Test
  void every_line_of_a_run_names_its_job_and_its_run() {
    try (var log = HeardLog.asText()) {
      assertThat(trial.run("run", "orders").exit()).isEqualTo(ExitCode.DONE);

      assertThat(log.lines())
          .filteredOn(line -> line.contains("LeasedRuns"))
          .hasSizeGreaterThanOrEqualTo(2)
          .allMatch(line -> line.matches(".* INFO +LeasedRuns job=orders run=\\d+ .*"))
          .last()
          .asString()
          .contains("success: extracted=2 ");
    }
  }

  @Test
  void as_json_each_event_is_one_object_on_one_line() {
    try (var log = HeardLog.asJson()) {
      assertThat(trial.run("run", "orders", "missing").exit()).isEqualTo(ExitCode.FAILED);
      LOG.warn("two\nlines, \"quoted\"");

      List<JsonNode> events = log.lines().stream().map(JsonMapper.shared()::readTree).toList();
      JsonNode failed =
          events.stream()
              .filter(event -> event.at("/level").asString().equals("ERROR"))
              .findFirst()
              .orElseThrow();
      assertThat(failed.at("/mdc/job").asString()).isEqualTo("missing");
      assertThat(failed.at("/mdc/run").asString()).matches("\\d+");
      assertThat(failed.at("/formattedMessage").asString()).contains("public.missing");
      assertThat(failed.at("/timestamp").isNumber()).isTrue();
      assertThat(events.getLast().at("/formattedMessage").asString())
          .isEqualTo("two\nlines, \"quoted\"");
      assertThat(events.getLast().at("/mdc").size()).isZero();
    }
  }

  @Test
  void as_text_a_message_of_two_lines_is_one_line_too() {
    try (var log = HeardLog.asText()) {
      LOG.warn("two\r\nlines");

      assertThat(log.lines()).singleElement().asString().endsWith("WARN  LogTest two lines");
    }
  }

  @Test
  void the_level_changes_while_the_program_runs() {
    try (var log = HeardLog.asText()) {
      Logs.tellEvents(LogFormat.TEXT);
      Logs.setLevel("error");
      LOG.warn("not heard");
      Logs.setLevel("debug");
      LOG.debug("heard");

      assertThat(Logs.level()).isEqualTo("debug");
      assertThat(log.text()).contains("heard").doesNotContain("not heard");
    }
  }

  @Test
  void whatever_fails_no_secret_and_no_row_is_in_a_line() {
    trial.file(
        "secret.yaml",
        """
        source: { host: "${REDSHIFT_HOST}", port: "${REDSHIFT_PORT}", database: dev, user: u, password: "${ODD}" }
        target: { host: 127.0.0.1, port: 1, database: quper, user: w, password: "${ODD}", options: { sslpassword: "${ODD}" } }
        server: { tokens: [ { name: ops, token: "${ODD}", role: operator } ] }
        alerts: [ { url: "http://127.0.0.1:1/${HOOK}", headers: { X-Key: "${HOOK}" } } ]
        jobs: { orders: { source: { table: public.orders }, target: orders, key: [id] } }
        """);
    trial.file(
        "wrong.yaml",
        """
        source: { host: "${ODD}", port: "${ODD}", database: dev, user: u, password: "${ODD}" }
        alerts: [ { url: "${ODD}", headers: { X-Key: "${ODD}" } } ]
        """);
    Map<String, String> odd = Map.of("ODD", SECRET, "HOOK", "s3cr-et-w0rd");
    try (var log = HeardLog.asText()) {
      var said = new StringBuilder();
      for (String[] command :
          new String[][] {
            {"run", "orders", "--config", "secret.yaml"},
            {"check", "--config", "secret.yaml"},
            {"plan", "orders", "--config", "secret.yaml"},
            {"serve", "--config", "secret.yaml"},
            {"validate", "--config", "wrong.yaml"},
            {"run", "orders", "--verbose"}
          }) {
        Trial.Ended ended = trial.runWith(odd, command);
        said.append(ended.out()).append(ended.err());
      }

      assertThat(log.text()).contains("configured: target.password: ***");
      assertThat(log.text() + said)
          .doesNotContain("s3cr'et")
          .doesNotContain("w0rd")
          .doesNotContain("Ada");
    }
  }
}
