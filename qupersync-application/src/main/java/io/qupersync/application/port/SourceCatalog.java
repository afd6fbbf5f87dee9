package io.qupersync.application.port;

import io.qupersync.domain.table.TableRef;
import io.qupersync.domain.table.TableShape;
import java.util.List;

/// What there is to read at the source. Every method may throw [SyncFailure].
public interface SourceCatalog {

  /// Tables and views the user may read, by name.
  ///
  /// @param pattern `schema.table` or `table`, where `*` stands for any text; without regard to
  ///   case
  List<TableRef> tables(String pattern);

  /// A table's columns and what is declared of it.
  ///
  /// @throws SyncFailure also when there is no such table
  TableDetail detail(TableRef table);

  /// @param primaryKey as declared; Redshift does not enforce it
  /// @param sortKey the leading columns of the sort key
  record TableDetail(TableShape shape, List<String> primaryKey, List<String> sortKey) {
    public TableDetail {
      primaryKey = List.copyOf(primaryKey);
      sortKey = List.copyOf(sortKey);
    }
  }
}
