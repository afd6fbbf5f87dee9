package io.qupersync.application.sync;

import io.qupersync.application.port.Gauges;
import io.qupersync.application.port.Rows;
import io.qupersync.domain.row.RowBatch;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads on the calling thread while a virtual thread of its own writes, so that neither waits for
/// the other while the queue between them is neither empty nor full.
public final class QueuedBatchPipeline implements BatchPipeline {

  private final long queueBytes;
  private final QueueGauge queued = new QueueGauge();

  /// @param queueBytes how much heap the batches between the two threads may hold
  public QueuedBatchPipeline(long queueBytes) {
    this.queueBytes = queueBytes;
  }

  /// What waits to be written at this moment, over all runs.
  public Gauges.Backlog backlog() {
    return queued.now();
  }

  @Override
  public void carry(Rows rows, int maxGroupRows, Consumer<List<RowBatch>> writer) {
    var queue = new BatchQueue(queueBytes, queued);
    var writeFailure = new AtomicReference<@Nullable Throwable>();
    Thread writing =
        Thread.ofVirtual()
            .name(Thread.currentThread().getName() + "-writer")
            .start(LogContext.inherited(() -> write(queue, maxGroupRows, writer, writeFailure)));
    @Nullable Throwable readFailure = read(rows, queue);
    if (Thread.currentThread().isInterrupted()) {
      writing.interrupt();
    }
    awaitEnd(writing);
    rethrow(readFailure, writeFailure.get());
  }

  @Override
  public Rows join(List<Part> parts, int readers) {
    return ParallelRows.reading(parts, readers);
  }

  private static @Nullable Throwable read(Rows rows, BatchQueue queue) {
    try {
      boolean more = true;
      while (more) {
        more = handOver(rows, queue);
      }
      return null;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new RunInterruptedException(stopped);
    } catch (RuntimeException | Error failure) {
      return failure;
    } finally {
      queue.end();
    }
  }

  /// In a method of its own: the last batch must not be held while the next is read.
  private static boolean handOver(Rows rows, BatchQueue queue) throws InterruptedException {
    Optional<RowBatch> batch = rows.next();
    return batch.isPresent() && queue.put(batch.get());
  }

  /// In a method of its own: what is written must not be held while more is waited for.
  private static boolean writeNext(
      BatchQueue queue, int maxGroupRows, Consumer<List<RowBatch>> writer)
      throws InterruptedException {
    List<RowBatch> group = queue.take(maxGroupRows);
    if (group.isEmpty()) {
      return false;
    }
    writer.accept(group);
    group.forEach(RowBatch::release);
    return true;
  }

  // Errors are kept too: an OutOfMemoryError here must not look like the end of the rows.
  private static void write(
      BatchQueue queue,
      int maxGroupRows,
      Consumer<List<RowBatch>> writer,
      AtomicReference<@Nullable Throwable> failure) {
    try {
      boolean more = true;
      while (more) {
        more = writeNext(queue, maxGroupRows, writer);
      }
    } catch (InterruptedException stopped) {
      failure.set(new RunInterruptedException(stopped));
    } catch (RuntimeException | Error broken) {
      failure.set(broken);
    } finally {
      queue.abandon();
    }
  }

  /// Waits whatever happens: nothing may still be writing when the run lets go of its lease.
  private static void awaitEnd(Thread writing) {
    boolean interrupted = false;
    while (true) {
      try {
        writing.join();
        break;
      } catch (InterruptedException stopped) {
        interrupted = true;
        writing.interrupt();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void rethrow(@Nullable Throwable reading, @Nullable Throwable writing) {
    if (writing instanceof Error error) {
      throw error;
    }
    if (reading instanceof Error error) {
      throw error;
    }
    if (writing instanceof RuntimeException failure) {
      if (reading != null) {
        failure.addSuppressed(reading);
      }
      throw failure;
    }
    if (reading instanceof RuntimeException failure) {
      throw failure;
    }
  }
}
