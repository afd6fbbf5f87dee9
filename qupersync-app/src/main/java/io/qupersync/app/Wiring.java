package io.qupersync.app;

import io.qupersync.app.config.SourceConfig;
import io.qupersync.app.config.TargetConfig;
import io.qupersync.infrastructure.postgres.PostgresSettings;
import io.qupersync.infrastructure.redshift.RedshiftSettings;
import io.qupersync.infrastructure.store.StateSchema;

/// Turns what the user said into what each room needs to know.
final class Wiring {

  private Wiring() {}

  static RedshiftSettings redshift(SourceConfig source) {
    return source.redshiftSettings();
  }

  static PostgresSettings postgres(TargetConfig target) {
    return new PostgresSettings(
        target.host(),
        target.port(),
        target.database(),
        target.user(),
        target.password(),
        target.ssl(),
        target.sslRootCert(),
        StateSchema.named(target.schema()),
        target.options().values(),
        target.poolSize(),
        target.leaseTtl());
  }
}
