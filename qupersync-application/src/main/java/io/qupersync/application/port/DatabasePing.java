package io.qupersync.application.port;

import io.qupersync.application.port.DatabaseProbe.Probed;
import java.util.Optional;

/// Finds out whether a database answers. It is asked every second or two for as long as the service
/// runs, so it costs next to nothing and borrows no connection that anybody else may need. May
/// throw [SyncFailure], which says that the database is away and why.
@FunctionalInterface
public interface DatabasePing {

  /// @return who answered; empty when that takes a login, which is not tried here
  Optional<Probed> ping();
}
