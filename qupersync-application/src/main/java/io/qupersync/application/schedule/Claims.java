package io.qupersync.application.schedule;

import io.qupersync.application.port.ScheduleStore;
import io.qupersync.application.port.ScheduleStore.Claim;
import io.qupersync.application.port.SyncFailure;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The claims of this process: renewed for as long as their runs last, and kept until the store has
/// heard how each ended. Safe for use by many threads.
final class Claims {

  private static final Logger LOG = LoggerFactory.getLogger(Claims.class);

  /// What the store is to hear of a claim.
  @FunctionalInterface
  interface LastWord {
    void say(Claim claim);
  }

  private final ScheduleStore store;
  private final Duration ttl;

  /// With what the store is to hear, once the run has ended.
  private final Map<Claim, Optional<LastWord>> held = new ConcurrentHashMap<>();

  Claims(ScheduleStore store, Duration ttl) {
    this.store = store;
    this.ttl = ttl;
  }

  Duration ttl() {
    return ttl;
  }

  void add(Claim claim) {
    held.put(claim, Optional.empty());
  }

  /// How many runs have begun and not ended.
  int underWay() {
    return (int) held.values().stream().filter(Optional::isEmpty).count();
  }

  /// The claim's run has ended. When the store cannot be told now, it is told later.
  void end(Claim claim, LastWord word) {
    held.put(claim, Optional.of(word));
    say(claim, word);
  }

  /// Tells the store what it has not heard yet.
  void sayAgain() {
    held.forEach((claim, word) -> word.ifPresent(last -> say(claim, last)));
  }

  private void say(Claim claim, LastWord word) {
    try {
      word.say(claim);
      held.remove(claim);
    } catch (SyncFailure failure) {
      LOG.debug("job={} the end of its run is told later: {}", claim.job(), failure.getMessage());
    }
  }

  /// Prolongs all claims. A claim that was taken over is forgotten; its run finds out by its lease.
  void renew() {
    try {
      Set<Claim> asked = Set.copyOf(held.keySet());
      Set<Claim> still = store.renew(asked, ttl);
      asked.stream().filter(claim -> !still.contains(claim)).forEach(this::lost);
    } catch (SyncFailure failure) {
      LOG.debug("renewing the claims failed: {}", failure.getMessage());
    }
  }

  private void lost(Claim claim) {
    // one that ended while the store was asked is no longer held and not lost
    if (held.remove(claim) != null) {
      LOG.warn("job={} another instance took over its due run", claim.job());
    }
  }
}
