package io.qupersync.application.sync;

import io.qupersync.application.port.CommitsLost;
import io.qupersync.application.port.Rows;
import io.qupersync.application.port.TargetSnapshot;
import io.qupersync.application.port.TransientFailure;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.progress.Checkpoint;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.row.RowBatch;
import io.qupersync.domain.run.RunTally;
import io.qupersync.domain.run.SyncRun;
import java.util.Optional;

/// Copies one window, going on where it stopped when the source or the target is lost on the way.
final class CopyWindow {

  private final SyncPorts ports;
  private final Retrier retrier;
  private final BatchPipeline batchPipeline;

  CopyWindow(SyncPorts ports, Retrier retrier, BatchPipeline batchPipeline) {
    this.ports = ports;
    this.retrier = retrier;
    this.batchPipeline = batchPipeline;
  }

  /// Returns when every row of the window has been committed.
  void copy(RunContext run, TargetSnapshot target, WindowRead windowRead) {
    RetryBudget retries = run.retries();
    while (true) {
      try {
        copyOnce(run, new MappingPreparation.Prepared(windowRead.mapping(), target), windowRead);
        return;
      } catch (TransientFailure failure) {
        if (failure instanceof CommitsLost) {
          retrier.carryOut(retries, () -> goBack(run, windowRead), run::retrying);
        }
        if (windowRead.madeProgress()) {
          retries.refill();
        }
        retrier.waitBefore(retries, failure, run::retrying);
        int attempt = run.progress().nextAttempt();
        retrier.carryOut(retries, () -> ports.runs().attempt(run.id(), attempt), run::retrying);
      }
    }
  }

  /// What the run remembers is more than the target has: from now on the target's word counts.
  private void goBack(RunContext run, WindowRead windowRead) {
    TableMapping mapping = windowRead.mapping();
    RunTally counted = ports.runs().find(run.id()).map(SyncRun::tally).orElse(RunTally.zero());
    Optional<Watermark> reached =
        RunProgress.isResumable(mapping, run.scope())
            ? ports.progress().load(run.job()).checkpoint().map(Checkpoint::at)
            : Optional.empty();
    run.progress().rewindTo(reached, counted);
    windowRead.invalidate();
  }

  private void copyOnce(
      RunContext run, MappingPreparation.Prepared prepared, WindowRead windowRead) {
    try (var writer = new BatchWriter(prepared, retrier, run, windowRead.window());
        Rows rows = windowRead.open()) {
      batchPipeline.carry(
          reported(run, rows),
          prepared.mapping().job().limits().maxTransactionRows(),
          batches -> {
            writer.write(batches);
            windowRead.committed(batches);
            run.retries().committed();
          });
      writer.finish();
    }
  }

  private static Rows reported(RunContext run, Rows rows) {
    return new Rows() {
      @Override
      public Optional<RowBatch> next() {
        Optional<RowBatch> batch = rows.next();
        batch.ifPresent(read -> run.report(to -> to.read(run.job(), run.id(), read.size())));
        return batch;
      }

      @Override
      public void close() {
        rows.close();
      }
    };
  }
}
