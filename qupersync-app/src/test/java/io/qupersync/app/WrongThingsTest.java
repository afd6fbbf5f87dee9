package io.qupersync.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.interfaces.cli.ExitCode;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user gets wrong, and the one line that answers it. */
class WrongThingsTest {

  private static final String ORDERS =
      """
      builtin_jobs: false
      defaults: { retry: { max_retries: 0, base_delay: 1ms, max_delay: 1ms } }
      jobs:
        orders:
          source: { table: public.orders }
          target: orders
          key: [order_id]
          schedule: manual
      """;

  @TempDir static Path directory;
  private static Trial trial;

  @BeforeAll
  static void start() throws SQLException {
    trial = new Trial(directory);
    trial.file("orders.yaml", ORDERS);
  }

  @AfterAll
  static void stop() {
    trial.close();
  }

  @Test
  void wrong_password_of_the_source() {
    Trial.Ended run = run(Map.of("REDSHIFT_PASSWORD", "not-it"));

    assertThat(run.exit()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(told(run)).contains("Redshift").contains("password").doesNotContain("not-it");
  }

  @Test
  void wrong_password_of_the_target() {
    Trial.Ended run = run(Map.of("POSTGRES_PASSWORD", "not-it"));

    assertThat(run.exit()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(told(run)).contains("PostgreSQL").contains("password").doesNotContain("not-it");
  }

  @Test
  void unknown_host() {
    Trial.Ended run = run(Map.of("REDSHIFT_HOST", "nowhere.invalid", "REDSHIFT_SSL", "disable"));

    assertThat(run.exit()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(told(run)).contains("nowhere.invalid");
  }

  @Test
  void missing_table() {
    Trial.Ended run = run(Map.of());

    assertThat(run.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(told(run)).contains("public.orders");
  }

  @Test
  void unknown_key() {
    trial.file("typo.yaml", ORDERS.replace("target:", "taget:"));

    Trial.Ended run = trial.run("run", "orders", "--config", "typo.yaml");

    assertThat(run.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("typo.yaml:6:5:").contains("'taget'").contains("'target'");
  }

  @Test
  void bad_interval() {
    trial.file("interval.yaml", ORDERS.replace("manual", "{ every: 5 minuts }"));

    Trial.Ended run = trial.run("validate", "--config", "interval.yaml");

    assertThat(run.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(run.out()).contains("interval.yaml:8:").contains("5 minuts").contains("5m");
  }

  @ParameterizedTest
  @CsvSource({"0, false", "0s, false", "5m, false", "'', false", "0s, true", "5m, true"})
  void no_lookback_and_a_query_that_leaves_out_the_watermarks_own_moment(
      String lookback, boolean strict) {
    String job =
        """
        jobs:
          late:
            source: { query: "select id, at from public.t where at %s :from" }
            target: analytics.late
            key: [id]
            watermark: { column: at%s }
        """
            .formatted(strict ? ">" : ">=", lookback.isEmpty() ? "" : ", lookback: " + lookback);
    trial.file("late.yaml", job);

    Trial.Ended run = trial.run("validate", "--config", "late.yaml");

    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(ExitCode.DONE);
    if (lookback.startsWith("0")) {
      assertThat(run.err()).contains("warning: job 'late': rows that are committed late");
      assertThat(run.err().contains(">= :from")).isEqualTo(strict);
    } else {
      assertThat(run.err()).doesNotContain("warning");
    }
  }

  @Test
  void unknown_job() {
    Trial.Ended run = trial.run("run", "ordres", "--config", "orders.yaml");

    assertThat(run.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("there is no job 'ordres'; did you mean 'orders'?");
  }

  private static Trial.Ended run(Map<String, String> environment) {
    return trial.runWith(environment, "run", "orders", "--config", "orders.yaml");
  }

  /** All that was printed, which holds no stack trace. */
  private static String told(Trial.Ended run) {
    String all = run.out() + run.err();
    assertThat(all).doesNotContain("\tat ").doesNotContain("Exception");
    return all;
  }
}
