package io.qupersync.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.domain.job.Flavor;
import io.qupersync.infrastructure.aws.RedshiftDeployment;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ways in that lead through AWS. */
class SourceAuthTest {

  private static final String TARGET =
      "target: { host: pg, database: quper, user: writer, password: x }\n";

  @TempDir Path directory;
  private ConfigurationFixture qupersync;

  @BeforeEach
  void no_environment() {
    qupersync = new ConfigurationFixture(directory);
  }

  private SourceConfig source(String source) {
    return qupersync.yaml("source: { %s }\n".formatted(source) + TARGET).loaded().source();
  }

  private List<String> problems(String source) {
    return qupersync.yaml("source: { %s }\n".formatted(source) + TARGET).problems();
  }

  @Test
  void iam_needs_a_cluster_and_a_database_and_no_more() {
    SourceConfig source =
        source("auth: iam, cluster_identifier: metrics, database: dev, region: us-west-2");

    assertThat(source.auth()).isEqualTo(AuthSetting.IAM);
    assertThat(source.warehouse()).hasValue(new RedshiftDeployment.Cluster("metrics"));
    assertThat(source.region()).hasValue("us-west-2");
    assertThat(source.host()).isEmpty();
    assertThat(source.user()).isEmpty();
    assertThat(source.name()).isEqualTo("metrics/dev");
  }

  @Test
  void iam_reads_cluster_and_region_off_the_name_of_the_host() {
    SourceConfig source =
        source(
            "auth: iam, host: analytics.123456789012.eu-west-1.redshift-serverless.amazonaws.com, database: dev");

    assertThat(source.warehouse()).hasValue(new RedshiftDeployment.Workgroup("analytics"));
    assertThat(source.region()).hasValue("eu-west-1");
  }

  @Test
  void a_secret_needs_its_name_and_the_database() {
    SourceConfig source =
        source(
            "auth: secrets_manager, database: dev,"
                + " secret: \"arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/redshift-AbCdEf\"");

    assertThat(source.secret()).isPresent();
    assertThat(source.region()).hasValue("eu-west-1");
  }

  @Test
  void the_environment_alone_is_enough() {
    SourceConfig source =
        qupersync
            .with(ConfigurationFixture.wholeEnvironment())
            .without("REDSHIFT_PASSWORD")
            .without("REDSHIFT_HOST")
            .with("REDSHIFT_AUTH", "iam")
            .with("REDSHIFT_CLUSTER_IDENTIFIER", "metrics")
            .loaded()
            .source();

    assertThat(source.warehouse()).hasValue(new RedshiftDeployment.Cluster("metrics"));
    assertThat(source.user()).hasValue("reader");
  }

  @Test
  void shows_the_way_in_as_it_is_written() {
    assertThat(
            qupersync
                .yaml("source: { auth: secrets_manager, secret: s, database: dev }\n" + TARGET)
                .loaded()
                .effective())
        .contains("source.auth: secrets_manager", "source.secret: s");
  }

  @Test
  void what_would_not_be_heeded_must_not_stand_there() {
    assertThat(problems("host: h, database: d, user: u, password: p, region: us-west-2"))
        .containsExactly(
            "qupersync.yaml:1:63: source.region: has no meaning with auth: password; remove it");
    assertThat(problems("auth: iam, cluster_identifier: c, database: d, password: p"))
        .containsExactly(
            "qupersync.yaml:1:68: source.password: has no meaning with auth: iam; remove it");
    assertThat(problems("auth: secrets_manager, secret: s, database: d, user: u"))
        .containsExactly(
            "qupersync.yaml:1:64: source.user: has no meaning with auth: secrets_manager; remove it");
    assertThat(problems("auth: iam, workgroup: w, database: d, user: u"))
        .containsExactly(
            "qupersync.yaml:1:55: source.user: a workgroup lets the IAM identity in as its own user; remove it");
  }

  @Test
  void aws_may_be_asked_about_a_cluster_that_lets_in_by_password() {
    SourceConfig source =
        source(
            "flavor: ra3, host: h, database: d, user: u, password: p,"
                + " cluster_identifier: metrics, region: us-west-2");

    assertThat(source.cluster()).hasValue(new RedshiftDeployment.Cluster("metrics"));
    assertThat(source.region()).hasValue("us-west-2");
    assertThat(source.flavor().known()).hasValue(Flavor.PROVISIONED);
    assertThat(
            source(
                    "flavor: ra3, database: d, user: u, password: p,"
                        + " host: metrics.abc.eu-west-1.redshift.amazonaws.com")
                .cluster())
        .hasValue(new RedshiftDeployment.Cluster("metrics"));
  }

  @Test
  void whom_to_ask_about_must_be_known() {
    String problem =
        "source.flavor: is ra3, so that AWS is asked about the cluster;"
            + " write cluster_identifier: with its name";

    assertThat(problems("flavor: ra3, host: h, database: d, user: u, password: p"))
        .containsExactly("qupersync.yaml:1:19: " + problem);
    assertThat(problems("flavor: ra3, auth: iam, workgroup: w, database: d"))
        .containsExactly("qupersync.yaml:1:19: " + problem);
  }

  @Test
  void what_must_be_known_is_asked_for() {
    assertThat(problems("auth: iam, host: localhost, database: d"))
        .containsExactly(
            "qupersync.yaml:1:17: source.auth: is iam, but it is not known of what;"
                + " write cluster_identifier: or workgroup: with its name");
    assertThat(problems("auth: secrets_manager, database: d"))
        .containsExactly(
            "qupersync.yaml:1:17: source.auth: is secrets_manager, but no secret is named;"
                + " write secret: with its name or ARN");
    assertThat(problems("auth: iam, cluster_identifier: c, workgroup: w, database: d"))
        .containsExactly(
            "qupersync.yaml:1:56: source.workgroup: a source is either a cluster or a workgroup;"
                + " remove one of the two");
    assertThat(problems("auth: kerberos, host: h, database: d, user: u, password: p"))
        .containsExactly(
            "qupersync.yaml:1:17: source.auth: 'kerberos' is not known; there are password, iam, secrets_manager");
  }
}
