package io.qupersync.infrastructure.postgres;

import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.infrastructure.store.DeadLetters;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/// What a load works with whose batches need more than one statement.
record LongWay(
    Stage stage,
    StraightCopy straight,
    Optional<Mirror> mirror,
    DeadLetters letters,
    BatchRows rows) {

  static LongWay of(
      Connection connection,
      TableMapping mapping,
      Stage stage,
      StraightCopy straight,
      Optional<Mirror> mirror,
      DeadLetters letters) {
    var rows = new BatchRows(connection, mapping, stage, straight, mirror);
    return new LongWay(stage, straight, mirror, letters, rows);
  }

  /// Creates the temporary tables.
  void createTables() throws SQLException {
    stage.create();
    if (mirror.isPresent()) {
      mirror.get().create();
    }
  }
}
