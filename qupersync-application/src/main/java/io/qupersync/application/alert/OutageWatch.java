package io.qupersync.application.alert;

import io.qupersync.application.port.SyncFailure;
import io.qupersync.domain.alert.Outage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Whether the target is away, and which channel still has to be told. All other incidents lie in
/// the target; this one is about it, so it is kept in memory: each process tells for itself, once
/// when it begins and once when it is over. Safe for use by many threads.
public final class OutageWatch {

  /// A target that is back by then was restarted or failed over, and nobody need get up.
  static final Duration PATIENCE = Duration.ofMinutes(1);

  private final String instance;
  private final InstantSource clock;
  private final Map<String, Ledger> ledgers = new HashMap<>();
  private Optional<Instant> missedSince = Optional.empty();
  private Optional<Outage> outage = Optional.empty();

  /// @param instance what tells this process from others
  public OutageWatch(String instance, InstantSource clock) {
    this.instance = instance;
    this.clock = clock;
  }

  /// Something to tell: that it began, or that it is over.
  ///
  /// @param attempt how often it has been tried, this time included
  record Message(Outage outage, int attempt) {}

  /// What a channel knows of one outage.
  private static final class Ledger {
    private final Instant since;
    private boolean told;
    private boolean settled;
    private int attempts;
    private Instant dueAt = Instant.MIN;

    Ledger(Instant since) {
      this.since = since;
    }

    void heard(boolean end) {
      settled = end;
      told = true;
      attempts = 0;
      dueAt = Instant.MIN;
    }
  }

  /// The target did not answer.
  ///
  /// @return whether that is news
  synchronized boolean away(SyncFailure failure) {
    Instant now = clock.instant();
    Instant since = missedSince.orElse(now);
    missedSince = Optional.of(since);
    boolean isKnown = outage.filter(known -> !known.isOver()).isPresent();
    if (isKnown || now.isBefore(since.plus(PATIENCE))) {
      return false;
    }
    String reason = String.valueOf(failure.getMessage());
    outage = Optional.of(new Outage(instance, reason, since, Optional.empty()));
    return true;
  }

  /// The target answered.
  ///
  /// @return whether that is news
  synchronized boolean back() {
    missedSince = Optional.empty();
    Optional<Outage> lasting = outage.filter(known -> !known.isOver());
    lasting.ifPresent(known -> outage = Optional.of(known.endedAt(clock.instant())));
    return lasting.isPresent();
  }

  /// Takes what is due for a channel. It is not given out again before `ttl` is over: by then it
  /// must be [#delivered] or [#postponed].
  synchronized Optional<Message> take(AlertSettings channel, Duration ttl) {
    return outage.filter(_ -> channel.targetAway()).flatMap(known -> take(channel, known, ttl));
  }

  private Optional<Message> take(AlertSettings channel, Outage known, Duration ttl) {
    Instant now = clock.instant();
    Ledger ledger = ledger(channel.channel(), known);
    boolean isDue =
        known.isOver() ? ledger.told && !ledger.settled && channel.endings() : !ledger.told;
    if (!isDue || now.isBefore(ledger.dueAt)) {
      return Optional.empty();
    }
    ledger.attempts++;
    ledger.dueAt = now.plus(ttl);
    return Optional.of(new Message(known, ledger.attempts));
  }

  private Ledger ledger(String channel, Outage known) {
    Ledger ledger = ledgers.get(channel);
    if (ledger == null || !ledger.since.equals(known.since())) {
      ledger = new Ledger(known.since());
      ledgers.put(channel, ledger);
    }
    return ledger;
  }

  synchronized void delivered(AlertSettings channel, Message message) {
    ledger(channel.channel(), message.outage()).heard(message.outage().isOver());
  }

  synchronized void postponed(AlertSettings channel, Message message, Duration delay) {
    ledger(channel.channel(), message.outage()).dueAt = clock.instant().plus(delay);
  }
}
