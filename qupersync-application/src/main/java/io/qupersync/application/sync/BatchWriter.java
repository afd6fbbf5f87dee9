package io.qupersync.application.sync;

import io.qupersync.application.port.BatchStep;
import io.qupersync.application.port.Load;
import io.qupersync.application.port.PermanentFailure;
import io.qupersync.application.port.TransientFailure;
import io.qupersync.domain.job.SyncMode;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.row.RowBatch;
import io.qupersync.domain.row.TargetBatch;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.run.RunTally;
import io.qupersync.domain.run.ShellCommand;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Shapes and commits the batches of one attempt to read a window.
final class BatchWriter implements AutoCloseable {

  private final MappingPreparation.Prepared prepared;
  private final Retrier retrier;
  private final RunContext run;
  private final TableMapping mapping;
  private final Window window;
  private @Nullable Load load;

  BatchWriter(
      MappingPreparation.Prepared prepared, Retrier retrier, RunContext run, Window window) {
    this.prepared = prepared;
    this.retrier = retrier;
    this.run = run;
    this.mapping = prepared.mapping();
    this.window = window;
  }

  void write(List<RowBatch> batches) {
    TargetBatch shaped = mapping.ready(batches);
    RunProgress progress = run.progress();
    BatchStep step = progress.nextStep(mapping, window, shaped, run.scope());
    RunTally result = commit(shaped, step);
    progress.committed(mapping, shaped, result);
    mapping.watermark().ifPresent(reader -> progress.sawUnmarked(reader.unmarked(batches)));
    run.report(observer -> observer.progressed(run.job(), run.id(), progress.tally()));
    requireFewRejected(load().refusedForOthers());
  }

  /// @param open how many of them will be tried again
  private void requireFewRejected(long open) {
    RunProgress progress = run.progress();
    long allowed = mapping.job().limits().maxRejected();
    if (progress.tally().skipped() - open > allowed) {
      throw new PermanentFailure(
          FailureKind.TOO_MANY_REJECTED,
          "%d rows were rejected, and max_rejected is %d; see %s for the reasons"
              .formatted(
                  progress.tally().skipped(),
                  allowed,
                  ShellCommand.of("dead-letters", "list", run.job().value())));
    }
  }

  /// To be called when the end of the window is proven.
  void finish() {
    if (load != null && load.refusedForOthers() > 0) {
      RunProgress progress = run.progress();
      progress.committed(load.tryRefusedAgain(progress.nextStep()));
      run.report(observer -> observer.progressed(run.job(), run.id(), progress.tally()));
      requireFewRejected(0);
    }
    mapping.job().extraction().watermark().ifPresent(run.progress()::readAll);
    if (run.progress().tally().swallowed() > 0) {
      run.progress()
          .remark(
              "a trigger of %s let %d rows go: nobody wrote them"
                  .formatted(
                      mapping.job().destination().table(), run.progress().tally().swallowed()));
    }
    if (mapping.job().mode() == SyncMode.MIRROR) {
      run.progress().deleted(load().deleteUnseen(run.maxDeletedPercent(mapping.job())));
    }
    confirm(run.progress().lastCommitted());
  }

  private void confirm(long step) {
    if (step > 0) {
      persistently(load -> {
        load.confirm(step);
        return step;
      });
    }
  }

  private RunTally commit(TargetBatch shaped, BatchStep step) {
    if (mapping.job().mode() == SyncMode.MIRROR) {
      // A mirror's load remembers which keys it has seen: when it is lost, the whole attempt begins
      // again.
      return load().commit(shaped, step);
    }
    return persistently(load -> load.commit(shaped, step));
  }

  /// Tries as often as the policy allows, each time with another load.
  private <T> T persistently(Function<Load, T> work) {
    return retrier.attempt(run.retries(), () -> orLetGo(work), run::retrying);
  }

  private <T> T orLetGo(Function<Load, T> work) {
    try {
      return work.apply(load());
    } catch (TransientFailure failure) {
      close();
      throw failure;
    }
  }

  private Load load() {
    Load current = load;
    if (current == null) {
      current = prepared.begin(run.lease());
      load = current;
    }
    return current;
  }

  @Override
  public void close() {
    if (load != null) {
      load.close();
      load = null;
    }
  }
}
