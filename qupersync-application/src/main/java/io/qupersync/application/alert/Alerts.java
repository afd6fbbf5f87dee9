package io.qupersync.application.alert;

import io.qupersync.application.port.SyncFailure;
import io.qupersync.application.sync.RunObserver;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.RunOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps watch in the background: looks every half minute and soon after each run, and has a thread
/// for each channel, so that one that does not answer holds up no other, and no run.
public final class Alerts implements RunObserver, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);
  private static final Duration RHYTHM = Duration.ofSeconds(30);

  /// However many runs end, there is no more than one look in so much time.
  private static final Duration REST = Duration.ofSeconds(1);

  private final AlertWatch watching;
  private final PeriodicTask watch;
  private final Map<AlertDispatcher, PeriodicTask> couriers = new ConcurrentHashMap<>();

  private Alerts(AlertWatch watching) {
    this.watching = watching;
    this.watch = new PeriodicTask("alerts", RHYTHM, REST, this::look);
  }

  /// @param watch over what the couriers' channels want to be told of
  public static Alerts start(AlertWatch watch, List<AlertDispatcher> couriers) {
    var alerts = new Alerts(watch);
    couriers.forEach(alerts::send);
    alerts.watch.start();
    return alerts;
  }

  private void send(AlertDispatcher alertDispatcher) {
    var periodicTask =
        new PeriodicTask(
            "alerts-" + alertDispatcher.channel(),
            RHYTHM,
            REST,
            () -> deliver(alertDispatcher),
            alertDispatcher::close);
    couriers.put(alertDispatcher, periodicTask);
    periodicTask.start();
    periodicTask.soon();
  }

  /// From now on these couriers bring what their channels want to be told of. One that was there
  /// before goes on; one that is not wanted any more ends the delivery it is at, which nobody else
  /// makes meanwhile. Incidents stay open: whoever was told is not told again.
  public synchronized void use(List<AlertDispatcher> wanted) {
    watching.use(wanted.stream().map(AlertDispatcher::settings).toList());
    couriers.forEach((alertDispatcher, periodicTask) -> {
      if (!wanted.contains(alertDispatcher)) {
        couriers.remove(alertDispatcher, periodicTask);
        periodicTask.retire();
      }
    });
    wanted.stream()
        .filter(alertDispatcher -> !couriers.containsKey(alertDispatcher))
        .forEach(this::send);
    watch.soon();
  }

  @Override
  public void ended(JobId job, RunId run, RunOutcome outcome) {
    watch.soon();
  }

  private void look() {
    if (watching.look()) {
      couriers.values().forEach(PeriodicTask::soon);
    }
  }

  private void deliver(AlertDispatcher alertDispatcher) {
    try {
      alertDispatcher.deliver();
    } catch (SyncFailure failure) {
      LOG.debug("no alerts to '{}' for now: {}", alertDispatcher.channel(), failure.getMessage());
    }
  }

  /// Breaks off a delivery under way; what is not delivered by then is delivered after the next
  /// start, or by another instance.
  @Override
  public synchronized void close() {
    watch.close();
    couriers.values().forEach(PeriodicTask::close);
  }
}
