package io.qupersync.sandbox.drill;

import java.sql.Connection;
import java.sql.SQLException;

/// The word of a full disk without the disk.
final class TriggeredShortage implements DiskShortage {

  private final DrillEnvironment drillEnvironment;

  private TriggeredShortage(DrillEnvironment drillEnvironment) {
    this.drillEnvironment = drillEnvironment;
  }

  static DiskShortage at(DrillEnvironment drillEnvironment) throws SQLException {
    drillEnvironment.atTarget(DrillSql.read("shortage.sql"));
    return new TriggeredShortage(drillEnvironment);
  }

  @Override
  public boolean isFelt() throws SQLException {
    try (Connection admin = drillEnvironment.target().connect()) {
      return LeftoverCheck.count(admin, "select count(*) from drill.refusals where is_called") > 0;
    }
  }

  @Override
  public void end() throws SQLException {
    drillEnvironment.atTarget("drop function drill.refuse() cascade");
  }

  @Override
  public void close() throws SQLException {
    drillEnvironment.atTarget("drop sequence drill.refusals");
  }
}
