package io.qupersync.infrastructure.postgres;

import io.qupersync.domain.mapping.CellOrigin;
import io.qupersync.domain.mapping.ColumnMapping;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.table.CellText;
import io.qupersync.domain.table.Identifier;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/// The statements of a stage, made once for each load.
final class StageSql {

  /// Keeps the planner, which knows nothing of a temporary table, from reading the whole target for
  /// a small batch: it looks up each staged row by the key. For one transaction.
  static final String PINNED =
      """
      set local enable_hashjoin = off;
      set local enable_mergejoin = off;
      set local enable_seqscan = off;
      set local jit = off;
      """;

  private final TableMapping mapping;
  private final boolean tellsByRow;
  private final String merge;
  private final String mergeWhatDiffers;
  private final String insertNew;

  StageSql(TableMapping mapping, Optional<TargetTable> there) {
    this.mapping = mapping;
    this.tellsByRow = there.map(TargetTable::kind).equals(Optional.of(TargetTable.Kind.ORDINARY));
    var upsert = new UpsertSql(mapping, there);
    this.merge = upsert.merge(Stage.TABLE);
    this.mergeWhatDiffers = upsert.mergeWhatDiffers(Stage.TABLE);
    this.insertNew = upsert.insertNew(Stage.TABLE);
  }

  /// A table with the target's own types. Cells that are the same in every row need not be sent.
  String create(PGConnection quoting) throws SQLException {
    String table = mapping.job().destination().table().quoted();
    String names =
        mapping.targetColumns().stream()
            .map(column -> Identifier.quoted(column.name()))
            .collect(Collectors.joining(", "));
    var sql =
        new StringBuilder(
            "create temporary table qupersync_stage on commit delete rows as select %s from %s with no data"
                .formatted(names, table));
    for (ColumnMapping column : mapping.columns()) {
      if (column.origin() instanceof CellOrigin.Constant(Object cell)) {
        sql.append(
            ";\nalter table %s alter column %s set default '%s'"
                .formatted(
                    Stage.TABLE,
                    Identifier.quoted(column.target().name()),
                    quoting.escapeLiteral(CellText.of(cell))));
      }
    }
    return sql.toString();
  }

  /// Whether the target tells of each row that was written whether it is new.
  boolean tellsByRow() {
    return tellsByRow;
  }

  String merge() {
    return merge;
  }

  String mergeWhatDiffers() {
    return mergeWhatDiffers;
  }

  String insertNew() {
    return insertNew;
  }
}
