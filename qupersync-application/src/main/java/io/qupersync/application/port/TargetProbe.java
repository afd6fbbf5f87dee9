package io.qupersync.application.port;

import io.qupersync.domain.table.TableRef;
import java.util.Optional;

/// Knocks at the target's door, and asks what its user may do. Every method may throw
/// [SyncFailure].
public interface TargetProbe extends DatabaseProbe {

  /// What keeps the user from creating or writing the table, and what to grant; empty when nothing
  /// does.
  Optional<String> obstacleTo(TableRef table);

  /// What keeps the user from keeping state in the state schema; empty when nothing does.
  Optional<String> obstacleToState();
}
