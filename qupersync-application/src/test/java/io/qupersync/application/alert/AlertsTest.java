package io.qupersync.application.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.application.port.AlertChannel;
import io.qupersync.application.query.JobHealthQuery;
import io.qupersync.application.sync.JobDefinitions;
import io.qupersync.application.testkit.CountingMetrics;
import io.qupersync.application.testkit.InMemoryDatabase;
import io.qupersync.application.testkit.SettableClock;
import io.qupersync.domain.alert.Alarm;
import io.qupersync.domain.alert.AlertKind;
import io.qupersync.domain.alert.Incident;
import io.qupersync.domain.alert.Outage;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.JobRegistry;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The couriers are exchanged while they are at work.
@Timeout(60)
class AlertsTest {

  private static final Alarm FAILED = new Alarm(new JobId("orders"), AlertKind.FAILED, "broken");

  private final SettableClock clock = SettableClock.atSomeMorning();
  private final InMemoryDatabase database = new InMemoryDatabase(clock);
  private final AlertStores alertStores =
      new AlertStores(database.incidents(), new OutageWatch("here", clock));
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

  @Test
  void a_delivery_under_way_ends_and_nobody_else_makes_it() throws InterruptedException {
    var slow = new Channel("old");
    slow.mayGoOn = new CountDownLatch(1);
    boolean _ = database.incidents().open("on-call", FAILED);
    var replacement = new Channel("new");
    try (var alerts = Alerts.start(watch(), List.of(courier(slow)))) {
      slow.asked.await();

      alerts.use(List.of(courier(replacement)));
      slow.mayGoOn.countDown();
      slow.closed.await();

      assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("old: failed orders");
      assertThat(told).isEmpty();
    }
    replacement.closed.await();
  }

  @Test
  void a_courier_that_is_still_wanted_goes_on() throws InterruptedException {
    var channel = new Channel("same");
    AlertDispatcher alertDispatcher = courier(channel);
    try (var alerts = Alerts.start(watch(), List.of(alertDispatcher))) {
      alerts.use(List.of(alertDispatcher));
      assertThat(channel.closed.getCount()).isEqualTo(1);
    }
    channel.closed.await();
  }

  /// There are no jobs, so it opens and ends nothing by itself; incidents are a test's.
  private AlertWatch watch() {
    return new AlertWatch(
        new JobHealthQuery(
            new JobDefinitions(new JobRegistry(List.of())),
            database.standings(),
            database.schedules()),
        alertStores,
        List.of(),
        clock);
  }

  private AlertDispatcher courier(Channel channel) {
    var settings =
        new AlertSettings(
            "on-call", EnumSet.allOf(AlertKind.class), true, true, 0, Duration.ofHours(24));
    return new AlertDispatcher(
        channel, settings, alertStores, new CountingMetrics(), new Random(1));
  }

  private final class Channel implements AlertChannel {

    private final String version;
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private CountDownLatch mayGoOn = new CountDownLatch(0);

    Channel(String version) {
      this.version = version;
    }

    @Override
    public String name() {
      return "on-call";
    }

    @Override
    public Delivery send(Incident incident) {
      asked.countDown();
      try {
        mayGoOn.await();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return new Delivery.Failed("broken off", java.util.Optional.empty());
      }
      told.add(version + ": failed " + incident.alarm().job());
      return new Delivery.Delivered();
    }

    @Override
    public Delivery send(Outage outage) {
      return new Delivery.Delivered();
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }
}
