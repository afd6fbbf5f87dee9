package io.qupersync.application.simulation;

import io.qupersync.application.testkit.InMemoryWarehouse;
import io.qupersync.domain.progress.OpenTransactions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/// Transactions at the source that stamp rows and commit them much later than any lookback covers.
/// The source tells that they are open; one that would outlast what may hold a watermark back is
/// rolled back instead.
final class SlowTransactions {

  private static final Duration LONGEST = Duration.ofMinutes(50);

  private final InMemoryWarehouse warehouse;
  private final List<Transaction> open = new ArrayList<>();

  SlowTransactions(InMemoryWarehouse warehouse) {
    this.warehouse = warehouse;
  }

  /// A row that is not there yet.
  record Pending(long id, long seq, Object stamp) {}

  private record Transaction(Instant began, List<Pending> rows) {}

  void begin(Instant now) {
    open.add(new Transaction(now, new ArrayList<>()));
    tell();
  }

  boolean isAnyOpen() {
    return !open.isEmpty();
  }

  void write(Pending row, RandomChoices randomChoices) {
    randomChoices.oneOf(open).rows().add(row);
  }

  /// Commits one of them.
  void end(Instant now, RandomChoices randomChoices, Consumer<Pending> insert) {
    Transaction ended = randomChoices.oneOf(open);
    open.remove(ended);
    if (Duration.between(ended.began(), now).compareTo(LONGEST) < 0) {
      ended.rows().forEach(insert);
    }
    tell();
  }

  private void tell() {
    warehouse.tells(
        open.stream()
            .min(Comparator.comparing(Transaction::began))
            .<OpenTransactions>map(
                oldest -> new OpenTransactions.Oldest(oldest.began(), "a slow transaction"))
            .orElseGet(OpenTransactions.None::new));
  }
}
