package io.qupersync.infrastructure.redshift;

import io.qupersync.application.port.Rows;
import io.qupersync.application.port.SyncFailure;
import io.qupersync.application.port.TransientFailure;
import io.qupersync.domain.row.RowBatch;
import io.qupersync.domain.run.FailureKind;
import java.util.Optional;

/// Rows that are read from the start again, in another way, when the server refuses the first way
/// before any of them was handed out. Later they fail, and the next try reads the other way.
/// Belongs to one thread.
final class RestartableRows implements Rows {

  /// How to read, by what is known of the source.
  interface Reading {
    /// Begins, in the best way that the source has not refused.
    Rows begin();

    /// Takes note of a failure.
    ///
    /// @return whether [#begin()] would go another way now
    boolean learnsFrom(SyncFailure failure);
  }

  private final Reading reading;
  private Rows rows;
  private boolean handedOut;

  private RestartableRows(Reading reading, Rows rows) {
    this.reading = reading;
    this.rows = rows;
  }

  static Rows of(Reading reading) {
    return new RestartableRows(reading, begin(reading));
  }

  private static Rows begin(Reading reading) {
    while (true) {
      try {
        return reading.begin();
      } catch (SyncFailure failure) {
        if (!reading.learnsFrom(failure)) {
          throw failure;
        }
      }
    }
  }

  @Override
  public Optional<RowBatch> next() {
    while (true) {
      try {
        Optional<RowBatch> batch = rows.next();
        handedOut = true;
        return batch;
      } catch (SyncFailure failure) {
        if (!reading.learnsFrom(failure)) {
          throw failure;
        }
        if (handedOut) {
          throw new TransientFailure(
              FailureKind.SOURCE,
              failure.getMessage() + "; the next try reads in another way",
              failure);
        }
        rows.close();
        rows = begin(reading);
      }
    }
  }

  @Override
  public void close() {
    rows.close();
  }
}
