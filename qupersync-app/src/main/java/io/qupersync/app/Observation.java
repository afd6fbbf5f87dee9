package io.qupersync.app;

import io.qupersync.app.config.AlertConfig;
import io.qupersync.app.config.Configuration;
import io.qupersync.application.alert.AlertSettings;
import io.qupersync.application.alert.AlertWatch;
import io.qupersync.application.alert.Alerts;
import io.qupersync.application.alert.Courier;
import io.qupersync.application.port.IncidentStore;
import io.qupersync.application.port.SyncMetrics;
import io.qupersync.application.sync.MeteredRuns;
import io.qupersync.application.sync.RunObserver;
import io.qupersync.application.sync.RunObservers;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.RunOutcome;
import io.qupersync.infrastructure.metrics.PrometheusSyncMetrics;
import io.qupersync.infrastructure.webhook.Webhook;
import io.qupersync.interfaces.cli.VersionCommand;
import io.qupersync.interfaces.http.MetricsRoutes;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// What makes a serving program visible from outside: its metrics, and its alerts. It is there
/// before the program is, which reports to it from its first run on.
final class Observation implements AutoCloseable {

  private final InstantSource clock;
  private final PrometheusSyncMetrics metrics;
  private final Closer closer = new Closer();
  private volatile RunObserver alerts = RunObserver.NONE;

  Observation(InstantSource clock) {
    this.clock = clock;
    this.metrics = closer.add(new PrometheusSyncMetrics(VersionCommand.version(), clock));
  }

  /// To be told of every run.
  RunObserver observer() {
    RunObserver ends =
        new RunObserver() {
          @Override
          public void ended(JobId job, RunId run, RunOutcome outcome) {
            alerts.ended(job, run, outcome);
          }
        };
    return RunObservers.all(new MeteredRuns(metrics, clock), ends);
  }

  SyncMetrics metrics() {
    return metrics;
  }

  /// All metrics, as Prometheus reads them.
  MetricsRoutes.Scrape scrape(String accept) {
    var scrape = metrics.scrape(accept);
    return new MetricsRoutes.Scrape(scrape.contentType(), scrape.body());
  }

  /// From now on looks into the program when it is scraped, and keeps watch over its jobs, until
  /// this is closed. The state schema is up to date by now.
  ///
  /// @param dueRuns how many runs are due and wait
  void watch(Watchpoints program, LongSupplier dueRuns, Configuration configuration) {
    metrics.poll(new ProgramGauges(program, dueRuns, clock));
    List<AlertConfig> channels = configuration.alerts();
    if (channels.isEmpty()) {
      return;
    }
    String source = configuration.source().name();
    List<Courier> couriers =
        channels.stream().map(each -> courier(each, source, program.incidents())).toList();
    List<AlertSettings> settings = channels.stream().map(Observation::settings).toList();
    var watch = new AlertWatch(program.vitals(), program.incidents(), settings, clock);
    alerts = closer.add(Alerts.start(watch, couriers));
  }

  private Courier courier(AlertConfig channel, String source, IncidentStore incidents) {
    var webhook = closer.add(new Webhook(channel.webhook(), source));
    return new Courier(webhook, incidents, metrics, RandomGenerator.getDefault());
  }

  private static AlertSettings settings(AlertConfig channel) {
    return new AlertSettings(
        channel.name(),
        channel.kinds(),
        channel.tellsEndings(),
        channel.rejectedOver(),
        channel.expiringWithin());
  }

  @Override
  public void close() {
    closer.close();
  }
}
