package io.qupersync.application.testkit;

import io.qupersync.application.port.Rows;
import io.qupersync.application.sync.Handover;
import io.qupersync.domain.row.RowBatch;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Reads a batch, writes it, reads the next: what a pipeline does when its writer is the faster
/// one, on one thread.
public final class InlineHandover implements Handover {

  @Override
  public void carry(Rows rows, int maxGroupRows, Consumer<List<RowBatch>> writer) {
    Optional<RowBatch> batch = rows.next();
    while (batch.isPresent()) {
      writer.accept(List.of(batch.get()));
      batch = rows.next();
    }
  }
}
