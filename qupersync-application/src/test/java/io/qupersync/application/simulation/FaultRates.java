package io.qupersync.application.simulation;

/// How likely what is, at each call to a port.
///
/// @param faults that the call fails, or its answer is lost
/// @param crashes that the process dies
/// @param hardEnds that the target's server ends, and loses what is not on its disk
/// @param stalls that the process stops for longer than its lease
/// @param cancels that somebody cancels the run
/// @param turns that another process goes on
/// @param changes that rows change at the source
record FaultRates(
    double faults,
    double crashes,
    double hardEnds,
    double stalls,
    double cancels,
    double turns,
    double changes) {

  static final FaultRates CALM = new FaultRates(0, 0, 0, 0, 0, 0, 0);

  static FaultRates of(RandomChoices randomChoices) {
    return new FaultRates(
        randomChoices.oneOf(0.0, 0.01, 0.04, 0.12),
        randomChoices.oneOf(0.0, 0.01, 0.03),
        randomChoices.oneOf(0.0, 0.0, 0.02),
        randomChoices.oneOf(0.0, 0.01, 0.03),
        randomChoices.oneOf(0.0, 0.0, 0.005),
        randomChoices.oneOf(0.02, 0.1, 0.4),
        randomChoices.oneOf(0.02, 0.1, 0.3));
  }
}
