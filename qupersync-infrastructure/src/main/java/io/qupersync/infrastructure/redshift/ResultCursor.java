package io.qupersync.infrastructure.redshift;

import java.sql.ResultSet;
import java.sql.SQLException;

/// The rows of one extraction, one after the other. Belongs to one thread.
interface ResultCursor {

  /// Moves to the next row.
  ///
  /// @return false when there is none
  boolean next() throws SQLException;

  /// What stands on that row.
  ResultSet row();

  /// From now on so many rows are to be held at a time.
  void hold(int rows) throws SQLException;
}
