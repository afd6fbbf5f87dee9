package io.qupersync.sandbox.drill;

import java.io.IOException;
import java.sql.SQLException;

/// A target without room for more rows.
interface DiskShortage extends AutoCloseable {

  /// Whether it has refused a write.
  boolean isFelt() throws SQLException, IOException;

  /// There is room again.
  void end() throws SQLException, IOException;

  /// The target is as it was before.
  @Override
  void close() throws SQLException, IOException;
}
