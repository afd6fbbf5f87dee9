package io.qupersync.application.port;

import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.progress.Witness;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.run.Lease;
import io.qupersync.domain.table.TableRef;
import io.qupersync.domain.table.TableShape;
import java.util.List;
import java.util.Optional;

/// Where rows go. Safe for use by many threads; every method may throw [SyncFailure].
public interface RowTarget {

  /// Looks at a table once, for all that a run wants of it.
  default TargetSnapshot look(TableRef table) {
    Optional<TableShape> shape = shapeOf(table);
    return new TargetSnapshot() {
      @Override
      public Optional<String> identity() {
        return identityOf(table);
      }

      @Override
      public Optional<TableShape> shape() {
        return shape;
      }

      @Override
      public void prepare(TableMapping mapping) {
        RowTarget.this.prepare(mapping);
      }

      @Override
      public Load begin(TableMapping mapping, Lease lease) {
        return RowTarget.this.begin(mapping, lease);
      }
    };
  }

  /// The table's columns; empty when there is no such table.
  Optional<TableShape> shapeOf(TableRef table);

  /// What tells the table from any other that is made under its name later; empty when there is no
  /// such table. The same table keeps it when it is renamed, altered or emptied.
  Optional<String> identityOf(TableRef table);

  /// Whether the target holds a row of the job's source.
  boolean holdsRow(TableMapping mapping);

  /// Whether the target is as recent as it was when the witness was there.
  ///
  /// @return the witness, or a row as recent, when the witness itself was deleted; empty when there
  ///   is none
  Optional<Witness> find(TableMapping mapping, Witness witness);

  /// The DDL that [#prepare] would run: a missing schema, table or column. Empty when the table
  /// fits.
  List<String> changesFor(TableMapping mapping);

  /// Makes the target table fit the mapping.
  void prepare(TableMapping mapping);

  /// The keys of rows that the job's [io.qupersync.domain.job.OpenRows] calls open and whose
  /// watermark lies before a mark, the newest first.
  ///
  /// @return the cells of [TableMapping#sourceKey()] for each, as the target has them
  default List<Row> openKeys(TableMapping mapping, WatermarkValue before, int limit) {
    return List.of();
  }

  /// The statement that writes a staged batch; for people only.
  String describe(TableMapping mapping);

  /// Begins to write for the run that holds the lease. The load belongs to the calling thread,
  /// which closes it.
  Load begin(TableMapping mapping, Lease lease);
}
