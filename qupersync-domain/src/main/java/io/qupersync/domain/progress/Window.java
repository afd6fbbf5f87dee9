package io.qupersync.domain.progress;

import java.util.Optional;

/// The slice of source one run copies, both ends included: repeating a row is harmless, missing one
/// is not.
///
/// An ordinary run reads without an upper end, so that a row stamped ahead of the source's clock is
/// copied at once; such a row, beyond the `ceiling`, only does not count for the watermark, which
/// would follow it past rows that are still to come.
///
/// @param from the lower end; empty reads from the very beginning
/// @param to the upper end, of a backfill
/// @param ceiling the highest value the watermark may take, of a tuple one that its leading column
///   must stay below; empty when the watermark is no time and one statement reads all
/// @param range of these rows only those that one of several readers reads; empty for all
/// @param heldBack why the ceiling lies below the source's clock; empty when it does not
/// @param keys of these rows only those with these keys; empty for all
public record Window(
    Optional<Watermark> from,
    Optional<Watermark> to,
    Optional<Watermark> ceiling,
    Optional<KeyRange> range,
    Optional<HeldBack> heldBack,
    Optional<RowKeys> keys) {

  public Window(
      Optional<Watermark> from,
      Optional<Watermark> to,
      Optional<Watermark> ceiling,
      Optional<KeyRange> range,
      Optional<HeldBack> heldBack) {
    this(from, to, ceiling, range, heldBack, Optional.empty());
  }

  public Window(Optional<Watermark> from, Optional<Watermark> to, Optional<Watermark> ceiling) {
    this(from, to, ceiling, Optional.empty(), Optional.empty());
  }

  public Window {
    if (from.isPresent() && to.isPresent() && from.get().isBeyond(to.get())) {
      throw new IllegalArgumentException(
          "window must not run backwards, was %s to %s".formatted(from.get(), to.get()));
    }
  }

  /// Everything there is.
  public static Window everything() {
    return new Window(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /// Rows by their keys, whenever they came.
  ///
  /// @param ceiling the highest value the watermark may take
  public static Window of(RowKeys keys, Optional<Watermark> ceiling) {
    return new Window(
        Optional.empty(),
        Optional.empty(),
        ceiling,
        Optional.empty(),
        Optional.empty(),
        Optional.of(keys));
  }

  /// Whether it has neither beginning nor end.
  public boolean isEverything() {
    return from.isEmpty() && to.isEmpty() && keys.isEmpty();
  }

  /// The same, whose ceiling lies below the source's clock.
  public Window heldBackBy(Optional<HeldBack> reason) {
    return new Window(from, to, ceiling, range, reason, keys);
  }

  /// The same, of which the part before this has been read.
  public Window beginningAt(Watermark later) {
    return new Window(Optional.of(later), to, ceiling, range, heldBack, keys);
  }

  /// The source's clock, in the form of the watermark; empty when that is no time.
  public Optional<Watermark> present() {
    return heldBack
        .flatMap(held ->
            ceiling.map(
                mark -> Watermark.of(WatermarkValue.at(held.present(), mark.first().kind()))))
        .or(() -> ceiling);
  }

  /// The same, for one of several readers.
  public Window within(KeyRange part) {
    return new Window(from, to, ceiling, Optional.of(part), heldBack, keys);
  }

  /// The same, with a watermark that moves no further than this.
  public Window upTo(Watermark highest) {
    return new Window(from, to, Optional.of(highest), range, heldBack, keys);
  }
}
