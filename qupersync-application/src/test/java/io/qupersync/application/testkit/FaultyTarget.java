package io.qupersync.application.testkit;

import io.qupersync.application.port.BatchStep;
import io.qupersync.application.port.Load;
import io.qupersync.application.port.RowTarget;
import io.qupersync.application.testkit.FaultPlan.Call;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.progress.Witness;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.row.TargetBatch;
import io.qupersync.domain.run.Lease;
import io.qupersync.domain.run.RunTally;
import io.qupersync.domain.table.TableRef;
import io.qupersync.domain.table.TableShape;
import java.util.List;
import java.util.Optional;

record FaultyTarget(RowTarget target, FaultyPorts fate) implements RowTarget {

  @Override
  public Optional<TableShape> shapeOf(TableRef table) {
    return fate.ask(Call.TARGET_SHAPE, () -> target.shapeOf(table));
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
    return fate.ask(Call.WITNESS, () -> target.find(mapping, witness));
  }

  @Override
  public List<String> changesFor(TableMapping mapping) {
    return target.changesFor(mapping);
  }

  @Override
  public void prepare(TableMapping mapping) {
    fate.tell(Call.PREPARE, () -> target.prepare(mapping));
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
    return new FatefulLoad(fate.ask(Call.BEGIN, () -> target.begin(mapping, lease)), fate);
  }

  /// Spends itself when its fate is bad, as a load does that fails.
  private static final class FatefulLoad implements Load {

    private final Load load;
    private final FaultyPorts fate;

    FatefulLoad(Load load, FaultyPorts fate) {
      this.load = load;
      this.fate = fate;
    }

    @Override
    public RunTally commit(TargetBatch batch, BatchStep step) {
      try {
        return fate.ask(Call.COMMIT, () -> load.commit(batch, step));
      } catch (Throwable spent) {
        load.close();
        throw spent;
      }
    }

    @Override
    public long deleteUnseen(int maxPercent) {
      try {
        return fate.ask(Call.DELETE_UNSEEN, () -> load.deleteUnseen(maxPercent));
      } catch (Throwable spent) {
        load.close();
        throw spent;
      }
    }

    @Override
    public void confirm(long step) {
      try {
        fate.tell(Call.CONFIRM, () -> load.confirm(step));
      } catch (Throwable spent) {
        load.close();
        throw spent;
      }
    }

    @Override
    public void close() {
      load.close();
    }
  }
}
