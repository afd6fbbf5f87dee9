package io.qupersync.app;

import io.qupersync.app.config.Configuration;
import io.qupersync.application.inspect.PlanJob;
import io.qupersync.application.query.JobQueries;
import io.qupersync.application.query.RunQueries;
import io.qupersync.application.sync.LeasedRuns;
import io.qupersync.application.sync.PipelinedHandover;
import io.qupersync.application.sync.RunObserver;
import io.qupersync.application.sync.RunSettings;
import io.qupersync.application.sync.RunSyncJob;
import io.qupersync.application.sync.SyncPorts;
import io.qupersync.application.sync.Timing;
import io.qupersync.domain.job.JobRegistry;
import io.qupersync.infrastructure.postgres.PostgresDatabase;
import io.qupersync.infrastructure.postgres.PostgresRowTarget;
import io.qupersync.infrastructure.redshift.RedshiftConnections;
import io.qupersync.infrastructure.redshift.RedshiftRowSource;
import io.qupersync.infrastructure.store.Migrations;
import io.qupersync.infrastructure.store.PostgresDeadLetterBox;
import io.qupersync.infrastructure.store.PostgresLeaseStore;
import io.qupersync.infrastructure.store.PostgresProgressStore;
import io.qupersync.infrastructure.store.PostgresRunLog;
import io.qupersync.infrastructure.store.ProcessOwner;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// Everything there is, wired by hand; the only place that says `new` to adapters.
final class Qupersync implements AutoCloseable {

  /// What waits between reading and writing: as much as four batches at their largest, out of 64 MB
  /// of heap.
  private static final long QUEUE_BYTES = 8L << 20;

  private final Closer closer;
  private final JobRegistry jobs;
  private final Migrations migrations;
  private final boolean migratesItself;
  private final LeasedRuns runs;
  private final RunSyncJob runSyncJob;
  private final PlanJob planJob;
  private final Inspections inspections;
  private final JobQueries jobQueries;
  private final RunQueries runQueries;

  private Qupersync(
      Closer closer, Configuration configuration, InstantSource clock, RunObserver observer) {
    this.closer = closer;
    this.jobs = configuration.jobs();
    this.migratesItself = configuration.migrate();
    var connections = new RedshiftConnections(Wiring.redshift(configuration.source()));
    var redshift = new RedshiftRowSource(connections);
    var postgres = closer.add(PostgresDatabase.open(Wiring.postgres(configuration.target())));
    var target = new PostgresRowTarget(postgres);
    var progress = new PostgresProgressStore(postgres.state(), postgres.schema());
    var runLog = new PostgresRunLog(postgres.state(), postgres.schema());
    var deadLetters = new PostgresDeadLetterBox(postgres.state(), postgres.schema());
    var owner = ProcessOwner.onThisHost();
    var leases = new PostgresLeaseStore(postgres.state(), postgres.schema(), owner);
    var ports = new SyncPorts(redshift, target, progress, leases, runLog);
    var timing = new Timing(clock, new SystemPause(), RandomGenerator.getDefault());
    var settings = new RunSettings(owner.name(), configuration.target().leaseTtl());
    this.migrations = new Migrations(postgres.state(), postgres.schema());
    this.runs = new LeasedRuns(ports, settings, timing, observer);
    var handover = new PipelinedHandover(QUEUE_BYTES);
    this.runSyncJob = new RunSyncJob(jobs, ports, runs, timing, handover);
    this.inspections =
        Inspections.of(
            new Inspections.Databases(connections, postgres),
            jobs,
            ports,
            runs,
            deadLetters,
            source -> new RunSyncJob(jobs, ports.reading(source), runs, timing, handover));
    this.planJob = new PlanJob(redshift, target, progress);
    this.jobQueries = new JobQueries(jobs, progress, runLog, deadLetters);
    this.runQueries = new RunQueries(runLog);
  }

  /// Connects to nothing yet.
  static Qupersync open(Configuration configuration, InstantSource clock, RunObserver observer) {
    var closer = new Closer();
    try {
      return new Qupersync(closer, configuration, clock, observer);
    } catch (RuntimeException failure) {
      throw closer.closeAfter(failure);
    }
  }

  JobRegistry jobs() {
    return jobs;
  }

  /// Before the first write: applies what is missing, or, where the user migrates by hand, refuses
  /// what does not fit.
  void bringStateUpToDate() {
    if (migratesItself) {
      migrations.migrate();
    } else {
      migrations.requireCurrent();
    }
  }

  Migrations migrations() {
    return migrations;
  }

  LeasedRuns runs() {
    return runs;
  }

  RunSyncJob runSyncJob() {
    return runSyncJob;
  }

  PlanJob planJob() {
    return planJob;
  }

  Inspections inspections() {
    return inspections;
  }

  JobQueries jobQueries() {
    return jobQueries;
  }

  RunQueries runQueries() {
    return runQueries;
  }

  @Override
  public void close() {
    closer.close();
  }
}
