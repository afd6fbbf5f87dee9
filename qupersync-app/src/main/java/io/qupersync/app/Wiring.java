package io.qupersync.app;

import io.qupersync.app.config.AwsConfig;
import io.qupersync.app.config.FlavorSetting;
import io.qupersync.app.config.SourceConfig;
import io.qupersync.app.config.TargetConfig;
import io.qupersync.infrastructure.aws.Aws;
import io.qupersync.infrastructure.aws.AwsLogins;
import io.qupersync.infrastructure.aws.AwsSettings;
import io.qupersync.infrastructure.aws.AwsSettings.Keys;
import io.qupersync.infrastructure.aws.ClusterNodes;
import io.qupersync.infrastructure.postgres.PostgresSettings;
import io.qupersync.infrastructure.redshift.Logins;
import io.qupersync.infrastructure.redshift.RedshiftSettings;
import io.qupersync.infrastructure.store.StateSchema;
import java.time.InstantSource;
import java.util.Optional;

/// Turns what the user said into what each room needs to know.
final class Wiring {

  private Wiring() {}

  static RedshiftSettings redshift(SourceConfig source, AwsConfig aws, InstantSource clock) {
    return source.redshiftSettings(logins(source, aws, clock));
  }

  private static Logins logins(SourceConfig source, AwsConfig aws, InstantSource clock) {
    var where = new AwsLogins(source.warehouse(), source.host(), source.port(), source.database());
    return switch (source.auth()) {
      case PASSWORD -> source.login();
      case IAM -> where.temporary(aws(source, aws), source.user(), clock);
      case SECRETS_MANAGER -> where.secret(aws(source, aws), source.secret().orElseThrow(), clock);
    };
  }

  /// Who tells the cluster's nodes, where that is asked for.
  static Optional<ClusterNodes> nodes(SourceConfig source, AwsConfig aws) {
    return source.flavor() == FlavorSetting.RA3
        ? source.cluster().map(cluster -> new ClusterNodes(aws(source, aws), cluster))
        : Optional.empty();
  }

  private static Aws aws(SourceConfig source, AwsConfig aws) {
    Optional<Keys> keys =
        aws.accessKeyId()
            .flatMap(id ->
                aws.secretAccessKey().map(secret -> new Keys(id, secret, aws.sessionToken())));
    return new Aws(new AwsSettings(source.region().or(aws::region), keys, aws.endpointUrl()));
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
        target.searchPath(),
        target.poolSize(),
        target.leaseTtl());
  }
}
