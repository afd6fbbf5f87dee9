package io.qupersync.infrastructure.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.qupersync.application.port.PermanentFailure;
import io.qupersync.application.port.SyncFailure;
import io.qupersync.application.port.TargetProbe;
import io.qupersync.infrastructure.jdbc.Secret;
import io.qupersync.infrastructure.jdbc.TlsMode;
import io.qupersync.infrastructure.store.StateSchema;
import io.qupersync.sandbox.server.EmbeddedServer;
import io.qupersync.sandbox.server.ServerSettings;
import io.qupersync.sandbox.tls.Authority;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The PostgreSQL driver before servers with real certificates: only the right one is believed.
@Timeout(120)
final class EncryptedTargetTest {

  @TempDir private static Path folder;
  private static Authority ours;

  @BeforeAll
  static void found_an_authority() {
    ours = Authority.in(folder);
  }

  @Test
  void believes_a_server_that_our_authority_vouches_for_under_its_name() throws SQLException {
    assertThat(reached(ours.issue("dns:localhost"), TlsMode.VERIFY_FULL)).isEmpty();
  }

  @Test
  void does_not_believe_another_name() throws SQLException {
    Authority.Issued elsewhere = ours.issue("dns:elsewhere.example");

    refused(reached(elsewhere, TlsMode.VERIFY_FULL));
    assertThat(reached(elsewhere, TlsMode.VERIFY_CA)).isEmpty();
  }

  @Test
  void does_not_believe_another_authority() throws SQLException {
    refused(reached(Authority.in(folder).issue("dns:localhost"), TlsMode.VERIFY_FULL));
  }

  @Test
  void does_not_believe_what_has_expired() throws SQLException {
    refused(reached(ours.issueExpired("dns:localhost"), TlsMode.VERIFY_FULL));
  }

  private static void refused(Optional<SyncFailure> failure) {
    assertThat(failure)
        .hasValueSatisfying(told ->
            assertThat(told)
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining("the certificate of PostgreSQL at localhost")
                .hasMessageContaining("cannot be trusted")
                .hasMessageContaining("target.ssl_root_cert"));
  }

  /// @return why not
  private static Optional<SyncFailure> reached(Authority.Issued shown, TlsMode mode)
      throws SQLException {
    var encrypted =
        ServerSettings.fast()
            .parameter("ssl", "on")
            .parameter("ssl_cert_file", shown.certificate().toString())
            .parameter("ssl_key_file", shown.key().toString());
    try (EmbeddedServer server = EmbeddedServer.start(encrypted);
        PostgresDatabase database =
            PostgresDatabase.open(settings(server, mode), InstantSource.system())) {
      TargetProbe probe = new PostgresProbe(database);
      return Optional.ofNullable(catchThrowableOfType(SyncFailure.class, probe::probe));
    }
  }

  private static PostgresSettings settings(EmbeddedServer server, TlsMode mode) {
    return new PostgresSettings(
        "localhost",
        server.port(),
        server.database(),
        server.user(),
        new Secret(server.password()),
        mode,
        Optional.of(ours.certificate()),
        StateSchema.named("quper"),
        Map.of(),
        1,
        Duration.ofSeconds(30));
  }
}
