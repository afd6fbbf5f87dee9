package io.qupersync.domain.progress;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// That a watermark may not move up to the source's clock, because a transaction is open that began
/// before: rows that it has stamped since are still to come.
///
/// @param present the source's clock
/// @param since when the transaction began
/// @param who names the transaction for people
/// @param most how long a transaction may hold the watermark back
public record HeldBack(Instant present, Instant since, String who, Duration most) {

  /// Empty when nothing holds it back.
  public static Optional<HeldBack> by(OpenTransactions open, Instant present, Duration most) {
    return switch (open) {
      case OpenTransactions.Oldest(Instant since, String who)
          when since.isBefore(present) && !most.isZero() ->
          Optional.of(new HeldBack(present, since, who, most));
      case OpenTransactions.Oldest _, OpenTransactions.None _, OpenTransactions.CannotTell _ ->
          Optional.empty();
    };
  }

  /// How far the watermark may move.
  public Instant ceiling() {
    Instant earliest = present.minus(most);
    return since.isBefore(earliest) ? earliest : since;
  }

  /// For how long the transaction has been open.
  public Duration age() {
    return Duration.between(since, present);
  }

  /// Whether the transaction has been open for longer than it may hold the watermark back: then
  /// rows may be missed that it stamped before.
  public boolean isOutlasted() {
    return age().compareTo(most) > 0;
  }
}
