package io.qupersync.infrastructure.postgres;

import io.qupersync.domain.job.SyncMode;
import io.qupersync.domain.mapping.CellOrigin;
import io.qupersync.domain.mapping.ColumnMapping;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.row.PassingBatch;
import io.qupersync.domain.row.RowPacker;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.TableShape;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// The short way into a target that was empty when the load began: COPY without a stage, half the
/// work for the server. Nothing hangs on the table staying empty: its unique index refuses a key
/// that comes twice, whoever wrote it, and from then on all rows go by the stage.
final class StraightCopy {

  private static final String KEY_IS_THERE = "23505";

  /// Of COPY into what has row-level security, or is no plain table.
  private static final String NOT_SUPPORTED = "0A000";

  private final Connection connection;
  private final TableMapping mapping;
  private final List<ColumnMapping> constants;
  private boolean open;

  /// @param isEmpty whether the target holds no row
  StraightCopy(Connection connection, TableMapping mapping, boolean isEmpty) {
    this.connection = connection;
    this.mapping = mapping;
    this.constants = constants(mapping);
    // a mirror learns from the stage which keys it has seen
    this.open = isEmpty && mapping.job().mode() != SyncMode.MIRROR;
  }

  static List<ColumnMapping> constants(TableMapping mapping) {
    return mapping.columns().stream()
        .filter(column -> column.origin() instanceof CellOrigin.Constant)
        .toList();
  }

  boolean isOpen() {
    return open;
  }

  /// @return how many rows were inserted: all of them
  long write(PassingBatch batch) throws SQLException {
    var names = new ArrayList<String>();
    batch.columns().forEach(index -> names.add(mapping.targetColumns().get(index).name()));
    constants.forEach(column -> names.add(column.target().name()));
    Optional<String> stamp = mapping.job().destination().stamps().time();
    stamp.ifPresent(names::add);
    var copy = LineCopy.into(connection, mapping.job().destination().table().quoted(), names);
    String more = more(stamp.isPresent());
    return (more.isEmpty() ? copy : copy.with(more)).send(batch.rows());
  }

  /// The cells that come from elsewhere than the source.
  private String more(boolean stamped) {
    // PostgreSQL reads it as the time its transaction began, as now() is
    String now = stamped ? "now" : "";
    if (constants.isEmpty()) {
      return now;
    }
    List<Column> columns = constants.stream().map(ColumnMapping::target).toList();
    var packer =
        new RowPacker(new TableShape(columns), IntStream.range(0, columns.size()).boxed().toList());
    for (ColumnMapping column : constants) {
      if (column.origin() instanceof CellOrigin.Constant(Object cell)) {
        packer.addCell(cell);
      }
    }
    byte[] line = packer.pack().text();
    String cells = new String(line, 0, line.length - 1, StandardCharsets.UTF_8);
    return stamped ? cells + "\t" + now : cells;
  }

  /// Takes note of a refusal.
  ///
  /// @return whether it may be tried another way
  boolean refused(SQLException refusal) {
    boolean here = KEY_IS_THERE.equals(refusal.getSQLState());
    boolean impossible = NOT_SUPPORTED.equals(refusal.getSQLState());
    open &= !here && !impossible;
    return impossible || DataRefusal.is(refusal);
  }
}
