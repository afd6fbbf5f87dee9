package io.qupersync.domain.progress;

import java.util.Optional;

/// What is remembered of where a watermark comes from.
///
/// @param fingerprint what it was made for
/// @param witness a row that the target had then; empty when there was none to be had
/// @param lost why the target no longer has the rows that the watermark stands for, as a run found
///   it; holds until all rows are read again, or someone settles it by hand
/// @param byHand whether someone took the target as it is, so that it may be empty; as after a full
///   run that set a loss right and of which no row came
/// @param by which instance last ran the job by this definition; empty when that is not known
public record WatermarkOrigin(
    Fingerprint fingerprint,
    Optional<Witness> witness,
    Optional<String> lost,
    boolean byHand,
    Optional<String> by) {

  public WatermarkOrigin(
      Fingerprint fingerprint, Optional<Witness> witness, Optional<String> lost, boolean byHand) {
    this(fingerprint, witness, lost, byHand, Optional.empty());
  }

  /// Of a watermark that nothing more is known of.
  public static WatermarkOrigin of(Fingerprint fingerprint) {
    return new WatermarkOrigin(fingerprint, Optional.empty(), Optional.empty(), false);
  }
}
