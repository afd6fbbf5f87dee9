package io.qupersync.application.testkit;

import io.qupersync.application.port.IdempotencyKeys;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Keys in memory. Safe for use by many threads.
public final class InMemoryIdempotencyKeys implements IdempotencyKeys {

  private record Entry(String request, Optional<String> answer, Instant claimedAt) {}

  private final InstantSource clock;
  private final Map<Key, Entry> entries = new HashMap<>();

  public InMemoryIdempotencyKeys(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized Claim claim(Key key, String request, Duration keep, Duration patience) {
    Instant now = clock.instant();
    entries.values().removeIf(entry -> entry.claimedAt().plus(keep).isBefore(now));
    Entry entry = entries.get(key);
    boolean died =
        entry != null && entry.answer().isEmpty() && entry.claimedAt().plus(patience).isBefore(now);
    if (entry == null || died) {
      entries.put(key, new Entry(request, Optional.empty(), now));
      return new Claim.Granted();
    }
    return new Claim.Taken(entry.request(), entry.answer());
  }

  @Override
  public synchronized void answer(Key key, String answer) {
    entries.computeIfPresent(
        key, (_, was) -> new Entry(was.request(), Optional.of(answer), was.claimedAt()));
  }

  @Override
  public synchronized void release(Key key) {
    entries.computeIfPresent(key, (_, was) -> was.answer().isEmpty() ? null : was);
  }
}
