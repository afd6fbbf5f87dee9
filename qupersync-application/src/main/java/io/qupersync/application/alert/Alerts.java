package io.qupersync.application.alert;

import io.qupersync.application.port.SyncFailure;
import io.qupersync.application.sync.RunObserver;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.RunOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps watch in the background: looks every half minute and soon after each run, and has a thread
/// for each channel, so that one that does not answer holds up no other, and no run.
public final class Alerts implements RunObserver, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);
  private static final Duration RHYTHM = Duration.ofSeconds(30);

  /// However many runs end, there is no more than one look in so much time.
  private static final Duration REST = Duration.ofSeconds(1);

  private final List<Beat> couriers = new ArrayList<>();
  private final Beat watch;
  private boolean blind;

  private Alerts(AlertWatch watch, List<Courier> couriers) {
    couriers.forEach(courier ->
        this.couriers.add(
            new Beat("alerts-" + courier.channel(), RHYTHM, REST, () -> deliver(courier))));
    this.watch = new Beat("alerts", RHYTHM, REST, () -> look(watch));
  }

  public static Alerts start(AlertWatch watch, List<Courier> couriers) {
    var alerts = new Alerts(watch, couriers);
    alerts.couriers.forEach(Beat::start);
    alerts.watch.start();
    return alerts;
  }

  @Override
  public void ended(JobId job, RunId run, RunOutcome outcome) {
    watch.soon();
  }

  private void look(AlertWatch watching) {
    try {
      if (watching.look()) {
        couriers.forEach(Beat::soon);
      }
      blind = false;
    } catch (SyncFailure failure) {
      complain(failure);
    }
  }

  private void deliver(Courier courier) {
    try {
      courier.deliver();
    } catch (SyncFailure failure) {
      LOG.debug("no alerts to '{}' for now: {}", courier.channel(), failure.getMessage());
    }
  }

  /// Once, until it sees again.
  private void complain(SyncFailure failure) {
    if (!blind) {
      LOG.warn("cannot see how the jobs stand, so no alerts: {}", failure.getMessage());
      blind = true;
    }
  }

  /// Waits for a delivery under way; what is not delivered by then is delivered after the next
  /// start, or by another instance.
  @Override
  public void close() {
    watch.close();
    couriers.forEach(Beat::close);
  }
}
