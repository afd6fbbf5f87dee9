package io.qupersync.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.infrastructure.jdbc.TlsMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** config/qupersync.yaml and config/env.example, which users copy. */
class StartingConfigurationTest {

  static final Path FILE = Path.of("../config/qupersync.yaml");

  @TempDir Path directory;

  /** The file with all keys that stand in comments taken out of them. */
  static String withEveryKey() throws IOException {
    return Files.readString(FILE)
        .lines()
        .map(line -> line.replaceFirst("^( *)# ( *(- )?[{a-z_].*)$", "$1$2"))
        .map(line -> line.matches("^ *(- |[a-z0-9_]+:|#|$).*") ? line : "")
        .collect(Collectors.joining("\n", "", "\n"))
        .replace("ssl_root_cert: /etc/ssl/", "ssl_root_cert: ");
  }

  private static Map<String, String> exampleEnvironment() throws IOException {
    return Files.readAllLines(Path.of("../config/env.example")).stream()
        .map(line -> line.replaceFirst("^#(?=[A-Z_]+=)", ""))
        .filter(line -> line.matches("[A-Z_]+=.*"))
        .map(line -> line.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
  }

  private ConfigurationFixture withTheExampleEnvironment() throws IOException {
    return new ConfigurationFixture(directory).with(exampleEnvironment());
  }

  @Test
  void the_example_environment_is_enough_alone() throws IOException {
    Configuration configuration = withTheExampleEnvironment().loaded();

    assertThat(configuration.jobs().all()).hasSize(8);
    assertThat(configuration.source().ssl()).isEqualTo(TlsMode.VERIFY_FULL);
    assertThat(configuration.aws().region()).hasValue("us-west-2");
  }

  @Test
  void the_file_works_with_the_example_environment() throws IOException {
    Configuration configuration = withTheExampleEnvironment().yaml(Files.readString(FILE)).loaded();

    assertThat(configuration.jobs().all()).hasSize(8);
  }

  @Test
  void every_key_in_its_comments_is_right() throws IOException {
    Configuration configuration =
        withTheExampleEnvironment()
            .with("GRAFANA_TOKEN", "g")
            .with("ALERT_URL", "https://hooks.example.com/x")
            .with("ALERT_TOKEN", "a")
            .file("redshift.pem", "PEM")
            .file("postgres.pem", "PEM")
            .yaml(withEveryKey().replace("/run/secrets/ops-token", "ops-token"))
            .file("ops-token", "o")
            .loaded();

    assertThat(configuration.source().name()).isEqualTo("production");
    assertThat(configuration.server().tokens()).hasSize(2);
    assertThat(configuration.alerts()).extracting(AlertConfig::name).containsExactly("on-call");
    assertThat(configuration.jobs().all())
        .extracting(job -> job.id().value())
        .hasSize(8)
        .contains("orders")
        .doesNotContain("column_stats_sync");
  }

  @Test
  void its_comments_leave_no_key_out() throws IOException {
    String text = withEveryKey();

    for (Keys keys : Keys.values()) {
      assertThat(keys.names())
          .as(keys.name())
          .allSatisfy(key -> assertThat(text + "provisioned:").containsPattern("\\b" + key + ":"));
    }
  }
}
