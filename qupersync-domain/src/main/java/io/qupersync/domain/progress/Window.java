package io.qupersync.domain.progress;

import java.util.Optional;

/// The slice of source one run copies, both ends included: repeating a row is harmless, missing one
/// is not.
///
/// An ordinary run reads without an upper end, so that a row stamped ahead of the source's clock is
/// copied at once; the `ceiling`, the source's clock when the run began, only keeps the watermark
/// from following such a row into the future, past rows that are still to come.
///
/// @param from the lower end; empty reads from the very beginning
/// @param to the upper end, of a backfill
/// @param ceiling the highest value the watermark may take; empty when the watermark is no time
public record Window(
    Optional<Watermark> from, Optional<Watermark> to, Optional<Watermark> ceiling) {

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

  /// How far the watermark may move when `highest` has been read.
  public Watermark reached(Watermark highest) {
    return ceiling.map(highest::orEarlier).orElse(highest);
  }
}
