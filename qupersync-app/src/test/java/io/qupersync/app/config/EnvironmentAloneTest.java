package io.qupersync.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.domain.job.Schedule;
import io.qupersync.infrastructure.jdbc.Secret;
import io.qupersync.infrastructure.jdbc.TlsMode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentAloneTest {

  @TempDir Path directory;
  private ConfigurationFixture qupersync;

  @BeforeEach
  void no_file_and_a_whole_environment() {
    qupersync = new ConfigurationFixture(directory).with(ConfigurationFixture.wholeEnvironment());
  }

  @Test
  void is_enough_for_the_eight_built_in_jobs() {
    assertThat(qupersync.loaded().jobs().all())
        .extracting(job -> job.id().value())
        .containsExactly(
            "table_stats_sync",
            "vacuum_history_sync",
            "query_history_sync",
            "alert_events_sync",
            "node_details_sync",
            "column_stats_sync",
            "scan_stats_sync",
            "applications_sync");
  }

  @Test
  void has_the_documented_defaults() {
    Configuration configuration = qupersync.loaded();

    assertThat(configuration.source().port()).isEqualTo(5439);
    assertThat(configuration.source().name()).isEqualTo("redshift.example/dev");
    assertThat(configuration.source().ssl()).isEqualTo(TlsMode.VERIFY_FULL);
    assertThat(configuration.source().flavor()).isEqualTo(FlavorSetting.AUTO);
    assertThat(configuration.source().maxConnections()).isEqualTo(4);
    assertThat(configuration.source().queryGroup()).isEqualTo("qupersync");
    assertThat(configuration.target().port()).isEqualTo(5432);
    assertThat(configuration.target().schema()).isEqualTo("quper");
    assertThat(configuration.server().host()).isEqualTo("127.0.0.1");
    assertThat(configuration.server().port()).isEqualTo(8080);
    assertThat(configuration.defaults().interval()).isEqualTo(Duration.ofMinutes(5));
    assertThat(configuration.defaults().batchSize()).isEqualTo(1000);
    assertThat(configuration.defaults().maxTransactionRows()).isEqualTo(20_000);
    assertThat(configuration.defaults().timezone()).isEqualTo(ZoneId.of("US/Pacific"));
    assertThat(configuration.defaults().misfireGrace()).isEqualTo(Duration.ofSeconds(60));
    assertThat(configuration.defaults().timeout()).isEqualTo(Duration.ofHours(1));
    assertThat(configuration.defaults().retry().maxRetries()).isEqualTo(3);
    assertThat(configuration.migrate()).isTrue();
    assertThat(configuration.log()).isEqualTo(LogFormat.TEXT);
  }

  @Test
  void says_who_connects_where() {
    Configuration configuration = qupersync.loaded();

    assertThat(configuration.source().host()).hasValue("redshift.example");
    assertThat(configuration.source().database()).isEqualTo("dev");
    assertThat(configuration.source().user()).hasValue("reader");
    assertThat(configuration.source().login().password().reveal()).isEqualTo("s3cret-one");
    assertThat(configuration.target().host()).isEqualTo("postgres.example");
    assertThat(configuration.target().database()).isEqualTo("quper");
    assertThat(configuration.target().user()).isEqualTo("writer");
    assertThat(configuration.target().password().reveal()).isEqualTo("s3cret-two");
  }

  @Test
  void sets_ports_interval_batch_size_zone_and_encryption() {
    Configuration configuration =
        qupersync
            .with("REDSHIFT_PORT", "15439")
            .with("POSTGRES_PORT", "15432")
            .with("REDSHIFT_SSL", "verify-ca")
            .with("POSTGRES_SSL", "disable")
            .with("SYNC_INTERVAL_SECONDS", "90")
            .with("SYNC_BATCH_SIZE", "250")
            .with("TIMEZONE", "Europe/Berlin")
            .loaded();

    assertThat(configuration.source().port()).isEqualTo(15439);
    assertThat(configuration.target().port()).isEqualTo(15432);
    assertThat(configuration.source().ssl()).isEqualTo(TlsMode.VERIFY_CA);
    assertThat(configuration.target().ssl()).isEqualTo(TlsMode.DISABLE);
    assertThat(configuration.defaults().timezone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    assertThat(configuration.jobs().all())
        .allSatisfy(job -> {
          assertThat(job.provisioned().schedule())
              .isEqualTo(new Schedule.Every(Duration.ofSeconds(90)));
          assertThat(job.provisioned().limits().batchSize()).isEqualTo(250);
        });
  }

  @Test
  void refuses_an_interval_of_no_seconds() {
    assertThat(qupersync.with("SYNC_INTERVAL_SECONDS", "0").problems())
        .singleElement()
        .asString()
        .contains("SYNC_INTERVAL_SECONDS", "write a whole number such as 300");
  }

  @Test
  void brings_the_usual_aws_variables() {
    AwsConfig aws =
        qupersync
            .with("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE")
            .with("AWS_SECRET_ACCESS_KEY", "aws-s3cret")
            .with("AWS_SESSION_TOKEN", "token-s3cret")
            .with("AWS_DEFAULT_REGION", "us-west-2")
            .with("AWS_ENDPOINT_URL", "https://aws.example:8443")
            .loaded()
            .aws();

    assertThat(aws.accessKeyId()).hasValue("AKIAEXAMPLE");
    assertThat(aws.secretAccessKey().map(Secret::reveal)).hasValue("aws-s3cret");
    assertThat(aws.region()).hasValue("us-west-2");
    assertThat(aws.endpointUrl()).hasValue(URI.create("https://aws.example:8443"));
    assertThat(aws.toString()).doesNotContain("s3cret");
  }

  @Test
  void refuses_an_address_of_aws_that_is_none() {
    assertThat(qupersync.with("AWS_ENDPOINT_URL", "aws.example").problems())
        .containsExactly(
            "environment:AWS_ENDPOINT_URL: 'aws.example' is no address; write one such as"
                + " https://vpce-123.redshift.us-west-2.vpce.amazonaws.com");
  }

  @Test
  void needs_no_encryption_on_this_machine() {
    assertThat(qupersync.with("POSTGRES_HOST", "localhost").loaded().target().ssl())
        .isEqualTo(TlsMode.DISABLE);
    assertThat(qupersync.with("POSTGRES_HOST", "127.0.0.2").loaded().target().ssl())
        .isEqualTo(TlsMode.DISABLE);
    assertThat(qupersync.with("POSTGRES_HOST", "::1").loaded().target().ssl())
        .isEqualTo(TlsMode.DISABLE);
    assertThat(qupersync.with("POSTGRES_HOST", "127.evil.example").loaded().target().ssl())
        .isEqualTo(TlsMode.VERIFY_FULL);
    assertThat(
            qupersync
                .with("POSTGRES_HOST", "localhost")
                .with("POSTGRES_SSL", "verify-full")
                .loaded()
                .target()
                .ssl())
        .isEqualTo(TlsMode.VERIFY_FULL);
  }

  @Test
  void misses_each_variable_by_name() {
    assertThat(new ConfigurationFixture(directory).problems())
        .containsExactlyInAnyOrder(
            "environment:REDSHIFT_HOST: is not set; set it, or write source.host in qupersync.yaml",
            "environment:REDSHIFT_DB: is not set; set it, or write source.database in qupersync.yaml",
            "environment:REDSHIFT_USER: is not set; set it, or write source.user in qupersync.yaml",
            "environment:REDSHIFT_PASSWORD: is not set; set it, or write source.password in qupersync.yaml",
            "environment:POSTGRES_HOST: is not set; set it, or write target.host in qupersync.yaml",
            "environment:POSTGRES_DB: is not set; set it, or write target.database in qupersync.yaml",
            "environment:POSTGRES_USER: is not set; set it, or write target.user in qupersync.yaml",
            "environment:POSTGRES_PASSWORD: is not set; set it, or write target.password in qupersync.yaml");
  }

  @Test
  void takes_an_empty_variable_for_one_that_is_not_set() {
    assertThat(qupersync.with("REDSHIFT_PORT", "").loaded().source().port()).isEqualTo(5439);
    assertThat(qupersync.with("REDSHIFT_HOST", "").problems())
        .containsExactly(
            "environment:REDSHIFT_HOST: is not set; set it, or write source.host in qupersync.yaml");
  }

  @Test
  void names_the_variable_that_is_wrong() {
    assertThat(
            qupersync
                .with("REDSHIFT_PORT", "http")
                .with("POSTGRES_PORT", "70000")
                .with("SYNC_INTERVAL_SECONDS", "5m")
                .with("SYNC_BATCH_SIZE", "0")
                .with("TIMEZONE", "Europe/Berlinn")
                .with("POSTGRES_SSL", "prefer")
                .problems())
        .containsExactly(
            "environment:POSTGRES_PORT: target.port: must be 1 to 65535, was 70000",
            "environment:POSTGRES_SSL: target.ssl: 'prefer' is not known; there are disable, verify-ca, verify-full",
            "environment:REDSHIFT_PORT: source.port: 'http' is no whole number; write 1 to 65535",
            "environment:SYNC_BATCH_SIZE: defaults.batch_size: must be 1 to 1000000, was 0",
            "environment:SYNC_INTERVAL_SECONDS: '5m' is no number of seconds; write a whole number such as 300",
            "environment:TIMEZONE: defaults.timezone: 'Europe/Berlinn' is no time zone; did you mean 'Europe/Berlin'?");
  }

  @Test
  void describes_every_built_in_job() {
    assertThat(qupersync.loaded().jobs().all())
        .allSatisfy(job -> assertThat(job.description()).isNotEqualTo(Optional.empty()));
  }
}
