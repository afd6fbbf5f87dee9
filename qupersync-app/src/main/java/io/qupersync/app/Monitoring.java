package io.qupersync.app;

import io.qupersync.app.config.Configuration;
import io.qupersync.application.port.SyncMetrics;
import io.qupersync.application.sync.RunMetrics;
import io.qupersync.application.sync.RunObserver;
import io.qupersync.application.sync.RunObservers;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.RunOutcome;
import io.qupersync.infrastructure.metrics.PrometheusSyncMetrics;
import io.qupersync.interfaces.cli.VersionCommand;
import io.qupersync.interfaces.http.MetricsRoutes;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/// What makes a serving program visible from outside: its metrics, and its alerts. It is there
/// before the program is, which reports to it from its first run on.
final class Monitoring implements AutoCloseable {

  private final InstantSource clock;
  private final PrometheusSyncMetrics metrics;
  private final Closer closer = new Closer();
  private volatile Optional<AlertPosts> alerts = Optional.empty();

  Monitoring(InstantSource clock) {
    this.clock = clock;
    this.metrics = closer.add(new PrometheusSyncMetrics(VersionCommand.version(), clock));
    metrics.countDroppedLogLines(Logs::droppedLines);
  }

  /// To be told of every run.
  RunObserver observer() {
    RunObserver ends =
        new RunObserver() {
          @Override
          public void ended(JobId job, RunId run, RunOutcome outcome) {
            alerts.ifPresent(posts -> posts.ended(job, run, outcome));
          }
        };
    return RunObservers.all(new RunMetrics(metrics, clock), ends);
  }

  SyncMetrics metrics() {
    return metrics;
  }

  /// All metrics, as Prometheus reads them.
  MetricsRoutes.Scrape scrape(String accept) {
    var scrape = metrics.scrape(accept);
    return new MetricsRoutes.Scrape(scrape.contentType(), scrape::writeTo);
  }

  /// From now on looks into the program when it is scraped, and keeps watch over its jobs, until
  /// this is closed. The state schema is up to date by now.
  ///
  /// @param dueRuns how many runs are due and wait
  void watch(MonitoringSources program, LongSupplier dueRuns, Configuration configuration) {
    metrics.poll(new ProgramGauges(program, dueRuns, clock));
    alerts = Optional.of(closer.add(AlertPosts.start(program, configuration, metrics, clock)));
  }

  /// From now on whom this configuration names is told.
  void use(Configuration configuration) {
    alerts.ifPresent(posts -> posts.use(configuration));
  }

  @Override
  public void close() {
    closer.close();
  }
}
