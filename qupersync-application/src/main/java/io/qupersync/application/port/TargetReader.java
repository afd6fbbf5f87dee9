package io.qupersync.application.port;

import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.row.Row;
import java.util.Optional;

/// Reads back what was written. Every method may throw [SyncFailure].
public interface TargetReader {

  /// All target rows that belong to the job's source, in no order, with the cells of
  /// [TableMapping#targetColumns()]. A missing table has no rows. The rows belong to the calling
  /// thread, which closes them.
  Rows read(TableMapping mapping);

  /// The row with a key.
  ///
  /// @param key the key's cells, in the order of the job's key
  Optional<Row> find(TableMapping mapping, Row key);
}
