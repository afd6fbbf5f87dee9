package io.qupersync.app;

import io.qupersync.app.config.AlertConfig;
import io.qupersync.app.config.Configuration;
import io.qupersync.application.alert.AlertDispatcher;
import io.qupersync.application.alert.AlertSettings;
import io.qupersync.application.alert.AlertStores;
import io.qupersync.application.alert.AlertWatch;
import io.qupersync.application.alert.Alerts;
import io.qupersync.application.alert.OutageWatch;
import io.qupersync.application.port.SyncMetrics;
import io.qupersync.application.sync.RunObserver;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.RunOutcome;
import io.qupersync.infrastructure.webhook.Webhook;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Who is told when something is wrong, as the configuration in force says.
final class AlertPosts implements RunObserver, AutoCloseable {

  private final String source;
  private final AlertStores alertStores;
  private final SyncMetrics metrics;
  private final Alerts alerts;
  private Map<AlertConfig, AlertDispatcher> couriers;

  private AlertPosts(
      MonitoringSources program,
      Configuration configuration,
      SyncMetrics metrics,
      InstantSource clock) {
    this.source = configuration.source().name();
    this.alertStores =
        new AlertStores(program.incidents(), new OutageWatch(program.instance(), clock));
    this.metrics = metrics;
    this.couriers = couriers(configuration, Map.of());
    List<AlertSettings> settings = couriers.keySet().stream().map(AlertPosts::settings).toList();
    var watch = new AlertWatch(program.vitals(), alertStores, settings, clock);
    this.alerts = Alerts.start(watch, List.copyOf(couriers.values()));
  }

  static AlertPosts start(
      MonitoringSources program,
      Configuration configuration,
      SyncMetrics metrics,
      InstantSource clock) {
    return new AlertPosts(program, configuration, metrics, clock);
  }

  /// From now on whom this configuration names is told.
  synchronized void use(Configuration configuration) {
    Map<AlertConfig, AlertDispatcher> wanted = couriers(configuration, couriers);
    alerts.use(List.copyOf(wanted.values()));
    couriers = wanted;
  }

  /// @param known those that go on as they are, where they are wanted
  private Map<AlertConfig, AlertDispatcher> couriers(
      Configuration configuration, Map<AlertConfig, AlertDispatcher> known) {
    var wanted = new LinkedHashMap<AlertConfig, AlertDispatcher>();
    for (AlertConfig channel : configuration.alerts()) {
      AlertDispatcher alertDispatcher = known.get(channel);
      wanted.put(channel, alertDispatcher == null ? courier(channel) : alertDispatcher);
    }
    return wanted;
  }

  private AlertDispatcher courier(AlertConfig channel) {
    var webhook = new Webhook(channel.webhook(), source);
    return new AlertDispatcher(
        webhook, settings(channel), alertStores, metrics, RandomGenerator.getDefault());
  }

  private static AlertSettings settings(AlertConfig channel) {
    return new AlertSettings(
        channel.name(),
        channel.kinds(),
        channel.tellsEndings(),
        channel.tellsTargetAway(),
        channel.rejectedOver(),
        channel.expiringWithin());
  }

  @Override
  public void ended(JobId job, RunId run, RunOutcome outcome) {
    alerts.ended(job, run, outcome);
  }

  @Override
  public void close() {
    alerts.close();
  }
}
