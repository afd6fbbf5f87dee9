package io.qupersync.application.sync;

import io.qupersync.application.port.Rows;
import io.qupersync.application.port.TransientFailure;
import io.qupersync.domain.job.RetryPolicy;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.row.RowBatch;
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
  void copy(RunContext run, Mappings.Prepared prepared, Window window) {
    TableMapping mapping = prepared.mapping();
    RetryPolicy policy = mapping.job().limits().retry();
    Window rest = window;
    for (int retry = 1; ; retry++) {
      Optional<Watermark> before = run.progress().highest();
      try {
        copyOnce(run, prepared, rest);
        return;
      } catch (TransientFailure failure) {
        rest = run.progress().rest(mapping, window);
        boolean cameFurther = !rest.equals(window) && !run.progress().highest().equals(before);
        retry = cameFurther ? 1 : retry;
        retrier.waitBefore(retry, policy, failure, run::retrying);
        ports.runs().attempt(run.id(), run.progress().nextAttempt());
      }
    }
  }

  private void copyOnce(RunContext run, Mappings.Prepared prepared, Window window) {
    TableMapping mapping = prepared.mapping();
    try (var writer = new BatchWriter(prepared, retrier, run, window);
        Rows rows = open(mapping, window)) {
      handover.carry(
          reported(run, rows), mapping.job().limits().maxTransactionRows(), writer::write);
      writer.finish();
    }
  }

  private Rows open(TableMapping mapping, Window window) {
    return mapping.passes()
        ? ports.source().openPacked(mapping.job(), mapping.source(), window)
        : ports.source().open(mapping.job(), mapping.source(), window);
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
