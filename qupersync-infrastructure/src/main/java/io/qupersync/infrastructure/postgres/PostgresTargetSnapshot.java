package io.qupersync.infrastructure.postgres;

import io.qupersync.application.port.Load;
import io.qupersync.application.port.TargetSnapshot;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.run.Lease;
import io.qupersync.domain.table.TableRef;
import io.qupersync.domain.table.TableShape;
import java.util.List;
import java.util.Optional;

/// What the catalog said of a table, remembered until the table is changed or a load has begun.
final class PostgresTargetSnapshot implements TargetSnapshot {

  private final PostgresRowTarget target;
  private final TableRef table;
  private final Optional<TableShape> shape;

  /// What was seen; an empty inner one when there was no table, an empty outer one when it may be
  /// otherwise by now.
  private Optional<Optional<TargetTable>> seen;

  PostgresTargetSnapshot(PostgresRowTarget target, TableRef table, Optional<TargetTable> there) {
    this.target = target;
    this.table = table;
    this.shape = there.map(TargetTable::shape);
    this.seen = Optional.of(there);
  }

  @Override
  public Optional<TableShape> shape() {
    return shape;
  }

  @Override
  public Optional<String> identity() {
    if (seen.isEmpty()) {
      seen = Optional.of(target.find(table));
    }
    return seen.get().map(there -> Long.toString(there.oid()));
  }

  @Override
  public void prepare(TableMapping mapping) {
    Optional<TargetTable> there = there(mapping);
    boolean fits = there.isPresent() && changes(mapping, there).isEmpty();
    if (!fits) {
      seen = Optional.empty();
      target.prepare(mapping);
    }
  }

  private static List<String> changes(TableMapping mapping, Optional<TargetTable> there) {
    return new TableChanges(mapping).from(true, there);
  }

  @Override
  public Load begin(TableMapping mapping, Lease lease) {
    Optional<TargetTable> there = there(mapping);
    seen = Optional.empty();
    return target.begin(mapping, there, lease);
  }

  private Optional<TargetTable> there(TableMapping mapping) {
    return seen.orElseGet(() -> target.find(mapping.job().destination().table()));
  }
}
