package io.qupersync.infrastructure.postgres;

import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.infrastructure.store.DeadLetters;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/// What a load works with whose batches need more than one statement.
record StagedUpsert(
    StagingTable stage,
    DirectCopy straight,
    Optional<Mirror> mirror,
    DeadLetters letters,
    BatchRows rows) {

  static StagedUpsert of(
      Connection connection,
      TableMapping mapping,
      StagingTable stagingTable,
      DirectCopy straight,
      Optional<Mirror> mirror,
      DeadLetters letters) {
    var rows = new BatchRows(connection, mapping, stagingTable, straight, mirror);
    return new StagedUpsert(stagingTable, straight, mirror, letters, rows);
  }

  /// Creates the temporary tables.
  void createTables() throws SQLException {
    stage.create();
    if (mirror.isPresent()) {
      mirror.get().create();
    }
  }
}
