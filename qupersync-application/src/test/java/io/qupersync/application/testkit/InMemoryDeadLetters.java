package io.qupersync.application.testkit;

import io.qupersync.domain.row.DeadLetter;
import io.qupersync.domain.row.RejectedRow;
import io.qupersync.domain.run.Lease;
import java.time.Instant;
import java.util.List;

/// Posts rejected rows within a transaction: one letter per row, however often it is met.
final class InMemoryDeadLetters {

  private final InMemoryState state;
  private final List<String> columns;
  private final Instant now;

  InMemoryDeadLetters(InMemoryState state, List<String> columns, Instant now) {
    this.state = state;
    this.columns = columns;
    this.now = now;
  }

  void discard(List<Long> ids) {
    state.letters.values().removeIf(letter -> ids.contains(letter.id()));
  }

  void post(Lease lease, RejectedRow row) {
    var values = Cells.texts(columns, row.source());
    var name = new InMemoryState.Letter(lease.job(), values);
    DeadLetter was = state.letters.get(name);
    boolean metBefore = was != null && was.lastRun().equals(lease.run());
    state.letters.put(
        name,
        new DeadLetter(
            was == null ? ++state.lastLetter : was.id(),
            lease.job(),
            lease.run(),
            row.column(),
            row.reason(),
            values,
            was == null ? 1 : was.occurrences() + (metBefore ? 0 : 1),
            was == null ? now : was.firstSeen(),
            now));
  }
}
