package io.qupersync.infrastructure.redshift;

import static io.qupersync.infrastructure.redshift.Jobs.reading;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.qupersync.application.port.PermanentFailure;
import io.qupersync.application.port.Rows;
import io.qupersync.application.port.SyncFailure;
import io.qupersync.application.testkit.SettableClock;
import io.qupersync.domain.progress.Window;
import io.qupersync.infrastructure.aws.Aws;
import io.qupersync.infrastructure.aws.AwsLogins;
import io.qupersync.infrastructure.aws.AwsSettings;
import io.qupersync.infrastructure.aws.RedshiftDeployment;
import io.qupersync.infrastructure.jdbc.Secret;
import io.qupersync.infrastructure.jdbc.TlsMode;
import io.qupersync.sandbox.aws.AwsStandIn;
import io.qupersync.sandbox.aws.FakeAwsAccount;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A login that AWS gives out for an hour, at a server that knows of no other.
@Timeout(60)
final class TemporaryLoginsTest {

  private final SettableClock clock = SettableClock.atSomeMorning();
  private final FakeAwsAccount estate =
      new FakeAwsAccount(clock, (user, password) -> setPassword(user, password))
          .cluster(
              "us-west-2",
              "metrics",
              new FakeAwsAccount.Cluster(
                  Optional.of(Source.standIn().host()),
                  Source.standIn().port(),
                  "ra3.4xlarge",
                  1,
                  List.of("SHARED")));
  private final AwsStandIn aws = AwsStandIn.start(estate);

  @BeforeEach
  void a_user_without_a_password() {
    Source.execute("create role \"IAM:reader\" login");
  }

  @AfterEach
  void forget() {
    aws.close();
    Source.execute("drop role if exists \"IAM:reader\"", "drop table if exists lasting");
  }

  @Test
  void a_run_outlives_the_password_it_began_with_and_the_next_has_a_new_one() {
    Source.execute(
        "create table lasting as select generate_series(1, 5000) id",
        "grant select on lasting to public");
    var source = new RedshiftRowSource(new RedshiftConnections(settings(), InstantSource.system()));
    var job = reading("lasting").build();

    try (Rows rows = source.open(job, source.shapeOf(job), Window.everything())) {
      int first = rows.next().orElseThrow().rows().size();
      clock.tick(Duration.ofHours(2));
      assertThat(source.now()).isNotNull();

      assertThat(first + Source.drain(rows).size()).isEqualTo(5000);
    }
    assertThat(aws.calls())
        .containsExactly(
            "redshift:DescribeClusters",
            "redshift:GetClusterCredentials",
            "redshift:DescribeClusters",
            "redshift:GetClusterCredentials");
  }

  @Test
  void a_password_that_was_changed_early_is_replaced_within_the_same_try() {
    var source = new RedshiftRowSource(new RedshiftConnections(settings(), InstantSource.system()));
    assertThat(source.now()).isNotNull();
    setPassword("IAM:reader", "changed by somebody");

    clock.tick(Duration.ofMinutes(1));

    assertThat(source.now()).isNotNull();
  }

  @Test
  void a_user_that_the_database_does_not_know_is_told_so() {
    Source.execute("alter role \"IAM:reader\" nologin");
    var source = new RedshiftRowSource(new RedshiftConnections(settings(), InstantSource.system()));

    SyncFailure failure = catchThrowableOfType(SyncFailure.class, source::now);

    assertThat(failure).isInstanceOf(PermanentFailure.class).hasMessageContaining("IAM:reader");
    assertThat(failure.getMessage()).doesNotContain("temporary-");
  }

  private static void setPassword(String user, String password) {
    // the Redshift driver knows no newer way to prove one
    Source.execute(
        "set password_encryption = 'md5'",
        "alter role \"%s\" password '%s'".formatted(user, password));
  }

  private RedshiftSettings settings() {
    var keys =
        new AwsSettings.Keys(
            AwsStandIn.ACCESS_KEY, new Secret(AwsStandIn.SECRET_KEY), Optional.empty());
    var client =
        new Aws(
            new AwsSettings(
                Optional.of("us-west-2"), Optional.of(keys), Optional.of(aws.endpoint())));
    var where =
        new AwsLogins(
            Optional.of(new RedshiftDeployment.Cluster("metrics")),
            Optional.empty(),
            5439,
            Source.standIn().database());
    return new RedshiftSettings(
        where.temporary(client, Optional.of("reader"), clock),
        new RedshiftSettings.Encryption(TlsMode.DISABLE, Optional.empty()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Source.limits(),
        Map.of());
  }
}
