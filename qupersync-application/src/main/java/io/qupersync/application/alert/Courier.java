package io.qupersync.application.alert;

import io.qupersync.application.port.AlertChannel;
import io.qupersync.application.port.AlertChannel.Delivery;
import io.qupersync.application.port.IncidentStore;
import io.qupersync.application.port.IncidentStore.Message;
import io.qupersync.application.port.SyncMetrics;
import io.qupersync.domain.job.RetryPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings one channel what it has to be told. What cannot be delivered is tried again, ever more
/// rarely, as long as the store holds it due. Used by one thread, which no run waits for.
public final class Courier {

  private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

  /// By then a delivery has ended one way or the other, or this process has died.
  private static final Duration TAKEN = Duration.ofMinutes(2);

  private static final RetryPolicy RETRIES =
      new RetryPolicy(Integer.MAX_VALUE, Duration.ofSeconds(10), Duration.ofMinutes(15));

  private final AlertChannel channel;
  private final IncidentStore incidents;
  private final SyncMetrics metrics;
  private final RandomGenerator random;
  private boolean reachable = true;

  public Courier(
      AlertChannel channel, IncidentStore incidents, SyncMetrics metrics, RandomGenerator random) {
    this.channel = channel;
    this.incidents = incidents;
    this.metrics = metrics;
    this.random = random;
  }

  String channel() {
    return channel.name();
  }

  /// Delivers what is due until there is no more, or one delivery fails: whoever does not hear this
  /// message would not hear the next either. May throw [io.qupersync.application.port.SyncFailure].
  public void deliver() {
    Optional<Message> due = incidents.take(channel.name(), TAKEN);
    while (due.isPresent() && isDelivered(due.get())) {
      due = incidents.take(channel.name(), TAKEN);
    }
  }

  private boolean isDelivered(Message message) {
    return switch (channel.send(message.incident())) {
      case Delivery.Delivered _ -> {
        incidents.delivered(message);
        metrics.alertDelivered(channel.name());
        log(message);
        yield true;
      }
      case Delivery.Failed(String reason, Optional<Duration> retryAfter) -> {
        Duration delay = RETRIES.delayBefore(message.attempt(), random);
        incidents.postponed(
            message, retryAfter.filter(asked -> asked.compareTo(delay) > 0).orElse(delay));
        metrics.alertFailed(channel.name());
        complain(reason);
        yield false;
      }
    };
  }

  private void log(Message message) {
    LOG.info(
        "told '{}' that job '{}' {}",
        channel.name(),
        message.incident().alarm().job(),
        message.incident().isOver()
            ? "is well again: no longer " + message.incident().alarm().kind().word()
            : "is " + message.incident().alarm().kind().word());
    if (!reachable) {
      LOG.info("alerts reach '{}' again", channel.name());
      reachable = true;
    }
  }

  /// Once, until it is reachable again; the metrics count the tries.
  private void complain(String reason) {
    if (reachable) {
      LOG.warn("alerts do not reach '{}', and are tried again: {}", channel.name(), reason);
      reachable = false;
    }
  }
}
