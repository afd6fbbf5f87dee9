package io.qupersync.infrastructure.aws;

import io.qupersync.infrastructure.redshift.RedshiftSettings.Login;
import java.time.Instant;

/// Gives logins that hold for a time.
interface LoginIssuer {

  /// @param now the present, by the clock that `until` is to be read by
  /// @throws io.qupersync.application.port.SyncFailure when none is given
  Issued issue(Instant now);

  /// @param until when the server stops to let new connections in with it
  record Issued(Login login, Instant until) {}
}
