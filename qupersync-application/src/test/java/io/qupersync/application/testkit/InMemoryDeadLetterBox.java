package io.qupersync.application.testkit;

import io.qupersync.application.port.DeadLetterBox;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.row.DeadLetter;
import java.util.Comparator;
import java.util.List;

final class InMemoryDeadLetterBox implements DeadLetterBox {

  private final InMemoryDatabase database;

  InMemoryDeadLetterBox(InMemoryDatabase database) {
    this.database = database;
  }

  @Override
  public List<DeadLetter> list(JobId job, long after, int limit) {
    return database.read(state ->
        state.letters.values().stream()
            .filter(letter -> letter.job().equals(job) && letter.id() > after)
            .sorted(Comparator.comparingLong(DeadLetter::id))
            .limit(limit)
            .toList());
  }

  @Override
  public long count(JobId job) {
    return database.read(state ->
        state.letters.keySet().stream().filter(letter -> letter.job().equals(job)).count());
  }

  @Override
  public long discard(JobId job) {
    return database.transaction(state -> {
      int before = state.letters.size();
      state.letters.keySet().removeIf(letter -> letter.job().equals(job));
      return (long) before - state.letters.size();
    });
  }
}
