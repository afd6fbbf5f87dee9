package io.qupersync.app.config;

import io.qupersync.domain.job.Flavor;
import java.util.Optional;

/// Which kind of Redshift the source is, or that QuperSync finds out.
public enum FlavorSetting {
  AUTO,
  PROVISIONED,
  /// A provisioned cluster whose nodes AWS is asked about.
  RA3,
  SERVERLESS;

  /// The kind, when the user has said it.
  public Optional<Flavor> known() {
    return switch (this) {
      case AUTO -> Optional.empty();
      case PROVISIONED, RA3 -> Optional.of(Flavor.PROVISIONED);
      case SERVERLESS -> Optional.of(Flavor.SERVERLESS);
    };
  }
}
