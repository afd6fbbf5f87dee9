package io.qupersync.application.port;

import io.qupersync.domain.table.TableRef;
import java.util.Optional;

/// Knocks at the target's door, and asks what its user may do. Every method may throw
/// [SyncFailure].
public interface TargetProbe extends DatabaseProbe {

  /// What keeps the user from creating or writing the table, and what to grant; empty when nothing
  /// does.
  Optional<String> obstacleTo(TableRef table);

  /// What the user is that he should not be, and what to do; empty when there is nothing to say.
  default Optional<String> riskOfUser() {
    return Optional.empty();
  }

  /// What of the table's own may not work in QuperSync's sessions, and what to do: functions that
  /// its triggers, defaults and constraints call and that look names up where those sessions do
  /// not. Empty when there is nothing to say.
  default Optional<String> riskOf(TableRef table) {
    return Optional.empty();
  }

  /// What keeps the user from keeping state in the state schema; empty when nothing does.
  Optional<String> obstacleToState();
}
