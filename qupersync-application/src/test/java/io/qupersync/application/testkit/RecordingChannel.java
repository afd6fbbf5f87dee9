package io.qupersync.application.testkit;

import io.qupersync.application.port.AlertChannel;
import io.qupersync.domain.alert.Incident;
import io.qupersync.domain.alert.Outage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Remembers what it was told, as `failed orders` and `over: failed orders`, and hears nothing when
/// a test says so.
public final class RecordingChannel implements AlertChannel {

  private final String name;
  private final List<String> heard = new ArrayList<>();
  private Delivery answer = new Delivery.Delivered();
  private int tries;

  public RecordingChannel(String name) {
    this.name = name;
  }

  public synchronized List<String> heard() {
    return List.copyOf(heard);
  }

  public synchronized int tries() {
    return tries;
  }

  public synchronized void goDeaf() {
    answer = new Delivery.Failed("answers with 500", Optional.empty());
  }

  public synchronized void askToWait(Duration duration) {
    answer = new Delivery.Failed("answers with 429", Optional.of(duration));
  }

  public synchronized void hearAgain() {
    answer = new Delivery.Delivered();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public synchronized Delivery send(Outage outage) {
    tries++;
    if (answer instanceof Delivery.Delivered) {
      heard.add(outage.isOver() ? "the target is back" : "the target is away");
    }
    return answer;
  }

  @Override
  public synchronized Delivery send(Incident incident) {
    tries++;
    if (answer instanceof Delivery.Delivered) {
      String what = incident.alarm().kind().word() + ' ' + incident.alarm().job();
      heard.add(incident.isOver() ? "over: " + what : what);
    }
    return answer;
  }
}
