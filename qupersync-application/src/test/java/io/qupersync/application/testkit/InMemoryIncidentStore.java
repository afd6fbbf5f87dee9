package io.qupersync.application.testkit;

import io.qupersync.application.port.IncidentStore;
import io.qupersync.domain.alert.Alarm;
import io.qupersync.domain.alert.Incident;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

final class InMemoryIncidentStore implements IncidentStore {

  /// @param told whether its channel was told that it began
  /// @param settled whether nothing more is to be told
  record Entry(Incident incident, boolean told, boolean settled, int attempts, Instant dueAt) {

    boolean isOpen() {
      return !incident.isOver();
    }

    Entry ended(Instant now, boolean nothingToTell) {
      var over =
          new Incident(
              incident.id(),
              incident.channel(),
              incident.alarm(),
              incident.openedAt(),
              Optional.of(now));
      return new Entry(over, told, nothingToTell, attempts, told ? now : dueAt);
    }
  }

  private static final Duration NEWS = Duration.ofDays(1);

  private final InMemoryDatabase database;
  private final InstantSource clock;

  InMemoryIncidentStore(InMemoryDatabase database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public boolean open(String channel, Alarm alarm) {
    return database.transaction(state -> {
      boolean known =
          state.incidents.values().stream()
              .filter(Entry::isOpen)
              .map(Entry::incident)
              .anyMatch(
                  open -> open.channel().equals(channel) && open.alarm().isSameTroubleAs(alarm));
      if (!known) {
        Instant now = clock.instant();
        var incident = new Incident(++state.lastIncident, channel, alarm, now, Optional.empty());
        state.incidents.put(incident.id(), new Entry(incident, false, false, 0, now));
      }
      return !known;
    });
  }

  @Override
  public void close(Incident incident) {
    Instant now = clock.instant();
    change(
        incident,
        entry -> entry.isOpen() ? entry.ended(now, !entry.told() && entry.attempts() == 0) : entry);
  }

  @Override
  public void drop(Incident incident) {
    Instant now = clock.instant();
    change(incident, entry -> entry.isOpen() ? entry.ended(now, true) : entry);
  }

  @Override
  public List<Incident> listOpen(String channel) {
    return database.read(state ->
        state.incidents.values().stream()
            .filter(Entry::isOpen)
            .map(Entry::incident)
            .filter(incident -> incident.channel().equals(channel))
            .toList());
  }

  @Override
  public Optional<Message> take(String channel, Duration ttl) {
    return database.transaction(state -> {
      Instant now = clock.instant();
      Optional<Entry> due =
          state.incidents.values().stream()
              .filter(entry -> entry.incident().channel().equals(channel))
              .filter(entry -> isDue(entry, now))
              .findFirst();
      due.ifPresent(entry ->
          state.incidents.put(
              entry.incident().id(),
              new Entry(
                  entry.incident(), entry.told(), false, entry.attempts() + 1, now.plus(ttl))));
      return due.map(entry -> new Message(entry.incident(), entry.attempts() + 1));
    });
  }

  private static boolean isDue(Entry entry, Instant now) {
    boolean news =
        entry.incident().closedAt().map(end -> end.isAfter(now.minus(NEWS))).orElse(true);
    return !entry.settled()
        && !entry.dueAt().isAfter(now)
        && entry.isOpen() != entry.told()
        && news;
  }

  @Override
  public void delivered(Message message) {
    Instant now = clock.instant();
    change(
        message.incident(),
        entry ->
            message.incident().isOver()
                ? new Entry(entry.incident(), true, true, entry.attempts(), entry.dueAt())
                : new Entry(entry.incident(), true, entry.settled(), 0, now));
  }

  @Override
  public void postponed(Message message, Duration delay) {
    Instant then = clock.instant().plus(delay);
    change(
        message.incident(),
        entry ->
            new Entry(entry.incident(), entry.told(), entry.settled(), entry.attempts(), then));
  }

  private void change(Incident incident, Function<Entry, Entry> change) {
    database.execute(state ->
        state.incidents.computeIfPresent(incident.id(), (_, entry) -> change.apply(entry)));
  }
}
