package io.qupersync.infrastructure.redshift;

import static io.qupersync.infrastructure.redshift.Jobs.reading;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.qupersync.application.port.PermanentFailure;
import io.qupersync.application.port.SyncFailure;
import io.qupersync.application.port.TransientFailure;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.infrastructure.jdbc.Secret;
import io.qupersync.infrastructure.jdbc.TlsMode;
import io.qupersync.sandbox.relay.Fault;
import io.qupersync.sandbox.relay.Faults;
import io.qupersync.sandbox.standin.RedshiftStandIn;
import io.qupersync.sandbox.standin.StandInSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What goes wrong is told in one line: which step, on what, what to do.
@Timeout(60)
final class RedshiftFailuresTest {

  private static final RedshiftSettings.Login RIGHT = Source.login();

  private final Faults faults = Source.standIn().faults();

  @AfterEach
  void calm() {
    faults.calm();
  }

  @Test
  void a_wrong_password() {
    var login =
        new RedshiftSettings.Login(
            RIGHT.host(), RIGHT.port(), RIGHT.database(), RIGHT.user(), new Secret("letmein"));

    SyncFailure failure = failureOf(login);

    assertThat(failure)
        .isInstanceOf(PermanentFailure.class)
        .hasMessage(
            "cannot connect: Redshift at localhost:%d/dev refused the password of user 'qupersync'; check source.user and source.password",
            RIGHT.port());
    assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
    assertThat(failure.toString()).doesNotContain("letmein");
  }

  @Test
  void an_unknown_host() {
    assertThat(failureOf(at("no-such-cluster.invalid", 5439)))
        .isInstanceOf(TransientFailure.class)
        .hasMessage(
            "cannot connect: host 'no-such-cluster.invalid' is unknown; check source.host and the name service");
  }

  @Test
  void a_port_where_nobody_listens() throws IOException {
    int port;
    try (var reserved = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = reserved.getLocalPort();
    }

    assertThat(failureOf(at("localhost", port)))
        .isInstanceOf(TransientFailure.class)
        .hasMessageStartingWith(
            "cannot connect: Redshift at localhost:%d/dev accepts no connection", port)
        .extracting(SyncFailure::kind)
        .isEqualTo(FailureKind.UNREACHABLE);
  }

  @Test
  void a_server_that_never_answers() {
    faults.stallConnections();
    var limits =
        new RedshiftSettings.Limits(
            4,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            1 << 20,
            1 << 20);

    assertThat(failureOf(Source.settings(RIGHT, limits, Map.of())))
        .isInstanceOf(TransientFailure.class)
        .hasMessageContaining("gave no answer in time");
  }

  @Test
  void an_unknown_database() {
    var login =
        new RedshiftSettings.Login(
            RIGHT.host(), RIGHT.port(), "no such;database", RIGHT.user(), RIGHT.password());

    assertThat(failureOf(login))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining(
            "database \"no such;database\" does not exist; check source.database");
  }

  @Test
  void a_cluster_that_restarts() {
    faults.refuseLogins("57P03", "the database system is starting up");

    assertThat(failureOf(RIGHT))
        .isInstanceOf(TransientFailure.class)
        .hasMessageContaining("starting up; wait until the server is up again");
  }

  @Test
  void a_server_without_encryption() {
    assertThat(failureOf(RedshiftSettings.defaults(RIGHT)))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining(
            "offers no encryption; encrypt the server, or set source.ssl to disable");
  }

  @Test
  void a_missing_view() {
    SyncFailure failure =
        catchThrowableOfType(
            SyncFailure.class, () -> Source.rows().shapeOf(reading("no_such_view").build()));

    assertThat(failure)
        .isInstanceOf(PermanentFailure.class)
        .hasMessageStartingWith("cannot describe the source of job 'orders': Redshift at localhost")
        .hasMessageContaining("relation \"public.no_such_view\" does not exist; check the name");
    assertThat(failure.kind()).isEqualTo(FailureKind.SOURCE);
  }

  @Test
  void a_missing_privilege() {
    Source.execute("create table hidden (id bigint)");
    try {
      var source = Source.rows();
      var job = reading("hidden").build();
      var shape = source.shapeOf(job);

      assertThat(
              catchThrowableOfType(
                  SyncFailure.class, () -> source.open(job, shape, Window.everything())))
          .isInstanceOf(PermanentFailure.class)
          .hasMessageStartingWith("cannot read job 'orders'")
          .hasMessageContaining("permission denied for table hidden")
          .hasMessageContaining("grant role sys:monitor to qupersync");
    } finally {
      Source.execute("drop table hidden");
    }
  }

  @Test
  void a_server_that_knows_no_queues_is_good_enough() {
    faults.arm(Fault.error("42704", "unrecognized parameter").whileRunning("query_group"));
    faults.arm(Fault.error("42883", "no sysdate").whileRunning("sysdate"));
    faults.arm(Fault.error("42883", "no getdate").whileRunning("select getdate"));

    assertThat(Source.rows().now()).isNotNull();
    assertThat(faults.struck()).isPositive();
  }

  @Test
  void a_certificate_nobody_vouches_for() throws SQLException {
    try (var encrypted =
        RedshiftStandIn.start(
            StandInSettings.defaults().encryption(StandInSettings.Encryption.TLS))) {
      var login =
          new RedshiftSettings.Login(
              encrypted.host(),
              encrypted.port(),
              encrypted.database(),
              encrypted.user(),
              new Secret(encrypted.password()));

      assertThat(Source.rows(trusting(login, encrypted.certificateAuthority())).now()).isNotNull();
      assertThat(failureOf(RedshiftSettings.defaults(login)))
          .isInstanceOf(PermanentFailure.class)
          .hasMessageContaining("certificate")
          .hasMessageContaining("source.ssl_root_cert");
    }
  }

  private static RedshiftSettings trusting(RedshiftSettings.Login login, Path authority) {
    RedshiftSettings plain = RedshiftSettings.defaults(login);
    return new RedshiftSettings(
        login,
        new RedshiftSettings.Encryption(TlsMode.VERIFY_FULL, Optional.of(authority)),
        plain.flavor(),
        plain.sourceName(),
        plain.queryGroup(),
        plain.limits(),
        plain.options());
  }

  private static RedshiftSettings.Login at(String host, int port) {
    return new RedshiftSettings.Login(host, port, RIGHT.database(), RIGHT.user(), RIGHT.password());
  }

  private static SyncFailure failureOf(RedshiftSettings.Login login) {
    return failureOf(Source.settings(login, Source.limits(), Map.of()));
  }

  private static SyncFailure failureOf(RedshiftSettings settings) {
    var source = Source.rows(settings);
    SyncFailure failure = catchThrowableOfType(SyncFailure.class, source::now);
    assertThat(failure).isNotNull();
    assertThat(failure.getMessage()).hasLineCount(1);
    return failure;
  }
}
