package io.qupersync.sandbox.drill;

import java.sql.Connection;
import java.sql.SQLException;

/// The word of a full disk without the disk.
final class TriggeredShortage implements Shortage {

  private final Arena arena;

  private TriggeredShortage(Arena arena) {
    this.arena = arena;
  }

  static Shortage at(Arena arena) throws SQLException {
    arena.atTarget(DrillSql.read("shortage.sql"));
    return new TriggeredShortage(arena);
  }

  @Override
  public boolean isFelt() throws SQLException {
    try (Connection admin = arena.target().connect()) {
      return Aftermath.count(admin, "select count(*) from drill.refusals where is_called") > 0;
    }
  }

  @Override
  public void end() throws SQLException {
    arena.atTarget("drop function drill.refuse() cascade");
  }

  @Override
  public void close() throws SQLException {
    arena.atTarget("drop sequence drill.refusals");
  }
}
