package io.qupersync.interfaces.http;

import io.qupersync.application.inspect.DatabaseWatch;
import io.qupersync.application.inspect.PlanJob;
import io.qupersync.application.inspect.Readiness;
import io.qupersync.application.port.Rows;
import io.qupersync.application.port.SyncFailure;
import io.qupersync.application.port.TransientFailure;
import io.qupersync.application.query.JobQueries;
import io.qupersync.application.query.LastKnownState;
import io.qupersync.application.query.RejectedRows;
import io.qupersync.application.query.RunEvents;
import io.qupersync.application.query.RunQueries;
import io.qupersync.application.query.TargetCalls;
import io.qupersync.application.schedule.CancelRun;
import io.qupersync.application.schedule.IdempotentRequests;
import io.qupersync.application.schedule.JobControl;
import io.qupersync.application.schedule.ReloadResult;
import io.qupersync.application.schedule.RunExecutor;
import io.qupersync.application.schedule.TriggerRun;
import io.qupersync.application.sync.JobDefinitions;
import io.qupersync.application.sync.LeasedRuns;
import io.qupersync.application.sync.MoveWatermark;
import io.qupersync.application.sync.ReplayDeadLetters;
import io.qupersync.application.sync.RunSettings;
import io.qupersync.application.sync.RunSyncJob;
import io.qupersync.application.sync.SyncPorts;
import io.qupersync.application.sync.TimeSources;
import io.qupersync.application.testkit.InMemoryDatabase;
import io.qupersync.application.testkit.InMemoryIdempotencyKeys;
import io.qupersync.application.testkit.InMemoryWarehouse;
import io.qupersync.application.testkit.InlineBatchPipeline;
import io.qupersync.application.testkit.JobFixture;
import io.qupersync.application.testkit.RecordingPause;
import io.qupersync.application.testkit.SettableClock;
import io.qupersync.domain.job.JobRegistry;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.domain.job.Schedule;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.row.RowBatch;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.ColumnType;
import io.qupersync.domain.table.TableRef;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** The real application in memory, with two jobs, and a gate at which runs can be held up. */
final class World {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  static final SyncJob ORDERS =
      JobFixture.aJob().named("orders").incremental().watermarkedOn("id").build();
  static final SyncJob STOCK =
      JobFixture.aJob()
          .named("stock")
          .mirroring()
          .from(TableRef.of("public", "stock"))
          .into(TableRef.of("analytics", "stock"))
          .build();

  final SettableClock clock = SettableClock.atSomeMorning();
  final InMemoryDatabase database = new InMemoryDatabase(clock);
  final InMemoryWarehouse warehouse = new InMemoryWarehouse(clock);
  final RunEvents events = new RunEvents(clock);
  final JobDefinitions definitions =
      new JobDefinitions(
          new JobRegistry(List.of(JobVariants.same(ORDERS), JobVariants.same(STOCK))));
  ReloadResult reloadResult = new ReloadResult.Done(2);
  final AtomicReference<String> level = new AtomicReference<>("info");
  private final RunExecutor ongoing = new RunExecutor();
  private final IdempotentRequests once =
      new IdempotentRequests(new InMemoryIdempotencyKeys(clock));
  private final SyncPorts ports =
      new SyncPorts(
          warehouse.source(),
          database.target(),
          database.progress(),
          database.leases(),
          database.runs());
  private final LeasedRuns runs;
  private final TriggerRun trigger;
  final DatabaseWatch sourceWatch =
      new DatabaseWatch(
          "source",
          "Redshift at test:5439/dev",
          Optional::empty,
          warehouse.probe(),
          clock,
          PATIENCE,
          () -> false);
  final DatabaseWatch targetWatch =
      new DatabaseWatch(
          "target",
          "PostgreSQL at test:5432/quper",
          () -> Optional.of(database.probe().probe()),
          database.probe(),
          clock,
          PATIENCE,
          () -> false);
  final TargetCalls targetCalls = new TargetCalls(targetWatch, () -> false, clock);
  LastKnownState lastKnownState;
  private volatile CountDownLatch gate = new CountDownLatch(0);

  World() {
    List<Column> columns =
        List.of(
            new Column("id", ColumnType.Plain.BIGINT, false),
            new Column("name", ColumnType.Plain.TEXT, true));
    warehouse.create(TableRef.of("public", "orders"), columns);
    warehouse.create(TableRef.of("public", "stock"), columns);
    var timeSources = new TimeSources(clock, new RecordingPause(clock), new Random(1));
    this.runs =
        new LeasedRuns(ports, new RunSettings("test", Duration.ofMinutes(1)), timeSources, events);
    var handover =
        new InlineBatchPipeline() {
          @Override
          public void carry(Rows rows, int most, Consumer<List<RowBatch>> writer) {
            pass();
            super.carry(rows, most, writer);
          }
        };
    this.trigger =
        new TriggerRun(
            new RunSyncJob(definitions, ports, runs, timeSources, handover),
            new ReplayDeadLetters(
                definitions,
                ports,
                runs,
                database.deadLetters(),
                database.reader(),
                warehouse.lookup()),
            ongoing);
  }

  void order(long id, String name) {
    warehouse.insert(TableRef.of("public", "orders"), id, name);
  }

  /** From now on runs wait before they read, until they are let through. */
  void holdRunsUp() {
    gate = new CountDownLatch(1);
  }

  void letRunsThrough() {
    gate.countDown();
  }

  private void pass() {
    try {
      gate.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new TransientFailure(FailureKind.UNREACHABLE, "interrupted", stopped);
    }
  }

  /** Returns when all runs have ended. */
  void awaitRuns() {
    try {
      if (ongoing.awaitEnd(Duration.ofSeconds(30)) > 0) {
        throw new IllegalStateException("a run does not end");
      }
    } catch (InterruptedException interrupt) {
      throw new IllegalStateException(interrupt);
    }
  }

  static Optional<FailureKind> kindOf(Throwable failure) {
    return failure instanceof SyncFailure known ? Optional.of(known.kind()) : Optional.empty();
  }

  /** Knows how many fields an expression has, which is enough here. */
  private static Optional<Instant> next(Schedule.Cron cron, Instant after) {
    if (cron.expression().split(" ").length != 5) {
      throw new IllegalArgumentException("a cron expression has five fields");
    }
    return Optional.of(after.plus(Duration.ofDays(1)));
  }

  List<Resource> resources(HttpSettings settings, Duration heartbeat) {
    var queries = new RunQueries(database.runs());
    var targetAnswers = new TargetAnswers(targetCalls, new Readiness(sourceWatch, targetWatch));
    var stands = new JobQueries(definitions, database.standings(), database.schedules());
    lastKnownState = new LastKnownState(stands, queries, clock);
    var lines = new RunListing(queries, events, lastKnownState, targetAnswers);
    var jobs = new JobListing(stands, lines, lastKnownState, targetAnswers, clock, Duration.ZERO);
    var control = new JobControl(definitions, database.schedules(), World::next);
    var plan = new PlanJob(ports.source(), ports.target(), ports.progress());
    var move = new MoveWatermark(ports.source(), ports.target(), ports.progress());
    sourceWatch.look();
    targetWatch.look();
    return List.of(
        new JobRoutes(jobs, targetAnswers),
        new RunRoutes(lines, targetAnswers),
        new TriggerRoutes(definitions, trigger, once, lines, targetAnswers),
        new CancelRoutes(new CancelRun(runs, database.leases()), lines, targetAnswers),
        new WatermarkRoutes(
            definitions, stands, queries, move, World::kindOf, lastKnownState, targetAnswers),
        new DeadLetterRoutes(
            definitions, new RejectedRows(database.deadLetters()), lastKnownState, targetAnswers),
        new PlanRoutes(definitions, plan::plan, targetAnswers),
        new EventRoutes(events, lines, targetAnswers, heartbeat),
        new DocsRoutes("{}", settings),
        new ScheduleRoutes(jobs, control, new ScheduleReader(ZoneId.of("UTC")), targetAnswers),
        new ReloadRoutes(() -> reloadResult),
        new MetricsRoutes(accept ->
            new MetricsRoutes.Scrape(
                accept.contains("openmetrics")
                    ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
                    : "text/plain; version=0.0.4; charset=utf-8",
                "qupersync_runs_in_progress 0.0\n")),
        new LogLevelRoutes(level::get, level::set),
        new PageRoutes(jobs, lines, targetAnswers, settings),
        new HealthRoutes(new Readiness(sourceWatch, targetWatch)));
  }
}
