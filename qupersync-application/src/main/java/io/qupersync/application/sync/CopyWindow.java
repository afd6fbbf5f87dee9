package io.qupersync.application.sync;

import io.qupersync.application.port.LostCommits;
import io.qupersync.application.port.Rows;
import io.qupersync.application.port.TargetLook;
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
  private final Handover handover;

  CopyWindow(SyncPorts ports, Retrier retrier, Handover handover) {
    this.ports = ports;
    this.retrier = retrier;
    this.handover = handover;
  }

  /// Returns when every row of the window has been committed.
  void copy(RunContext run, TargetLook target, Reading reading) {
    RetryBudget retries = run.retries();
    while (true) {
      try {
        copyOnce(run, new Mappings.Prepared(reading.mapping(), target), reading);
        return;
      } catch (TransientFailure failure) {
        if (failure instanceof LostCommits) {
          retrier.carryOut(retries, () -> goBack(run, reading), run::retrying);
        }
        if (reading.cameFurther()) {
          retries.refill();
        }
        retrier.waitBefore(retries, failure, run::retrying);
        int attempt = run.progress().nextAttempt();
        retrier.carryOut(retries, () -> ports.runs().attempt(run.id(), attempt), run::retrying);
      }
    }
  }

  /// What the run remembers is more than the target has: from now on the target's word counts.
  private void goBack(RunContext run, Reading reading) {
    TableMapping mapping = reading.mapping();
    RunTally counted = ports.runs().find(run.id()).map(SyncRun::tally).orElse(RunTally.zero());
    Optional<Watermark> reached =
        RunProgress.isResumable(mapping, run.scope())
            ? ports.progress().load(run.job()).checkpoint().map(Checkpoint::at)
            : Optional.empty();
    run.progress().goBackTo(reached, counted);
    reading.forget();
  }

  private void copyOnce(RunContext run, Mappings.Prepared prepared, Reading reading) {
    try (var writer = new BatchWriter(prepared, retrier, run, reading.window());
        Rows rows = reading.open()) {
      handover.carry(
          reported(run, rows),
          prepared.mapping().job().limits().maxTransactionRows(),
          batches -> {
            writer.write(batches);
            reading.committed(batches);
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
