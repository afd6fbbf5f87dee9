package io.qupersync.application.query;

import io.qupersync.application.sync.RunObserver;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.RunOutcome;
import io.qupersync.domain.run.RunTally;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/// Knows how far the runs of this process are, and tells whoever listens. Safe for use by many
/// threads; a listener that is slow, or gone, never holds a run up.
public final class RunEvents implements RunObserver, AutoCloseable {

  /// More often than this nobody can read.
  static final Duration THROTTLE = Duration.ofMillis(500);

  private static final int MAX_LISTENERS = 200;
  private static final int MAX_LISTENERS_OF_ONE = 100;
  private static final int MAX_WAITING = 256;

  private final InstantSource clock;
  private final Map<RunId, LiveRun> underWay = new ConcurrentHashMap<>();
  private final Map<RunId, Instant> lastTold = new ConcurrentHashMap<>();
  private final Set<RunSubscription> listeners = ConcurrentHashMap.newKeySet();
  private final Map<String, Integer> byClient = new HashMap<>();
  private volatile boolean closed;

  public RunEvents(InstantSource clock) {
    this.clock = clock;
  }

  /// Empty for a run that is not under way in this process.
  public Optional<LiveRun> progress(RunId run) {
    return Optional.ofNullable(underWay.get(run)).map(live -> live.at(clock.instant()));
  }

  /// In the order of their start.
  public List<LiveRun> underWay() {
    return underWay.values().stream()
        .sorted(Comparator.comparingLong(live -> live.run().value()))
        .toList();
  }

  /// Events from now on.
  ///
  /// @param client who listens; one alone cannot take all places
  /// @return empty when too many listen already, or the process ends
  public Optional<RunSubscription> subscribe(String client) {
    synchronized (listeners) {
      if (closed
          || listeners.size() >= MAX_LISTENERS
          || byClient.getOrDefault(client, 0) >= MAX_LISTENERS_OF_ONE) {
        return Optional.empty();
      }
      var subscription = new RunSubscription(MAX_WAITING, left -> leave(client, left));
      listeners.add(subscription);
      byClient.merge(client, 1, Integer::sum);
      return Optional.of(subscription);
    }
  }

  private void leave(String client, RunSubscription left) {
    synchronized (listeners) {
      if (listeners.remove(left)) {
        byClient.computeIfPresent(client, (_, count) -> count > 1 ? count - 1 : null);
      }
    }
  }

  @Override
  public void started(JobId job, RunId run) {
    LiveRun live = LiveRun.starting(run, job, clock.instant());
    underWay.put(run, live);
    lastTold.put(run, live.startedAt());
    tell(new RunEvent.Started(live));
  }

  @Override
  public void read(JobId job, RunId run, long rows) {
    progressed(run, live -> live.read(rows, clock.instant()));
  }

  @Override
  public void progressed(JobId job, RunId run, RunTally soFar) {
    progressed(run, live -> live.committed(soFar, clock.instant()));
  }

  private void progressed(RunId run, UnaryOperator<LiveRun> change) {
    LiveRun live = underWay.computeIfPresent(run, (_, was) -> change.apply(was));
    if (live != null && isTime(live)) {
      tell(new RunEvent.Progressed(live));
    }
  }

  private boolean isTime(LiveRun live) {
    Instant last = lastTold.getOrDefault(live.run(), live.startedAt());
    return !live.at().isBefore(last.plus(THROTTLE))
        && lastTold.replace(live.run(), last, live.at());
  }

  @Override
  public void retrying(JobId job, RunId run, int retry, Duration delay, String reason) {
    progress(run).ifPresent(live -> tell(new RunEvent.Retrying(live, retry, delay, reason)));
  }

  @Override
  public void ended(JobId job, RunId run, RunOutcome outcome) {
    LiveRun live = underWay.remove(run);
    lastTold.remove(run);
    if (live != null) {
      tell(new RunEvent.Ended(live.at(clock.instant()), outcome));
    }
  }

  private void tell(RunEvent event) {
    listeners.forEach(listener -> listener.offer(event));
  }

  /// Lets all listeners go.
  @Override
  public void close() {
    synchronized (listeners) {
      closed = true;
    }
    listeners.forEach(RunSubscription::close);
  }
}
