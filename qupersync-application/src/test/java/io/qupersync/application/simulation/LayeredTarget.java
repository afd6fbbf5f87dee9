package io.qupersync.application.simulation;

import io.qupersync.application.port.Load;
import io.qupersync.application.port.RowTarget;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.progress.Witness;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.run.Lease;
import io.qupersync.domain.table.TableRef;
import io.qupersync.domain.table.TableShape;
import java.util.List;
import java.util.Optional;

/// A target with a layer around its loads.
record LayeredTarget(RowTarget target, Layer layer) implements RowTarget {

  @FunctionalInterface
  interface Layer {
    Load around(Load load, Lease lease);
  }

  @Override
  public Optional<TableShape> shapeOf(TableRef table) {
    return target.shapeOf(table);
  }

  @Override
  public Optional<String> identityOf(TableRef table) {
    return target.identityOf(table);
  }

  @Override
  public boolean holdsRow(TableMapping mapping) {
    return target.holdsRow(mapping);
  }

  @Override
  public Optional<Witness> find(TableMapping mapping, Witness witness) {
    return target.find(mapping, witness);
  }

  @Override
  public List<String> changesFor(TableMapping mapping) {
    return target.changesFor(mapping);
  }

  @Override
  public void prepare(TableMapping mapping) {
    target.prepare(mapping);
  }

  @Override
  public List<Row> openKeys(TableMapping mapping, WatermarkValue before, int limit) {
    return target.openKeys(mapping, before, limit);
  }

  @Override
  public String describe(TableMapping mapping) {
    return target.describe(mapping);
  }

  @Override
  public Load begin(TableMapping mapping, Lease lease) {
    return layer.around(target.begin(mapping, lease), lease);
  }
}
