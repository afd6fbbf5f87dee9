package io.qupersync.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.interfaces.cli.ExitCode;
import io.qupersync.sandbox.aws.AwsStandIn;
import io.qupersync.sandbox.aws.FakeAwsAccount;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program, let in by AWS. */
class WithoutAPasswordTest {

  private static final Map<String, String> KEYS =
      Map.of(
          "AWS_ACCESS_KEY_ID", AwsStandIn.ACCESS_KEY,
          "AWS_SECRET_ACCESS_KEY", AwsStandIn.SECRET_KEY,
          "AWS_DEFAULT_REGION", "us-west-2",
          "REDSHIFT_PASSWORD", "",
          "REDSHIFT_HOST", "",
          "REDSHIFT_SSL", "disable");

  private static final String JOB =
      """
      builtin_jobs: false
      jobs:
        orders: { source: { table: public.orders }, target: orders, key: [id] }
      """;

  @TempDir Path directory;
  private Trial trial;
  private AwsStandIn aws;

  @BeforeEach
  void start() throws SQLException {
    trial = new Trial(directory);
    trial.atSource(
        "create table public.orders as select generate_series(1, 100) id",
        "grant select on public.orders to public",
        "create role \"IAM:reader\" login");
    var source = trial.source();
    aws =
        AwsStandIn.start(
            new FakeAwsAccount(InstantSource.system(), this::letIn)
                .cluster(
                    "us-west-2",
                    "metrics",
                    new FakeAwsAccount.Cluster(
                        Optional.of(source.host()),
                        source.port(),
                        "ra3.4xlarge",
                        1,
                        List.of("SHARED")))
                .secret(
                    "us-west-2",
                    "prod/redshift",
                    "{\"username\":\"%s\",\"password\":\"%s\",\"host\":\"%s\",\"port\":%d}"
                        .formatted(
                            source.user(), source.password(), source.host(), source.port())));
  }

  @AfterEach
  void stop() {
    aws.close();
    trial.close();
  }

  private void letIn(String user, String password) {
    try {
      trial.atSource(
          "set password_encryption = 'md5'",
          "alter role \"%s\" password '%s'".formatted(user, password));
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private Trial.Ended run(Map<String, String> how) {
    trial.file("qupersync.yaml", JOB);
    var environment = new HashMap<>(KEYS);
    environment.put("AWS_ENDPOINT_URL", aws.endpoint().toString());
    environment.putAll(how);
    return trial.runWith(environment, "run", "--all");
  }

  @Test
  void copies_with_a_temporary_password() throws SQLException {
    Trial.Ended ended =
        run(
            Map.of(
                "REDSHIFT_AUTH", "iam",
                "REDSHIFT_CLUSTER_IDENTIFIER", "metrics",
                "REDSHIFT_USER", "reader"));

    assertThat(ended.err()).doesNotContain("error");
    assertThat(ended.exit()).isEqualTo(ExitCode.DONE);
    assertThat(trial.targetRows("select count(*) from quper.orders"))
        .containsExactly(List.of("100"));
    assertThat(aws.calls())
        .containsExactly("redshift:DescribeClusters", "redshift:GetClusterCredentials");
  }

  @Test
  void copies_with_what_a_secret_says() throws SQLException {
    Trial.Ended ended =
        run(
            Map.of(
                "REDSHIFT_AUTH", "secrets_manager",
                "REDSHIFT_SECRET", "prod/redshift",
                "REDSHIFT_USER", ""));

    assertThat(ended.exit()).isEqualTo(ExitCode.DONE);
    assertThat(trial.targetRows("select count(*) from quper.orders"))
        .containsExactly(List.of("100"));
  }

  @Test
  void tells_in_one_line_which_permission_is_missing() {
    aws.deny("redshift:GetClusterCredentials");

    Trial.Ended ended =
        run(
            Map.of(
                "REDSHIFT_AUTH", "iam",
                "REDSHIFT_CLUSTER_IDENTIFIER", "metrics",
                "REDSHIFT_USER", "reader"));

    assertThat(ended.exit()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(ended.out())
        .contains("AWS denies redshift:GetClusterCredentials on cluster 'metrics'");
  }
}
