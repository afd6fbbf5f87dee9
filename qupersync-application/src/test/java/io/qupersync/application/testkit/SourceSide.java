package io.qupersync.application.testkit;

import io.qupersync.application.port.DatabaseProbe;
import io.qupersync.application.port.RowSource;
import io.qupersync.application.port.SourceCatalog;
import io.qupersync.application.port.SourceLookup;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.TableRef;
import java.util.List;

/// The source's database, as a contract sees it: its ports, and a way to fill it. Whoever opens one
/// finds no tables in it.
public interface SourceSide extends AutoCloseable {

  RowSource source();

  SourceLookup lookup();

  SourceCatalog catalog();

  DatabaseProbe probe();

  /// Makes a table, and its schema where that is missing.
  void create(TableRef table, List<Column> columns);

  /// Adds a row; the cells are of the Java types that [io.qupersync.domain.table.ColumnType] names.
  void insert(TableRef table, Object... cells);

  @Override
  void close();
}
