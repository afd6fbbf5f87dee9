package io.qupersync.app;

import io.qupersync.app.config.Configuration;
import io.qupersync.application.inspect.DatabaseState;
import io.qupersync.application.inspect.DatabaseWatch;
import io.qupersync.application.inspect.DatabaseWatching;
import io.qupersync.application.inspect.PlanJob;
import io.qupersync.application.inspect.Readiness;
import io.qupersync.application.inspect.StateWatch;
import io.qupersync.application.port.RowSource;
import io.qupersync.application.query.JobHealthQuery;
import io.qupersync.application.query.JobQueries;
import io.qupersync.application.query.LastKnownState;
import io.qupersync.application.query.RunEvents;
import io.qupersync.application.query.RunQueries;
import io.qupersync.application.query.TargetCalls;
import io.qupersync.application.schedule.CancelRun;
import io.qupersync.application.schedule.FlavorDetection;
import io.qupersync.application.schedule.IdempotentRequests;
import io.qupersync.application.schedule.JobControl;
import io.qupersync.application.schedule.RunExecutor;
import io.qupersync.application.schedule.SchedulerPorts;
import io.qupersync.application.schedule.TriggerRun;
import io.qupersync.application.sync.JobDefinitions;
import io.qupersync.application.sync.LeasedRuns;
import io.qupersync.application.sync.QueuedBatchPipeline;
import io.qupersync.application.sync.RunObserver;
import io.qupersync.application.sync.RunObservers;
import io.qupersync.application.sync.RunSettings;
import io.qupersync.application.sync.RunSyncJob;
import io.qupersync.application.sync.SyncPorts;
import io.qupersync.application.sync.TimeSources;
import io.qupersync.domain.job.JobRegistry;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.infrastructure.cron.CronTimetable;
import io.qupersync.infrastructure.postgres.PostgresDatabase;
import io.qupersync.infrastructure.postgres.PostgresProbe;
import io.qupersync.infrastructure.postgres.PostgresRowTarget;
import io.qupersync.infrastructure.store.Migrations;
import io.qupersync.infrastructure.store.PostgresDeadLetterBox;
import io.qupersync.infrastructure.store.PostgresIdempotencyKeys;
import io.qupersync.infrastructure.store.PostgresIncidentStore;
import io.qupersync.infrastructure.store.PostgresJobStates;
import io.qupersync.infrastructure.store.PostgresLeaseStore;
import io.qupersync.infrastructure.store.PostgresProgressStore;
import io.qupersync.infrastructure.store.PostgresRunLog;
import io.qupersync.infrastructure.store.PostgresScheduleStore;
import io.qupersync.infrastructure.store.ProcessOwner;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// Everything there is, wired by hand; the only place that says `new` to adapters.
final class Qupersync implements AutoCloseable {

  /// What waits between reading and writing: as much as four batches at their largest, out of 64 MB
  /// of heap.
  private static final long QUEUE_BYTES = 4L << 20;

  /// How long a database may take to say that it is there.
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Closer closer;
  private final InstantSource clock;
  private final JobDefinitions jobs;
  private final RowSource rows;
  private final Migrations migrations;
  private final boolean migratesItself;
  private final LeasedRuns runs;
  private final RunSyncJob runSyncJob;
  private final PlanJob planJob;
  private final InspectionTools inspectionTools;
  private final RunEvents runEvents;
  private final RunExecutor ongoing = new RunExecutor();
  private final TriggerRun triggerRun;
  private final CancelRun cancelRun;
  private final IdempotentRequests idempotentRequests;
  private final JobControl jobControl;
  private final SchedulerPorts schedulerPorts;
  private final JobQueries jobQueries;
  private final RunQueries runQueries;
  private final DatabaseWatch sourceWatch;
  private final DatabaseWatch targetWatch;
  private final StateWatch stateWatch;
  private final Readiness readiness;
  private final TargetCalls targetCalls;
  private final LastKnownState lastKnownState;
  private final MonitoringSources monitoringSources;
  private final FlavorDetection flavorDetection;
  private final ZoneId zone;

  /// Before, its tables may be missing, and are being made.
  private volatile boolean isStateUpToDate;

  private Qupersync(
      Closer closer, Configuration configuration, InstantSource clock, RunObserver observer) {
    this.closer = closer;
    this.clock = clock;
    this.jobs = new JobDefinitions(configuration.jobs());
    this.migratesItself = configuration.migrate();
    var sourceAdapters = SourceAdapters.of(configuration, clock, jobs::settleOn);
    closer.add(sourceAdapters.connections());
    var postgres =
        closer.add(PostgresDatabase.open(Wiring.postgres(configuration.target()), clock));
    var target = new PostgresRowTarget(postgres);
    var progress = new PostgresProgressStore(postgres.state(), postgres.schema());
    var runLog = new PostgresRunLog(postgres.state(), postgres.schema());
    var deadLetters = new PostgresDeadLetterBox(postgres.state(), postgres.schema());
    var owner = ProcessOwner.onThisHost();
    var leases = new PostgresLeaseStore(postgres.state(), postgres.schema(), owner);
    var schedules = new PostgresScheduleStore(postgres.state(), postgres.schema(), owner);
    var ports = new SyncPorts(sourceAdapters.rows(), target, progress, leases, runLog);
    var timeSources = new TimeSources(clock, new SystemPause(), RandomGenerator.getDefault());
    var settings = new RunSettings(owner.name(), configuration.target().leaseTtl());
    this.migrations = new Migrations(postgres.state(), postgres.schema());
    this.runEvents = closer.add(new RunEvents(clock));
    this.runs = new LeasedRuns(ports, settings, timeSources, RunObservers.all(observer, runEvents));
    var handover = new QueuedBatchPipeline(QUEUE_BYTES);
    this.runSyncJob = new RunSyncJob(jobs, ports, runs, timeSources, handover);
    this.inspectionTools =
        InspectionTools.of(
            new InspectionTools.Databases(sourceAdapters, postgres),
            jobs,
            ports,
            runs,
            deadLetters,
            other -> new RunSyncJob(jobs, ports.reading(other), runs, timeSources, handover));
    this.triggerRun = new TriggerRun(runSyncJob, inspectionTools.replay(), ongoing);
    this.cancelRun = new CancelRun(runs, leases);
    this.idempotentRequests =
        new IdempotentRequests(new PostgresIdempotencyKeys(postgres.state(), postgres.schema()));
    this.rows = sourceAdapters.rows();
    this.flavorDetection = new FlavorDetection(jobs, rows);
    var timetable = new CronTimetable();
    this.jobControl = new JobControl(jobs, schedules, timetable);
    this.schedulerPorts = new SchedulerPorts(schedules, runLog, timetable, observer, owner.name());
    this.planJob = new PlanJob(sourceAdapters.rows(), target, progress);
    var standings = new PostgresJobStates(postgres.state(), postgres.schema());
    this.jobQueries =
        new JobQueries(
            jobs,
            new PostgresJobStates(postgres.queries(), postgres.schema()),
            new PostgresScheduleStore(postgres.queries(), postgres.schema(), owner));
    this.runQueries = new RunQueries(new PostgresRunLog(postgres.queries(), postgres.schema()));
    this.lastKnownState = new LastKnownState(jobQueries, runQueries, clock);
    this.zone = configuration.defaults().timezone();
    this.sourceWatch =
        new DatabaseWatch(
            "source",
            sourceAdapters.ping().name(),
            sourceAdapters.ping(),
            sourceAdapters.probe(),
            clock,
            PATIENCE,
            () -> !runEvents.underWay().isEmpty());
    this.targetWatch =
        new DatabaseWatch(
            "target",
            postgres.name(),
            postgres.ping(),
            new PostgresProbe(postgres),
            clock,
            PATIENCE,
            () -> false);
    this.stateWatch = new StateWatch(migrations::trouble, clock);
    this.readiness = new Readiness(sourceWatch, targetWatch, stateWatch::trouble);
    this.targetCalls = new TargetCalls(targetWatch, postgres::isExhausted, clock);
    this.monitoringSources =
        new MonitoringSources(
            owner.name(),
            new JobHealthQuery(jobs, standings, schedules),
            targetCalls,
            new PostgresIncidentStore(postgres.state(), postgres.schema()),
            handover::backlog,
            () ->
                Stream.concat(
                        Stream.of(sourceAdapters.connections().use()), postgres.use().stream())
                    .toList());
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

  /// As they are defined now.
  JobRegistry jobs() {
    return jobs.current();
  }

  JobDefinitions definitions() {
    return jobs;
  }

  /// Asks the source what kind of Redshift it is, where any job depends on that: from then on each
  /// job has the one shape that counts.
  void settleFlavor() {
    if (jobs.current().all().stream().anyMatch(JobVariants::dependsOnFlavor)) {
      jobs.settleOn(rows.flavor());
    }
  }

  /// Before the first write: applies what is missing, or, where the user migrates by hand, refuses
  /// what does not fit.
  void bringStateUpToDate() {
    if (migratesItself) {
      migrations.migrate();
    } else {
      migrations.requireCurrent();
    }
    isStateUpToDate = true;
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

  /// The runs that nobody's thread waits for.
  RunExecutor ongoing() {
    return ongoing;
  }

  RunEvents runEvents() {
    return runEvents;
  }

  TriggerRun triggerRun() {
    return triggerRun;
  }

  CancelRun cancelRun() {
    return cancelRun;
  }

  IdempotentRequests doOnce() {
    return idempotentRequests;
  }

  JobControl jobControl() {
    return jobControl;
  }

  InstantSource clock() {
    return clock;
  }

  SchedulerPorts schedulerPorts() {
    return schedulerPorts;
  }

  /// Which kind of Redshift there is, for schedules that depend on it.
  FlavorDetection flavorQuestion() {
    return flavorDetection;
  }

  PlanJob planJob() {
    return planJob;
  }

  InspectionTools inspections() {
    return inspectionTools;
  }

  JobQueries jobQueries() {
    return jobQueries;
  }

  RunQueries runQueries() {
    return runQueries;
  }

  /// Of a cron expression that names none.
  ZoneId zone() {
    return zone;
  }

  Readiness readiness() {
    return readiness;
  }

  /// For those who may not wait for the target.
  TargetCalls targetCalls() {
    return targetCalls;
  }

  /// What is told while the target is away.
  LastKnownState lastKnown() {
    return lastKnownState;
  }

  /// Whether both databases answer at this moment.
  List<DatabaseState> pingDatabases() {
    return List.of(sourceWatch.ping(), targetWatch.ping());
  }

  /// Looks at both databases from now on, until it is closed.
  DatabaseWatching watchDatabases() {
    return DatabaseWatching.start(sourceWatch, targetWatch, this::refresh);
  }

  private void refresh() {
    lastKnownState.refresh();
    if (isStateUpToDate) {
      stateWatch.look();
    }
  }

  MonitoringSources watchpoints() {
    return monitoringSources;
  }

  @Override
  public void close() {
    closer.close();
  }
}
