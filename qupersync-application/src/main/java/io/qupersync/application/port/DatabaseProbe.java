package io.qupersync.application.port;

/// Knocks at a database's door. May throw [SyncFailure].
public interface DatabaseProbe {

  /// Connects and asks who is there.
  Probed probe();

  /// A database that answered.
  ///
  /// @param encrypted whether the connection is
  record Probed(String version, String user, boolean encrypted) {}
}
