package io.qupersync.infrastructure.redshift;

import io.qupersync.infrastructure.jdbc.Endpoint;

/// Says where the next connection leads and as whom. Asked before each one, since what lets us in
/// may hold for minutes only; a connection that is open lives on. Safe for use by many threads.
public interface Logins {

  /// For a connection that is about to be opened; may ask others for it and wait for their answer.
  ///
  /// @throws io.qupersync.application.port.SyncFailure when there is none to be had
  RedshiftSettings.Login next();

  /// The server let nobody in with this one.
  ///
  /// @return whether another one can be had at once, so that one more try is worth it
  boolean refused(RedshiftSettings.Login login);

  /// What messages call the source before anybody has connected to it.
  Endpoint endpoint();
}
