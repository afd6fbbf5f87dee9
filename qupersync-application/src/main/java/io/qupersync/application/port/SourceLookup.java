package io.qupersync.application.port;

import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.table.TableShape;
import java.util.List;
import java.util.Map;

/// Finds single rows at the source. May throw [SyncFailure].
public interface SourceLookup {

  /// Rows of the job's table or query, whatever the watermark says; a hundred at most.
  ///
  /// @param shape what [RowSource#shapeOf] said of the job
  /// @param cells the cells that the rows must have, by source column
  List<Row> find(SyncJob job, TableShape shape, Map<String, Object> cells);
}
