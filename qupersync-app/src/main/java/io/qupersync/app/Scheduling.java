package io.qupersync.app;

import io.qupersync.app.config.Configuration;
import io.qupersync.application.schedule.LocalRuns;
import io.qupersync.application.schedule.Scheduler;
import io.qupersync.application.schedule.SchedulerLoop;
import io.qupersync.application.schedule.SchedulerPorts;
import io.qupersync.application.schedule.SchedulerSettings;
import java.time.Duration;

/// What makes runs begin by themselves.
final class Scheduling implements AutoCloseable {

  private static final Duration FLAVOR = Duration.ofSeconds(10);

  private final Qupersync program;
  private final Scheduler scheduler;
  private final SchedulerLoop schedulerLoop;
  private volatile Duration history;

  private Scheduling(Qupersync program, Configuration configuration) {
    SchedulerPorts ports = program.schedulerPorts();
    this.program = program;
    this.history = configuration.history();
    this.scheduler =
        new Scheduler(
            program.definitions(),
            ports,
            settings(configuration),
            configuration.target().leaseTtl(),
            new LocalRuns(program.runSyncJob(), program.ongoing()));
    this.schedulerLoop =
        SchedulerLoop.start(
            scheduler, ports.runs(), ports.schedules(), () -> history, program.clock());
    schedulerLoop.alsoEvery(FLAVOR, program.flavorQuestion()::ask);
  }

  static Scheduling start(Qupersync program, Configuration configuration) {
    return new Scheduling(program, configuration);
  }

  /// From now on these jobs and limits count.
  void use(Configuration configuration) {
    program.definitions().replace(configuration.jobs());
    scheduler.use(settings(configuration));
    history = configuration.history();
  }

  private static SchedulerSettings settings(Configuration configuration) {
    return new SchedulerSettings(
        configuration.defaults().misfireGrace(),
        configuration.maxConcurrentRuns(),
        configuration.source().maxConnections());
  }

  /// How many runs are due and wait for their turn.
  int waiting() {
    return scheduler.waiting();
  }

  /// How long ago it last looked for due runs.
  Duration silence() {
    return schedulerLoop.silence();
  }

  /// Starts no run any more; goes on to hold the claims of those under way.
  void takeNoMore() {
    scheduler.takeNoMore();
  }

  /// No claim is held any more.
  @Override
  public void close() {
    schedulerLoop.close();
  }
}
