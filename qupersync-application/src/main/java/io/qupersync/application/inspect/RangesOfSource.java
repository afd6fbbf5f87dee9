package io.qupersync.application.inspect;

import io.qupersync.application.inspect.VerifyJob.Examined;
import io.qupersync.application.port.RowSource;
import io.qupersync.application.port.Rows;
import io.qupersync.application.port.SourceMoment;
import io.qupersync.domain.job.Flavor;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.row.RowBatch;
import io.qupersync.domain.row.ShapedBatch;
import io.qupersync.domain.table.TableShape;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/// The source as a repair sees it: of what the job should have copied, only the rows whose keys lie
/// in ranges that differ. Rows that cannot be written are left out; they are dead letters already.
final class RangesOfSource implements RowSource {

  private final RowSource whole;
  private final TableMapping mapping;
  private final Window due;
  private final BitSet ranges;

  RangesOfSource(RowSource whole, Examined examined) {
    this.whole = whole;
    this.mapping = examined.mapping();
    this.due = examined.due();
    this.ranges = examined.broken();
  }

  @Override
  public String name() {
    return whole.name();
  }

  @Override
  public String place() {
    return whole.place();
  }

  @Override
  public Flavor flavor() {
    return whole.flavor();
  }

  @Override
  public Instant now() {
    return whole.now();
  }

  @Override
  public SourceMoment moment(SyncJob job) {
    return whole.moment(job);
  }

  @Override
  public TableShape shapeOf(SyncJob job) {
    return whole.shapeOf(job);
  }

  @Override
  public String describe(SyncJob job, TableShape shape, Window window) {
    return whole.describe(job, shape, due);
  }

  @Override
  public Rows open(SyncJob job, TableShape shape, Window window) {
    Rows all = whole.open(job, shape, due);
    var digest = new RowDigest(mapping);
    return new Rows() {
      @Override
      public Optional<RowBatch> next() {
        Optional<RowBatch> batch = all.next();
        while (batch.isPresent()) {
          RowBatch wanted = within(batch.get(), digest);
          if (!wanted.rows().isEmpty()) {
            return Optional.of(wanted);
          }
          batch = all.next();
        }
        return Optional.empty();
      }

      @Override
      public void close() {
        all.close();
      }
    };
  }

  private RowBatch within(RowBatch batch, RowDigest digest) {
    ShapedBatch shaped = mapping.shape(List.of(batch));
    var wanted = new ArrayList<Row>();
    for (int i = 0; i < shaped.rows().size(); i++) {
      if (ranges.get(RangeChecksums.rangeOf(digest.key(shaped.rows().get(i))))) {
        wanted.add(shaped.origins().get(i));
      }
    }
    return RowBatch.of(wanted, batch.bytes());
  }
}
