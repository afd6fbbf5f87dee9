package io.qupersync.application.testkit;

import io.qupersync.application.port.SyncMetrics;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.RunStatus;
import io.qupersync.domain.run.RunTally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// Remembers what was counted, in words: `orders success 7s`.
public final class CountingMetrics implements SyncMetrics {

  private final List<String> events = new ArrayList<>();
  private final AtomicLong ticks = new AtomicLong();
  private final Map<JobId, RunTally> rows = new HashMap<>();

  public synchronized List<String> events() {
    return List.copyOf(events);
  }

  public synchronized RunTally rows(JobId job) {
    return rows.getOrDefault(job, RunTally.zero());
  }

  private synchronized void add(String event) {
    events.add(event);
  }

  @Override
  public void started(JobId job) {
    add(job + " started");
  }

  @Override
  public void ended(JobId job, RunStatus status, Duration took) {
    add("%s %s %ds".formatted(job, status.word(), took.toSeconds()));
  }

  @Override
  public void failedToStart(JobId job) {
    add(job + " failed to start");
  }

  @Override
  public synchronized void committed(JobId job, RunTally more) {
    rows.merge(job, more, RunTally::plus);
  }

  @Override
  public void retried(JobId job) {
    add(job + " retried");
  }

  @Override
  public void misfired(JobId job) {
    add(job + " misfired");
  }

  @Override
  public void ticked() {
    ticks.incrementAndGet();
  }

  public long ticks() {
    return ticks.get();
  }

  @Override
  public void alertDelivered(String channel) {
    add(channel + " told");
  }

  @Override
  public void alertFailed(String channel) {
    add(channel + " not told");
  }
}
