package io.qupersync.application.simulation;

import io.qupersync.application.port.Rows;
import io.qupersync.application.sync.BatchPipeline;
import io.qupersync.domain.row.RowBatch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// A pipeline on one thread: the reader is ahead of the writer by as much as the dice say.
final class ReadAhead implements BatchPipeline {

  private final RandomChoices randomChoices;

  ReadAhead(RandomChoices randomChoices) {
    this.randomChoices = randomChoices;
  }

  @Override
  public void carry(Rows rows, int maxGroupRows, Consumer<List<RowBatch>> writer) {
    var waiting = new ArrayDeque<RowBatch>();
    RuntimeException failure = null;
    boolean reading = true;
    while (reading || !waiting.isEmpty()) {
      if (reading && (waiting.isEmpty() || randomChoices.chance(0.6))) {
        try {
          Optional<RowBatch> batch = rows.next();
          batch.ifPresent(waiting::add);
          reading = batch.isPresent();
        } catch (RuntimeException lost) {
          failure = lost;
          reading = false;
        }
        if (failure != null && Thread.currentThread().isInterrupted()) {
          throw failure;
        }
      } else {
        writer.accept(group(waiting, maxGroupRows));
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /// Several parts are open at a time, and the dice choose who goes on; a part begins when the dice
  /// choose it first.
  @Override
  public Rows join(List<Part> parts, int readers) {
    return new Rows() {
      private final Deque<Part> waiting = new ArrayDeque<>(parts);
      private final List<Reader> reading = new ArrayList<>();

      @Override
      public Optional<RowBatch> next() {
        while (true) {
          while (reading.size() < readers && !waiting.isEmpty()) {
            reading.add(new Reader(waiting.remove()));
          }
          if (reading.isEmpty()) {
            return Optional.empty();
          }
          Reader reader = reading.get(randomChoices.upTo(reading.size() - 1));
          Optional<RowBatch> batch = reader.next();
          if (batch.isPresent()) {
            return batch;
          }
          reading.remove(reader);
          reader.close();
          reader.part.ended();
        }
      }

      @Override
      public void close() {
        reading.forEach(Reader::close);
      }
    };
  }

  private static final class Reader {
    private final Part part;
    private Rows rows;

    Reader(Part part) {
      this.part = part;
    }

    Optional<RowBatch> next() {
      if (rows == null) {
        rows = part.open();
      }
      return rows.next();
    }

    void close() {
      if (rows != null) {
        rows.close();
      }
    }
  }

  private static List<RowBatch> group(Deque<RowBatch> waiting, int maxRows) {
    var group = new ArrayList<RowBatch>();
    int rows = 0;
    while (!waiting.isEmpty()
        && (group.isEmpty() || rows + waiting.peek().rows().size() <= maxRows)) {
      rows += waiting.peek().rows().size();
      group.add(waiting.remove());
    }
    return group;
  }
}
