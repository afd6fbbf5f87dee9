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
final class StagingTableSql {

  /// Keeps the planner, which knows nothing of a temporary table, from reading the whole target for
  /// a small batch: it looks up each staged row by the key, or, within a dense range of keys, goes
  /// through both in the order of the key, which takes a third of the time. For one transaction.
  private static final String PINNED =
      """
      set local enable_hashjoin = off;
      set local enable_mergejoin = %s;
      set local enable_nestloop = %s;
      set local enable_seqscan = off;
      set local jit = off;
      """;

  private static final String LOOKING_UP = PINNED.formatted("off", "on");
  private static final String SIDE_BY_SIDE = PINNED.formatted("on", "off");

  private final TableMapping mapping;
  private final boolean tellsByRow;
  private final boolean maySwallow;
  private final String merge;
  private final UpsertSql upsert;
  private final String insertNew;

  StagingTableSql(TableMapping mapping, TargetTable there) {
    this.mapping = mapping;
    this.tellsByRow = there.tellsByRow();
    this.maySwallow = there.maySwallow();
    this.upsert = new UpsertSql(mapping, Optional.of(there));
    this.merge = upsert.merge(StagingTable.TABLE);
    this.insertNew = upsert.insertNew(StagingTable.TABLE);
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
                    StagingTable.TABLE,
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

  /// Whether a row that must be written may yet not be.
  boolean maySwallow() {
    return maySwallow;
  }

  String countSame() {
    return upsert.countSame(StagingTable.TABLE);
  }

  String merge() {
    return merge;
  }

  /// @param range where the staged keys lie, if they lie close together
  String mergeWhatDiffers(Optional<DenseKeys> range) {
    return upsert.mergeWhatDiffers(StagingTable.TABLE, range);
  }

  /// What holds the planner to a plan for that.
  static String pinned(Optional<DenseKeys> range) {
    return range.isPresent() ? SIDE_BY_SIDE : LOOKING_UP;
  }

  String insertNew() {
    return insertNew;
  }
}
