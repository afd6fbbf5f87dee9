package io.qupersync.app;

import io.qupersync.app.config.Configuration;
import io.qupersync.app.config.LoadResult;
import io.qupersync.app.config.ServerConfig;
import io.qupersync.application.schedule.ReloadResult;
import io.qupersync.application.schedule.RunExecutor;
import io.qupersync.application.sync.LeasedRuns;
import io.qupersync.interfaces.http.HttpApi;
import io.qupersync.interfaces.http.MetricsRoutes;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What goes on until it is told to stop. Closes in the reverse of the order in which it started:
/// nobody asks any more, no new run begins, the runs under way end or are cancelled.
final class RunningService implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RunningService.class);

  /// For a run that was told to stop: its batch is rolled back or committed by then.
  private static final Duration LAST_WORDS = Duration.ofSeconds(30);

  /// For all else that is closed.
  private static final Duration LAST_CLOSING = Duration.ofSeconds(15);

  private static final Executor BESIDE = work -> Thread.ofVirtual().name("starting").start(work);

  private final Closer closer = new Closer();
  private final RunExecutor ongoing;
  private final LeasedRuns runs;
  private final Duration grace;

  private final HttpApi api;
  private final Qupersync program;
  private volatile @Nullable Scheduling scheduling;
  private volatile @Nullable Reload reload;

  private RunningService(
      Qupersync program,
      ServerConfig server,
      Duration grace,
      MetricsRoutes.Scraper scrape,
      InstantSource clock) {
    this.program = program;
    this.ongoing = program.ongoing();
    this.runs = program.runs();
    this.grace = grace;
    this.api =
        ApiWiring.of(
            program, server, new ApiWiring.Outlets(scrape, this::reloaded, this::silence), clock);
    closer.add(program.watchDatabases());
    closer.add(this::endScheduling);
    closer.add(this::endRuns);
    closer.add(api);
    // lets those go who listen, for whom the server would wait
    closer.add(program.runEvents());
  }

  /// @param grace how long runs under way may take to end by themselves
  /// @param scrape reads all metrics
  /// @throws io.qupersync.interfaces.http.AddressTaken when it cannot listen where it is told to
  static RunningService start(
      Qupersync program,
      ServerConfig server,
      Duration grace,
      MetricsRoutes.Scraper scrape,
      InstantSource clock) {
    // the server is built while the databases are asked: they answer in their own time, and the
    // first who wants to know whether all is well finds it known
    var state = CompletableFuture.runAsync(program::bringStateUpToDate, BESIDE);
    var runningService = new RunningService(program, server, grace, scrape, clock);
    await(state);
    runningService.api.listen();
    LOG.info("serving {} jobs at {}", program.jobs().all().size(), runningService.address());
    return runningService;
  }

  private static void await(CompletableFuture<Void> work) {
    try {
      work.join();
    } catch (CompletionException failure) {
      throw failure.getCause() instanceof RuntimeException told ? told : failure;
    }
  }

  /// How long a stop takes at the very most.
  static Duration longestStop(Duration grace) {
    return grace.plus(LAST_WORDS).plus(LAST_CLOSING);
  }

  /// From now on runs begin by themselves too.
  ///
  /// @param loader reads the configuration again
  /// @param alerts puts into force whom it tells; what cannot be, throws before anything has
  ///   changed
  /// @return puts it into force when it has changed
  Reload schedule(
      Configuration configuration, Supplier<LoadResult> loader, Consumer<Configuration> alerts) {
    var started = Scheduling.start(program, configuration);
    scheduling = started;
    var known = new Reload(loader, configuration, alerts.andThen(started::use));
    reload = known;
    return known;
  }

  private ReloadResult reloaded() {
    Reload known = reload;
    return known == null
        ? new ReloadResult.Refused(
            List.of("this service was started without a configuration to read"))
        : known.reload();
  }

  private Optional<Duration> silence() {
    Scheduling running = scheduling;
    return running == null ? Optional.empty() : Optional.of(running.silence());
  }

  /// How many runs are due and wait for their turn.
  int waiting() {
    Scheduling running = scheduling;
    return running == null ? 0 : running.waiting();
  }

  /// Where the API listens.
  URI address() {
    return api.address();
  }

  private void endScheduling() {
    Scheduling running = scheduling;
    if (running != null) {
      running.close();
    }
  }

  private void endRuns() throws InterruptedException {
    Scheduling running = scheduling;
    if (running != null) {
      running.takeNoMore();
    }
    ongoing.takeNoMore();
    int underWay = ongoing.count();
    if (underWay > 0) {
      LOG.info("stopping: {} runs under way may take {} s to end", underWay, grace.toSeconds());
    }
    int left = ongoing.awaitEnd(grace);
    if (left > 0) {
      LOG.warn("stopping: {} runs did not end within shutdown_grace and are cancelled", left);
    }
    runs.cancelAllForGood();
    int stuck = ongoing.awaitEnd(LAST_WORDS);
    if (stuck > 0) {
      LOG.error("stopped before {} runs had ended; their leases expire by themselves", stuck);
    }
  }

  @Override
  public void close() {
    closer.close();
    LOG.info("stopped");
  }
}
