package io.qupersync.application.testkit;

import io.qupersync.application.port.BatchStep;
import io.qupersync.application.port.LeaseStore.Attempt;
import io.qupersync.application.port.Load;
import io.qupersync.application.port.TargetSnapshot;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.mapping.MappingResolver;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.progress.Checkpoint;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.row.RowBatch;
import io.qupersync.domain.row.ShapedBatch;
import io.qupersync.domain.row.TargetBatch;
import io.qupersync.domain.run.Lease;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.RunTally;
import io.qupersync.domain.run.SyncRun;
import io.qupersync.domain.run.Trigger;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.TableShape;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A run that has its lease, is in the run log and may write: where most contracts begin.
public final class ActiveRun implements AutoCloseable {

  public static final Duration LEASE_TIME = Duration.ofMinutes(1);
  public static final Instant STARTED = Instant.parse("2026-03-02T08:00:00.123456Z");

  private final TargetSide side;
  private final Lease lease;
  private final TableMapping mapping;
  private Load load;
  private long step;

  private ActiveRun(TargetSide side, Lease lease, TableMapping mapping, Load load) {
    this.side = side;
    this.lease = lease;
    this.mapping = mapping;
    this.load = load;
  }

  /// Begins a run of a job whose source has these columns.
  public static ActiveRun begin(TargetSide side, SyncJob job, List<Column> source) {
    return begin(side, job, source, "here");
  }

  public static ActiveRun begin(
      TargetSide side, SyncJob job, List<Column> source, String sourceName) {
    RunId run = side.runs().nextId();
    var granted = (Attempt.Granted) side.leases().acquire(job.id(), run, "test", LEASE_TIME);
    side.runs().started(SyncRun.starting(run, job.id(), Trigger.CLI, STARTED, Optional.empty()));
    TargetSnapshot look = side.target().look(job.destination().table());
    TableMapping mapping =
        MappingResolver.resolve(job, new TableShape(source), look.shape(), sourceName);
    look.prepare(mapping);
    return new ActiveRun(side, granted.lease(), mapping, look.begin(mapping, granted.lease()));
  }

  public Lease lease() {
    return lease;
  }

  public RunId id() {
    return lease.run();
  }

  public TableMapping mapping() {
    return mapping;
  }

  public Load load() {
    return load;
  }

  /// Shapes source rows and commits them as the next step.
  public RunTally commit(Row... rows) {
    return commit(Optional.empty(), rows);
  }

  public RunTally commit(Checkpoint checkpoint, Row... rows) {
    return commit(Optional.of(checkpoint), rows);
  }

  private RunTally commit(Optional<Checkpoint> checkpoint, Row... rows) {
    return commit(new BatchStep(++step, checkpoint), rows);
  }

  public RunTally commit(BatchStep as, Row... rows) {
    return load.commit(ready(rows), as);
  }

  private TargetBatch ready(Row... rows) {
    return side.packs()
        ? mapping.ready(List.of(Packing.of(mapping.source(), Arrays.asList(rows))))
        : shape(rows);
  }

  public ShapedBatch shape(Row... rows) {
    return mapping.shape(List.of(RowBatch.of(Arrays.asList(rows), rows.length * 100L)));
  }

  /// Begins a new load, as a run does after a failure.
  public void reload() {
    load.close();
    load = side.target().begin(mapping, lease);
  }

  /// Deletes however much it is.
  public long deleteUnseen() {
    return load.deleteUnseen(100);
  }

  /// Lets the lease expire and another run take the job over; this one does not notice.
  public Lease loseLease() {
    side.elapse(LEASE_TIME.plusSeconds(1));
    var taken =
        (Attempt.Granted)
            side.leases().acquire(lease.job(), side.runs().nextId(), "another", LEASE_TIME);
    return taken.lease();
  }

  /// Gives the lease back; the run log is left alone.
  @Override
  public void close() {
    load.close();
    side.leases().release(lease);
  }
}
