package io.qupersync.application.port;

import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.run.Lease;
import io.qupersync.domain.table.TableShape;
import java.util.Optional;

/// A target table as it was at one look, which serves a run from its mapping to its load. For one
/// run; every method may throw [SyncFailure].
public interface TargetSnapshot {

  /// The table's columns; empty when there is no such table.
  Optional<TableShape> shape();

  /// What tells the table from another of its name, as [RowTarget#identityOf] does; of the table
  /// that was made, after [#prepare].
  Optional<String> identity();

  /// Makes the table fit the mapping, as [RowTarget#prepare] does.
  void prepare(TableMapping mapping);

  /// Begins to write, as [RowTarget#begin] does. The first load that is begun may go by what was
  /// seen; each further one looks again.
  Load begin(TableMapping mapping, Lease lease);
}
