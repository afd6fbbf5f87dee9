package io.qupersync.application.simulation;

import io.qupersync.application.port.Pause;
import io.qupersync.application.port.SourceLookup;
import io.qupersync.application.port.SyncFailure;
import io.qupersync.application.sync.SyncPorts;
import io.qupersync.application.testkit.InMemoryDatabase;
import io.qupersync.application.testkit.InMemoryWarehouse;
import io.qupersync.application.testkit.SettableClock;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.Lookback;
import io.qupersync.domain.progress.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// All that one story takes place in: two databases, each with a clock of its own, and the weather.
final class World {

  static final Duration LEASE_TTL = Duration.ofMinutes(1);

  private static final Instant BEGINNING = Instant.parse("2026-03-02T23:58:00Z");

  private final RandomChoices randomChoices;
  private final Trace trace;
  private final Interleaving interleaving;
  private final Scenario scenario;
  private final SettableClock sourceClock = new SettableClock(BEGINNING);
  private final SettableClock targetClock;
  private final InMemoryWarehouse warehouse = new InMemoryWarehouse(sourceClock);
  private final InMemoryDatabase database;
  private final SourceActivity sourceActivity;
  private final Oracle oracle;
  private Instant time = BEGINNING;
  private FaultRates faultRates;

  World(RandomChoices randomChoices, Trace trace, PlantedBug bug) {
    this.randomChoices = randomChoices;
    this.trace = trace;
    this.interleaving = new Interleaving(randomChoices);
    this.scenario = Scenario.of(randomChoices);
    this.faultRates = FaultRates.of(randomChoices);
    // nobody's clock is right
    this.targetClock = new SettableClock(BEGINNING.plusSeconds(randomChoices.between(-3600, 3600)));
    this.database = bug.database(targetClock);
    this.sourceActivity =
        new SourceActivity(scenario, warehouse, sourceClock, randomChoices, trace);
    this.oracle = new Oracle(scenario, sourceActivity, database);
    trace.note(() -> scenario.job().toString());
  }

  RandomChoices dice() {
    return randomChoices;
  }

  Trace trace() {
    return trace;
  }

  Interleaving stage() {
    return interleaving;
  }

  Scenario scenario() {
    return scenario;
  }

  SourceActivity life() {
    return sourceActivity;
  }

  Oracle oracle() {
    return oracle;
  }

  InMemoryDatabase database() {
    return database;
  }

  SourceLookup lookup() {
    return warehouse.lookup();
  }

  SettableClock targetClock() {
    return targetClock;
  }

  FaultRates weather() {
    return faultRates;
  }

  void calmDown() {
    faultRates = FaultRates.CALM;
  }

  SyncPorts ports() {
    return WatchedPorts.over(
        new SyncPorts(
            warehouse.source(),
            database.target(),
            database.progress(),
            database.leases(),
            database.runs()),
        oracle,
        sourceActivity);
  }

  void endTargetHard() {
    database.endHard();
    oracle.forget();
  }

  /// Someone sets the watermark back by hand, or forgets it, which is refused while a run holds the
  /// lease.
  void moveWatermark() {
    JobId job = scenario.job().id();
    Optional<Watermark> earlier =
        database
            .progress()
            .load(job)
            .watermark()
            .filter(_ -> randomChoices.chance(0.5))
            .map(known -> known.minus(new Lookback.OfTime(Duration.ofHours(1))));
    try {
      database.progress().set(job, earlier);
      trace.note(() -> "watermark set to " + earlier);
    } catch (SyncFailure refused) {
      trace.note(refused::getMessage);
    }
  }

  /// Jobs read another source from now on, which has all rows of the one before, and older ones.
  void readAnotherSource() {
    warehouse.moveTo("elsewhere:5439/dev");
    sourceActivity.findOldRow();
  }

  /// For every clock; that of the source shows whole seconds.
  void passTime(Duration duration) {
    time = time.plus(duration);
    sourceClock.set(time.truncatedTo(ChronoUnit.SECONDS));
    targetClock.tick(duration);
  }

  /// Passes time instead of waiting. A guard, which would look up at a time of its own, sleeps
  /// until its run has ended: leases expire when the clock is moved, and nobody renews them in
  /// secret.
  Pause pause() {
    return duration -> {
      if (Thread.currentThread().getName().startsWith("guard-")) {
        new CountDownLatch(1).await();
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      passTime(duration);
      interleaving.change();
    };
  }

  String shownTime() {
    return time.toString().substring(11);
  }
}
