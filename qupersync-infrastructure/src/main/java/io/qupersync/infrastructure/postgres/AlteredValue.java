package io.qupersync.infrastructure.postgres;

import io.qupersync.domain.table.Column;
import java.sql.SQLException;

/// A type of the target has made another value of the one that was sent.
final class AlteredValue extends SQLException {

  private static final long serialVersionUID = 1L;

  /// Of what is wrong with data, and nothing more precise.
  private static final String DATA_EXCEPTION = "22000";

  private final String column;
  private final int rowsBefore;

  /// @param rowsBefore how many rows that were sent with it have nothing of the kind
  AlteredValue(Column column, int rowsBefore) {
    super(
        "%s would not give this value back as it was read".formatted(column.type().sql()),
        DATA_EXCEPTION);
    this.column = column.name();
    this.rowsBefore = rowsBefore;
  }

  String column() {
    return column;
  }

  int rowsBefore() {
    return rowsBefore;
  }
}
