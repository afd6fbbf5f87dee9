package io.qupersync.application.port;

import io.qupersync.domain.row.RowBatch;
import java.util.Optional;

/// The rows of one window as they arrive, in batches bounded by the job's batch size and by bytes.
///
/// The end of the rows is a claim that must be proven: [#next] returns empty only after the source
/// has confirmed, on the same connection, that nothing is missing. Whatever else ends the rows is a
/// [SyncFailure].
public interface Rows extends AutoCloseable {

  /// The next batch, never empty; or nothing, when all rows have been read. Interrupting the thread
  /// ends a read at once, with a failure.
  Optional<RowBatch> next();

  /// Lets go of the source, whether or not all was read. Never throws.
  @Override
  void close();
}
