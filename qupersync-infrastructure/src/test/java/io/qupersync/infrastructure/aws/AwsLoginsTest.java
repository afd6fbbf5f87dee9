package io.qupersync.infrastructure.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.qupersync.application.port.PermanentFailure;
import io.qupersync.application.port.SyncFailure;
import io.qupersync.application.port.TransientFailure;
import io.qupersync.application.testkit.SettableClock;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.infrastructure.jdbc.Secret;
import io.qupersync.infrastructure.redshift.Logins;
import io.qupersync.infrastructure.redshift.RedshiftSettings.Login;
import io.qupersync.sandbox.aws.AwsStandIn;
import io.qupersync.sandbox.aws.FakeAwsAccount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The SDK talks to a stand-in that computes every signature once more.
@Timeout(60)
final class AwsLoginsTest {

  private static final String REGION = "us-west-2";
  private static final RedshiftDeployment METRICS = new RedshiftDeployment.Cluster("metrics");

  private final SettableClock clock = SettableClock.atSomeMorning();
  private final FakeAwsAccount estate = new FakeAwsAccount(clock, (_, _) -> {});
  private final AwsStandIn aws = AwsStandIn.start(estate);

  @AfterEach
  void close() {
    aws.close();
  }

  @Test
  void a_cluster_is_found_and_lets_a_user_in_for_an_hour() {
    aCluster();

    Login login = byIam(METRICS, Optional.of("reader")).next();

    assertThat(login)
        .isEqualTo(
            new Login("metrics.aws.example", 5440, "dev", "IAM:reader", new Secret("temporary-1")));
    assertThat(aws.calls())
        .containsExactly("redshift:DescribeClusters", "redshift:GetClusterCredentials");
  }

  @Test
  void without_a_user_the_identity_itself_is_let_in() {
    aCluster();

    assertThat(byIam(METRICS, Optional.empty()).next().user()).isEqualTo("IAM:standin");
    assertThat(aws.calls()).endsWith("redshift:GetClusterCredentialsWithIAM");
  }

  @Test
  void a_workgroup_is_found_and_lets_the_identity_in() {
    estate.workgroup(
        REGION, "analytics", new FakeAwsAccount.Workgroup("analytics.aws.example", 5439));

    Login login = byIam(new RedshiftDeployment.Workgroup("analytics"), Optional.empty()).next();

    assertThat(login.host()).isEqualTo("analytics.aws.example");
    assertThat(login.user()).isEqualTo("IAMR:standin");
    assertThat(aws.calls())
        .containsExactly("redshift-serverless:GetWorkgroup", "redshift-serverless:GetCredentials");
  }

  @Test
  void a_known_host_is_not_asked_for() {
    aCluster();
    var where = new AwsLogins(Optional.of(METRICS), Optional.of("10.1.2.3"), 5439, "dev");

    assertThat(where.temporary(client(), Optional.of("reader"), clock).next().host())
        .isEqualTo("10.1.2.3");
    assertThat(aws.calls()).containsExactly("redshift:GetClusterCredentials");
  }

  @Test
  void a_login_is_kept_and_renewed_before_it_ends() {
    aCluster();
    Logins logins = byIam(METRICS, Optional.of("reader"));
    Login first = logins.next();

    clock.tick(Duration.ofMinutes(54));
    assertThat(logins.next()).isEqualTo(first);
    clock.tick(Duration.ofMinutes(1));
    assertThat(logins.next().password()).isEqualTo(new Secret("temporary-2"));
    clock.tick(Duration.ofHours(2));
    assertThat(logins.next().password()).isEqualTo(new Secret("temporary-3"));
  }

  @Test
  void a_login_that_cannot_be_renewed_is_used_to_its_end() {
    aCluster();
    Logins logins = byIam(METRICS, Optional.of("reader"));
    Login first = logins.next();
    aws.deny("redshift:GetClusterCredentials");

    clock.tick(Duration.ofMinutes(59));
    assertThat(logins.next()).isEqualTo(first);
    clock.tick(Duration.ofMinutes(1));
    assertThat(failureOf(logins)).isInstanceOf(PermanentFailure.class);
  }

  @Test
  void many_who_ask_at_once_share_one_answer() throws Exception {
    aCluster();
    Logins logins = byIam(METRICS, Optional.of("reader"));
    var answers = new HashSet<Login>();

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Login>> questions = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        questions.add(logins::next);
      }
      for (Future<Login> answer : threads.invokeAll(questions)) {
        answers.add(answer.get());
      }
    }

    assertThat(answers).hasSize(1);
    assertThat(aws.calls()).hasSize(2);
  }

  @Test
  void a_login_that_was_refused_at_its_first_use_is_not_worth_another_and_an_older_one_is() {
    aCluster();
    Logins logins = byIam(METRICS, Optional.of("reader"));
    Login first = logins.next();

    assertThat(logins.refused(first)).isFalse();
    Login second = logins.next();
    assertThat(second).isNotEqualTo(first);
    clock.tick(Duration.ofMinutes(1));
    assertThat(logins.refused(second)).isTrue();
    assertThat(logins.next()).isNotEqualTo(second);
  }

  @Test
  void what_comes_too_fast_or_meets_an_error_is_asked_again() {
    aCluster();
    aws.throttle(1);
    assertThat(byIam(METRICS, Optional.of("reader")).next().user()).isEqualTo("IAM:reader");

    aws.fail(1);
    assertThat(byIam(METRICS, Optional.of("reader")).next().user()).isEqualTo("IAM:reader");
    assertThat(aws.calls()).hasSize(6);
  }

  @Test
  void says_which_action_is_not_allowed() {
    aCluster();
    aws.deny("redshift:GetClusterCredentials");

    assertThat(failureOf(byIam(METRICS, Optional.of("reader"))))
        .isInstanceOf(PermanentFailure.class)
        .hasMessage(
            "cannot connect: AWS denies redshift:GetClusterCredentials on cluster 'metrics':"
                + " User: arn:aws:iam::123456789012:user/standin is not authorized to perform:"
                + " redshift:GetClusterCredentials; allow that action to the identity that QuperSync runs as")
        .extracting(SyncFailure::kind)
        .isEqualTo(FailureKind.UNREACHABLE);
  }

  @Test
  void says_where_it_looked_for_a_cluster_that_is_elsewhere() {
    aCluster();
    var elsewhere = new Aws(settings("eu-central-1", AwsStandIn.SECRET_KEY));
    Logins logins =
        new AwsLogins(Optional.of(METRICS), Optional.empty(), 5439, "dev")
            .temporary(elsewhere, Optional.of("reader"), clock);

    assertThat(failureOf(logins))
        .isInstanceOf(PermanentFailure.class)
        .hasMessage(
            "cannot connect: AWS knows no cluster 'metrics' in region eu-central-1;"
                + " check source.cluster_identifier and source.region");
  }

  @Test
  void a_wrong_key_is_told_without_being_shown() {
    aCluster();
    var wrong = new Aws(settings(REGION, "s3cret-key"));
    Logins logins =
        new AwsLogins(Optional.of(METRICS), Optional.empty(), 5439, "dev")
            .temporary(wrong, Optional.of("reader"), clock);

    SyncFailure failure = failureOf(logins);

    assertThat(failure)
        .isInstanceOf(PermanentFailure.class)
        .hasMessageStartingWith("cannot connect: AWS does not accept the keys: ")
        .hasMessageContaining("check AWS_ACCESS_KEY_ID");
    assertThat(failure.toString() + failure.getCause()).doesNotContain("s3cret-key");
    assertThat(aws.calls()).isEmpty();
  }

  @Test
  void a_paused_cluster_may_be_resumed() {
    estate.cluster(
        REGION,
        "metrics",
        new FakeAwsAccount.Cluster(Optional.empty(), 5439, "ra3.4xlarge", 1, List.of()));

    assertThat(failureOf(byIam(METRICS, Optional.of("reader"))))
        .isInstanceOf(TransientFailure.class)
        .hasMessageContaining("cluster 'metrics' has no address, its status is 'paused'");
  }

  @Test
  void an_aws_that_is_away_may_come_back() {
    aCluster();
    aws.close();

    assertThat(failureOf(byIam(METRICS, Optional.of("reader"))))
        .isInstanceOf(TransientFailure.class)
        .hasMessageStartingWith("cannot connect: AWS cannot be reached: ");
  }

  @ParameterizedTest
  @CsvSource({"5440", "'\"5440\"'"})
  void a_secret_says_who_and_where(String port) {
    estate.secret(
        REGION,
        "prod/redshift",
        "{\"username\": \"reader\", \"password\": \"s3\\\"cret\", \"host\": \"h.example\", \"port\": %s}"
            .formatted(port));

    assertThat(bySecret(Optional.empty()).next())
        .isEqualTo(new Login("h.example", 5440, "dev", "reader", new Secret("s3\"cret")));
  }

  @Test
  void a_secret_without_a_host_names_its_cluster() {
    aCluster();
    estate.secret(
        REGION,
        "prod/redshift",
        "{\"username\":\"reader\",\"password\":\"x\",\"dbClusterIdentifier\":\"metrics\"}");

    assertThat(bySecret(Optional.empty()).next().host()).isEqualTo("metrics.aws.example");
  }

  @Test
  void a_secret_that_was_rotated_is_read_again() {
    estate.secret(REGION, "prod/redshift", "{\"username\":\"reader\",\"password\":\"one\"}");
    Logins logins = bySecret(Optional.of("h.example"));
    Login first = logins.next();
    estate.secret(REGION, "prod/redshift", "{\"username\":\"reader\",\"password\":\"two\"}");

    clock.tick(Duration.ofMinutes(1));
    assertThat(logins.next()).isEqualTo(first);
    assertThat(logins.refused(first)).isTrue();
    assertThat(logins.next().password()).isEqualTo(new Secret("two"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hunter2 | is no JSON object",
        "[\"hunter2\"] | is no JSON object",
        "{\"username\":\"u\",\"host\":\"h\",\"pw\":\"hunter2\"} | has no 'password'",
        "{\"password\":\"hunter2\",\"host\":\"h\"} | has no 'username'",
        "{\"username\":\"u\",\"password\":\"hunter2\"} | names no 'host'; add it, or set source.host"
      })
  void an_unusable_secret_is_told_without_being_shown(String text, String complaint) {
    estate.secret(REGION, "prod/redshift", text);

    SyncFailure failure = failureOf(bySecret(Optional.empty()));

    assertThat(failure)
        .isInstanceOf(PermanentFailure.class)
        .hasMessageStartingWith("cannot connect: secret 'prod/redshift' " + complaint);
    assertThat(failure).hasNoCause();
    assertThat(failure.getMessage()).doesNotContain("hunter2");
  }

  @Test
  void a_missing_secret() {
    assertThat(failureOf(bySecret(Optional.empty())))
        .hasMessage(
            "cannot connect: AWS knows no secret 'prod/redshift' in region us-west-2; check source.secret and source.region");
  }

  private void aCluster() {
    estate.cluster(
        REGION,
        "metrics",
        new FakeAwsAccount.Cluster(
            Optional.of("metrics.aws.example"), 5440, "ra3.4xlarge", 1, List.of("LEADER")));
  }

  private Logins byIam(RedshiftDeployment redshiftDeployment, Optional<String> user) {
    return new AwsLogins(Optional.of(redshiftDeployment), Optional.empty(), 5439, "dev")
        .temporary(client(), user, clock);
  }

  private Logins bySecret(Optional<String> host) {
    return new AwsLogins(Optional.empty(), host, 5439, "dev")
        .secret(client(), "prod/redshift", clock);
  }

  private Aws client() {
    return new Aws(settings(REGION, AwsStandIn.SECRET_KEY));
  }

  private AwsSettings settings(String region, String secretKey) {
    var keys = new AwsSettings.Keys(AwsStandIn.ACCESS_KEY, new Secret(secretKey), Optional.empty());
    return new AwsSettings(Optional.of(region), Optional.of(keys), Optional.of(aws.endpoint()));
  }

  private static SyncFailure failureOf(Logins logins) {
    return catchThrowableOfType(SyncFailure.class, logins::next);
  }
}
