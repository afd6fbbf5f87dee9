package io.qupersync.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileAndEnvironmentTest {

  @TempDir Path directory;
  private ConfigurationFixture qupersync;

  @BeforeEach
  void a_whole_environment() {
    qupersync =
        new ConfigurationFixture(directory)
            .with(ConfigurationFixture.wholeEnvironment())
            .with("REDSHIFT_PORT", "1")
            .with("SYNC_INTERVAL_SECONDS", "10")
            .with("SYNC_BATCH_SIZE", "20");
  }

  @Test
  void the_file_wins_key_by_key_and_the_environment_fills_what_it_leaves_out() {
    Configuration configuration =
        qupersync
            .yaml(
                """
                source: { host: from-file.example, port: 2 }
                defaults: { interval: 1h, timezone: UTC }
                """)
            .loaded();

    assertThat(configuration.source().host()).hasValue("from-file.example");
    assertThat(configuration.source().port()).isEqualTo(2);
    assertThat(configuration.source().user()).hasValue("reader");
    assertThat(configuration.target().host()).isEqualTo("postgres.example");
    assertThat(configuration.defaults().interval()).isEqualTo(Duration.ofHours(1));
    assertThat(configuration.defaults().batchSize()).isEqualTo(20);
    assertThat(configuration.defaults().timezone()).isEqualTo(ZoneId.of("UTC"));
  }

  @Test
  void a_wrong_variable_that_the_file_overrides_harms_nobody() {
    assertThat(
            qupersync
                .with("REDSHIFT_PORT", "none")
                .yaml("source: { port: 5439 }")
                .loaded()
                .source()
                .port())
        .isEqualTo(5439);
  }

  @Test
  void a_key_missing_from_both_is_missed_where_the_file_would_hold_it() {
    qupersync.without("REDSHIFT_USER").without("POSTGRES_DB");

    assertThat(qupersync.yaml("log: text\nsource: { port: 5439 }\n").problems())
        .containsExactly(
            "qupersync.yaml:1:1: target.database is missing; write it, or set POSTGRES_DB",
            "qupersync.yaml:2:1: source.user is missing; write it, or set REDSHIFT_USER");
  }

  @Test
  void the_file_of_the_working_directory_is_read_by_itself_and_none_is_needed() {
    assertThat(qupersync.loaded().log()).isEqualTo(LogFormat.TEXT);
    assertThat(qupersync.yaml("log: json").loaded().log()).isEqualTo(LogFormat.JSON);
  }

  @Test
  void the_environment_alone_can_be_asked_for() {
    qupersync.yaml("log: json");

    LoadResult loadResult = qupersync.loader().loadEnvironment();

    assertThat(((LoadResult.Done) loadResult).configuration().log()).isEqualTo(LogFormat.TEXT);
  }
}
