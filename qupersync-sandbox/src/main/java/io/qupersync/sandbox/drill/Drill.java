package io.qupersync.sandbox.drill;

/// One kind of bad day.
interface Drill {

  String name();

  /// Rounds where nobody says otherwise.
  int usualRounds();

  /// Makes work at the source, starts the program, does the harm and undoes it. What comes after is
  /// the same for all drills: the jobs run to their end, then everything is compared.
  void strike(DrillRound drillRound) throws Exception;
}
