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
record Weather(
    double faults,
    double crashes,
    double hardEnds,
    double stalls,
    double cancels,
    double turns,
    double changes) {

  static final Weather CALM = new Weather(0, 0, 0, 0, 0, 0, 0);

  static Weather of(Dice dice) {
    return new Weather(
        dice.oneOf(0.0, 0.01, 0.04, 0.12),
        dice.oneOf(0.0, 0.01, 0.03),
        dice.oneOf(0.0, 0.0, 0.02),
        dice.oneOf(0.0, 0.01, 0.03),
        dice.oneOf(0.0, 0.0, 0.005),
        dice.oneOf(0.02, 0.1, 0.4),
        dice.oneOf(0.02, 0.1, 0.3));
  }
}
