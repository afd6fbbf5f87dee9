package io.qupersync.infrastructure.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.qupersync.application.port.PermanentFailure;
import io.qupersync.application.port.SyncFailure;
import io.qupersync.infrastructure.jdbc.TlsMode;
import io.qupersync.sandbox.relay.Relay;
import io.qupersync.sandbox.relay.RelaySettings;
import io.qupersync.sandbox.relay.RelayTls;
import io.qupersync.sandbox.tls.Authority;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The Redshift driver before servers with real certificates: only the right one is believed.
@Timeout(120)
final class EncryptedSourceTest {

  @TempDir private static Path folder;
  private static Authority ours;

  @BeforeAll
  static void found_an_authority() {
    ours = Authority.in(folder);
  }

  @Test
  void believes_a_server_that_our_authority_vouches_for_under_its_name() throws IOException {
    assertThat(reached(ours.issue("dns:localhost"), TlsMode.VERIFY_FULL)).isEmpty();
  }

  @Test
  void does_not_believe_another_name() throws IOException {
    Authority.Issued elsewhere = ours.issue("dns:elsewhere.example");

    refused(reached(elsewhere, TlsMode.VERIFY_FULL));
    assertThat(reached(elsewhere, TlsMode.VERIFY_CA)).isEmpty();
  }

  @Test
  void does_not_believe_another_authority() throws IOException {
    Authority theirs = Authority.in(folder);

    refused(reached(theirs.issue("dns:localhost"), TlsMode.VERIFY_FULL));
    refused(reached(theirs.issue("dns:localhost"), TlsMode.VERIFY_CA));
  }

  @Test
  void does_not_believe_what_has_expired() throws IOException {
    refused(reached(ours.issueExpired("dns:localhost"), TlsMode.VERIFY_FULL));
  }

  private static void refused(Optional<SyncFailure> failure) {
    assertThat(failure)
        .hasValueSatisfying(told ->
            assertThat(told)
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining("the certificate of Redshift at localhost")
                .hasMessageContaining("cannot be trusted")
                .hasMessageContaining("source.ssl_root_cert"));
  }

  /// @return why not
  private static Optional<SyncFailure> reached(Authority.Issued shown, TlsMode mode)
      throws IOException {
    var server = Source.standIn().server();
    var settings =
        RelaySettings.inFrontOf(new InetSocketAddress(server.host(), server.port()))
            .offering(RelayTls.of(shown.context(), ours.certificate()));
    try (var relay = Relay.start(settings)) {
      var right = Source.login();
      var login =
          new RedshiftSettings.Login(
              "localhost", relay.port(), right.database(), right.user(), right.password());
      var source =
          Source.rows(
              new RedshiftSettings(
                  login,
                  new RedshiftSettings.Encryption(mode, Optional.of(ours.certificate())),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Source.limits(),
                  Map.of()));
      return Optional.ofNullable(catchThrowableOfType(SyncFailure.class, source::now));
    }
  }
}
