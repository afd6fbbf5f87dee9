package io.qupersync.app;

import io.qupersync.app.config.SourceConfig;
import io.qupersync.app.config.SslMode;
import io.qupersync.app.config.TargetConfig;
import io.qupersync.infrastructure.jdbc.Secret;
import io.qupersync.infrastructure.jdbc.TlsMode;
import io.qupersync.infrastructure.postgres.PostgresSettings;
import io.qupersync.infrastructure.redshift.RedshiftSettings;
import io.qupersync.infrastructure.store.StateSchema;
import java.time.Duration;
import java.util.Optional;

/// Turns what the user said into what each room needs to know.
final class Wiring {

  /// How long after its process died a job stays locked.
  static final Duration LEASE_TTL = Duration.ofSeconds(30);

  private Wiring() {}

  static RedshiftSettings redshift(SourceConfig source) {
    return new RedshiftSettings(
        new RedshiftSettings.Login(
            source.host(),
            source.port(),
            source.database(),
            source.user(),
            secret(source.password())),
        new RedshiftSettings.Encryption(tls(source.ssl()), source.sslRootCert()),
        source.flavor().known(),
        Optional.of(source.name()),
        Optional.of(source.queryGroup()),
        RedshiftSettings.Limits.defaults(),
        source.options());
  }

  static PostgresSettings postgres(TargetConfig target) {
    return new PostgresSettings(
        target.host(),
        target.port(),
        target.database(),
        target.user(),
        secret(target.password()),
        tls(target.ssl()),
        target.sslRootCert(),
        StateSchema.named(target.schema()),
        target.options(),
        target.poolSize(),
        LEASE_TTL);
  }

  private static Secret secret(io.qupersync.app.config.Secret said) {
    return new Secret(said.reveal());
  }

  private static TlsMode tls(SslMode said) {
    return switch (said) {
      case DISABLE -> TlsMode.DISABLE;
      case VERIFY_CA -> TlsMode.VERIFY_CA;
      case VERIFY_FULL -> TlsMode.VERIFY_FULL;
    };
  }
}
