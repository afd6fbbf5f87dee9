package io.qupersync.application.testkit;

import io.qupersync.application.port.Rows;
import io.qupersync.application.sync.BatchPipeline;
import io.qupersync.domain.row.RowBatch;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Reads a batch, writes it, reads the next: what a pipeline does when its writer is the faster
/// one, on one thread.
public class InlineBatchPipeline implements BatchPipeline {

  @Override
  public void carry(Rows rows, int maxGroupRows, Consumer<List<RowBatch>> writer) {
    Optional<RowBatch> batch = rows.next();
    while (batch.isPresent()) {
      writer.accept(List.of(batch.get()));
      batch = rows.next();
    }
  }

  /// One part after the other.
  @Override
  public Rows join(List<Part> parts, int readers) {
    return new Rows() {
      private final Iterator<Part> waiting = parts.iterator();
      private Part part;
      private Rows rows;

      @Override
      public Optional<RowBatch> next() {
        while (rows != null || waiting.hasNext()) {
          if (rows == null) {
            part = waiting.next();
            rows = part.open();
          }
          Optional<RowBatch> batch = rows.next();
          if (batch.isPresent()) {
            return batch;
          }
          close();
          part.ended();
        }
        return Optional.empty();
      }

      @Override
      public void close() {
        if (rows != null) {
          rows.close();
          rows = null;
        }
      }
    };
  }
}
