package io.qupersync.application.port;

import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.table.TableShape;
import java.util.Optional;

/// Knocks at the source's door, and asks what its user may read. Every method may throw
/// [SyncFailure].
public interface SourceProbe extends DatabaseProbe {

  /// What keeps the user from reading what the job reads, and what to grant; empty when nothing
  /// does. Reads no row.
  ///
  /// @param shape what [RowSource#shapeOf] said of the job
  Optional<String> obstacleTo(SyncJob job, TableShape shape);

  /// Whether the source shows the user only his own rows of its logs, without refusing anything,
  /// and what to do; empty when he sees those of others.
  default Optional<String> hiddenRows() {
    return Optional.empty();
  }
}
