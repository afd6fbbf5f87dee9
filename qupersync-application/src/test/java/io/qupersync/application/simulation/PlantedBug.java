package io.qupersync.application.simulation;

import io.qupersync.application.port.BatchStep;
import io.qupersync.application.port.Load;
import io.qupersync.application.port.SourceMoment;
import io.qupersync.application.sync.SyncPorts;
import io.qupersync.application.testkit.InMemoryDatabase;
import io.qupersync.application.testkit.SettableClock;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.progress.Checkpoint;
import io.qupersync.domain.progress.KeyRange;
import io.qupersync.domain.progress.OpenTransactions;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.progress.Witness;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.row.RowBatch;
import io.qupersync.domain.row.ShapedBatch;
import io.qupersync.domain.run.Lease;
import io.qupersync.domain.run.RunTally;
import io.qupersync.domain.table.TableRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Classical ways to lose rows, each a thin layer around the ports, to see whether the simulation
/// finds them; and none.
enum PlantedBug {
  NONE,

  /// The watermark moves before the rows it stands for are committed.
  WATERMARK_BEFORE_COMMIT {
    @Override
    SyncPorts plantedIn(SyncPorts ports, RowWatermarks rowWatermarks) {
      return committing(
          ports,
          (load, lease) ->
              (batch, step) -> {
                if (batch.highest().isPresent()) {
                  ports.progress().advance(lease, batch.highest(), Instant.EPOCH);
                }
                return load.commit(batch, step);
              });
    }
  },

  /// The lower end of a window does not belong to it: `>` for `>=`.
  EXCLUSIVE_BEGINNING {
    @Override
    SyncPorts plantedIn(SyncPorts ports, RowWatermarks rowWatermarks) {
      return reading(
          ports,
          (rows, _, window) -> {
            Optional<RowBatch> batch = rows.next();
            while (batch.isPresent()
                && without(window.from(), batch.get(), rowWatermarks).isEmpty()) {
              batch = rows.next();
            }
            return batch.map(
                read -> RowBatch.of(without(window.from(), read, rowWatermarks), read.bytes()));
          });
    }

    private List<Row> without(
        Optional<Watermark> beginning, RowBatch batch, RowWatermarks rowWatermarks) {
      return batch.rows().stream()
          .filter(row -> beginning.isEmpty() || !rowWatermarks.of(row).equals(beginning))
          .toList();
    }
  },

  /// Of a range that one of several readers reads, the lower end does not belong to it.
  GAP_BETWEEN_RANGES {
    @Override
    SyncPorts plantedIn(SyncPorts ports, RowWatermarks rowWatermarks) {
      return reading(
          ports,
          (rows, _, window) -> {
            Optional<RowBatch> batch = rows.next();
            Optional<WatermarkValue> end = window.range().flatMap(KeyRange::from);
            return batch.map(read -> RowBatch.of(without(end, read), read.bytes()));
          });
    }

    private List<Row> without(Optional<WatermarkValue> end, RowBatch batch) {
      return batch.rows().stream()
          .filter(row -> end.isEmpty() || !WatermarkValue.of(SourceActivity.id(row)).equals(end))
          .toList();
    }
  },

  /// Nobody asks for the lease when a batch is committed.
  NO_FENCING {
    @Override
    InMemoryDatabase database(SettableClock clock) {
      return InMemoryDatabase.withoutFence(clock);
    }
  },

  /// Rejected rows are written down after the batch, in a transaction of their own.
  DEAD_LETTERS_OUTSIDE_THE_TRANSACTION {
    @Override
    SyncPorts plantedIn(SyncPorts ports, RowWatermarks rowWatermarks) {
      return committing(ports, (load, _) -> (batch, step) -> inTwo(load, batch.shaped(), step));
    }

    private RunTally inTwo(Load load, ShapedBatch batch, BatchStep step) {
      long bad = batch.rejected().size();
      var rows =
          new ShapedBatch(
              batch.rows(),
              batch.origins(),
              List.of(),
              batch.read() - bad,
              batch.repeatsAKey(),
              batch.highest());
      var rejected =
          new ShapedBatch(List.of(), List.of(), batch.rejected(), bad, false, Optional.empty());
      long first = 2 * step.number();
      long last = step.after() == 0 ? 0 : 2 * step.after() + 1;
      return load.commit(rows, new BatchStep(first, step.checkpoint()).following(last))
          .plus(load.commit(rejected, new BatchStep(first + 1, Optional.empty()).following(first)));
    }
  },

  /// A step does not say which one it follows, so a target that has lost that one takes it.
  STEPS_THAT_FOLLOW_NOTHING {
    @Override
    SyncPorts plantedIn(SyncPorts ports, RowWatermarks rowWatermarks) {
      return committing(ports, (load, _) -> (batch, step) -> load.commit(batch, step.following(0)));
    }
  },

  /// A row that is dated ahead of the clock takes the watermark to the clock.
  WATERMARK_AT_THE_CLOCK {
    @Override
    SyncPorts plantedIn(SyncPorts ports, RowWatermarks rowWatermarks) {
      var passed = new Watermark[1];
      SyncPorts noted =
          reading(
              ports,
              (rows, _, window) -> {
                Optional<RowBatch> batch = rows.next();
                batch.stream()
                    .flatMap(read -> read.rows().stream())
                    .flatMap(row -> rowWatermarks.of(row).stream())
                    .filter(mark -> window.ceiling().map(mark::isBeyond).orElse(false))
                    .forEach(_ -> passed[0] = window.ceiling().orElseThrow());
                return batch;
              });
      return new SyncPorts(
          noted.source(),
          noted.target(),
          new LayeredProgress(
              noted.progress(), reached -> passed[0] == null ? reached : Optional.of(passed[0])),
          noted.leases(),
          noted.runs());
    }
  },

  /// The watermark moves past the beginning of transactions that are open.
  OPEN_TRANSACTIONS_FORGOTTEN {
    @Override
    SyncPorts plantedIn(SyncPorts ports, RowWatermarks rowWatermarks) {
      return new SyncPorts(
          new LayeredSource(
              ports.source(),
              (rows, _, _) -> rows.next(),
              moment -> new SourceMoment(moment.now(), new OpenTransactions.None())),
          ports.target(),
          ports.progress(),
          ports.leases(),
          ports.runs());
    }
  },

  /// The checkpoint tells how far the reader has come, who is ahead of the writer.
  CHECKPOINT_FROM_THE_WRONG_BATCH {
    @Override
    SyncPorts plantedIn(SyncPorts ports, RowWatermarks rowWatermarks) {
      var read = new Watermark[1];
      SyncPorts noted =
          reading(
              ports,
              (rows, _, _) -> {
                Optional<RowBatch> batch = rows.next();
                batch
                    .flatMap(rowBatch -> rowWatermarks.of(rowBatch.rows().getLast()))
                    .ifPresent(mark -> read[0] = mark);
                return batch;
              });
      return committing(
          noted,
          (load, _) ->
              (batch, step) ->
                  load.commit(
                      batch,
                      new BatchStep(
                              step.number(),
                              step.checkpoint()
                                  // a batch whose last row has no mark tells nothing
                                  .filter(_ -> read[0] != null)
                                  .map(right -> new Checkpoint(read[0], right.ceiling())))
                          .following(step.after())));
    }
  },

  /// A table that is made anew is taken for the one that was there.
  TABLES_WITHOUT_IDENTITY {
    @Override
    SyncPorts plantedIn(SyncPorts ports, RowWatermarks rowWatermarks) {
      return new SyncPorts(
          ports.source(),
          new MistakenTarget(ports.target()) {
            @Override
            public Optional<String> identityOf(TableRef table) {
              return Optional.of("the only one");
            }

            @Override
            public Optional<Witness> find(TableMapping mapping, Witness witness) {
              return Optional.of(witness);
            }
          },
          ports.progress(),
          ports.leases(),
          ports.runs());
    }
  },

  /// A target that has rows is taken for one that has all of them.
  ANY_ROW_WILL_DO {
    @Override
    SyncPorts plantedIn(SyncPorts ports, RowWatermarks rowWatermarks) {
      return new SyncPorts(
          ports.source(),
          new MistakenTarget(ports.target()) {
            @Override
            public Optional<Witness> find(TableMapping mapping, Witness witness) {
              return Optional.of(witness).filter(_ -> holdsRow(mapping));
            }
          },
          ports.progress(),
          ports.leases(),
          ports.runs());
    }
  },

  /// One source is as good as another.
  SOURCES_WITHOUT_IDENTITY {
    @Override
    SyncPorts plantedIn(SyncPorts ports, RowWatermarks rowWatermarks) {
      return ports.reading(new MistakenSource(ports.source()));
    }
  };

  /// The ports with the bug, which may themselves fail at any call.
  SyncPorts plantedIn(SyncPorts ports, RowWatermarks rowWatermarks) {
    return ports;
  }

  InMemoryDatabase database(SettableClock clock) {
    return new InMemoryDatabase(clock);
  }

  private interface CommittingUnder {
    CommitLayer.Committing around(Load load, Lease lease);
  }

  private static SyncPorts committing(SyncPorts ports, CommittingUnder bug) {
    return new SyncPorts(
        ports.source(),
        new LayeredTarget(
            ports.target(), (load, lease) -> new CommitLayer(load, bug.around(load, lease))),
        ports.progress(),
        ports.leases(),
        ports.runs());
  }

  private static SyncPorts reading(SyncPorts ports, LayeredSource.Layer bug) {
    return new SyncPorts(
        new LayeredSource(ports.source(), bug),
        ports.target(),
        ports.progress(),
        ports.leases(),
        ports.runs());
  }
}
