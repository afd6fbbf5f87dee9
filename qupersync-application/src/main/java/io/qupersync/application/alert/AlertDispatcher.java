package io.qupersync.application.alert;

import io.qupersync.application.port.AlertChannel;
import io.qupersync.application.port.AlertChannel.Delivery;
import io.qupersync.application.port.IncidentStore.Message;
import io.qupersync.application.port.SyncMetrics;
import io.qupersync.domain.alert.Incident;
import io.qupersync.domain.job.RetryPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings one channel what it has to be told. What cannot be delivered is tried again, ever more
/// rarely, as long as the store holds it due. Used by one thread, which no run waits for.
public final class AlertDispatcher {

  private static final Logger LOG = LoggerFactory.getLogger(AlertDispatcher.class);

  /// By then a delivery has ended one way or the other, or this process has died.
  private static final Duration TAKEN = Duration.ofMinutes(2);

  private static final RetryPolicy RETRIES =
      new RetryPolicy(Integer.MAX_VALUE, Duration.ofSeconds(10), Duration.ofMinutes(15));

  private final AlertChannel channel;
  private final AlertSettings settings;
  private final AlertStores alertStores;
  private final SyncMetrics metrics;
  private final RandomGenerator random;
  private boolean reachable = true;

  /// @param settings of the same channel
  public AlertDispatcher(
      AlertChannel channel,
      AlertSettings settings,
      AlertStores alertStores,
      SyncMetrics metrics,
      RandomGenerator random) {
    this.channel = channel;
    this.settings = settings;
    this.alertStores = alertStores;
    this.metrics = metrics;
    this.random = random;
  }

  String channel() {
    return channel.name();
  }

  AlertSettings settings() {
    return settings;
  }

  /// Delivers what is due until there is no more, or one delivery fails: whoever does not hear this
  /// message would not hear the next either. May throw [io.qupersync.application.port.SyncFailure].
  public void deliver() {
    // first, for while the target is away there is no more to be had
    Optional<OutageWatch.Message> outage = alertStores.outages().take(settings, TAKEN);
    if (outage.isPresent() && !isDelivered(outage.get())) {
      return;
    }
    Optional<Message> due = alertStores.incidents().take(channel.name(), TAKEN);
    while (due.isPresent() && isDelivered(due.get())) {
      due = alertStores.incidents().take(channel.name(), TAKEN);
    }
  }

  private boolean isDelivered(Message message) {
    return switch (channel.send(message.incident())) {
      case Delivery.Delivered _ -> {
        alertStores.incidents().delivered(message);
        arrived(news(message.incident()));
        yield true;
      }
      case Delivery.Failed failed -> {
        alertStores.incidents().postponed(message, delay(failed, message.attempt()));
        failed(failed);
        yield false;
      }
    };
  }

  private boolean isDelivered(OutageWatch.Message message) {
    return switch (channel.send(message.outage())) {
      case Delivery.Delivered _ -> {
        alertStores.outages().delivered(settings, message);
        arrived(message.outage().isOver() ? "the target is back" : "the target is away");
        yield true;
      }
      case Delivery.Failed failed -> {
        alertStores.outages().postponed(settings, message, delay(failed, message.attempt()));
        failed(failed);
        yield false;
      }
    };
  }

  private Duration delay(Delivery.Failed failed, int attempt) {
    Duration delay = RETRIES.delayBefore(attempt, random);
    return failed.retryAfter().filter(asked -> asked.compareTo(delay) > 0).orElse(delay);
  }

  private static String news(Incident incident) {
    String kind = incident.alarm().kind().word();
    return "job '%s' %s"
        .formatted(
            incident.alarm().job(),
            incident.isOver() ? "is well again: no longer " + kind : "is " + kind);
  }

  private void arrived(String news) {
    metrics.alertDelivered(channel.name());
    LOG.info("told '{}' that {}", channel.name(), news);
    if (!reachable) {
      LOG.info("alerts reach '{}' again", channel.name());
      reachable = true;
    }
  }

  private void failed(Delivery.Failed failed) {
    metrics.alertFailed(channel.name());
    complain(failed.reason());
  }

  /// Once, until it is reachable again; the metrics count the tries.
  private void complain(String reason) {
    if (reachable) {
      LOG.warn("alerts do not reach '{}', and are tried again: {}", channel.name(), reason);
      reachable = false;
    }
  }

  /// Brings nothing more.
  void close() {
    channel.close();
  }
}
