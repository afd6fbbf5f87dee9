package io.qupersync.sandbox.drill;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Adds up the rounds of one drill.
final class DrillSum {

  private final String drill;
  private int rounds;
  private int runs;
  private int faults;
  private long compared;
  private long differences;
  private final List<String> complaints = new ArrayList<>();
  private final Set<String> remarks = new TreeSet<>();

  DrillSum(String drill) {
    this.drill = drill;
  }

  void add(DrillRound drillRound, long seed) {
    rounds++;
    runs += drillRound.runs();
    faults += drillRound.faults();
    compared += drillRound.oracle().compared();
    differences += drillRound.oracle().differences();
    if (!drillRound.remark().isEmpty()) {
      remarks.add(drillRound.remark());
    }
    var wrong = new ArrayList<>(drillRound.complaints());
    if (drillRound.oracle().differences() > 0) {
      wrong.add(
          "%d rows differ: %s"
              .formatted(drillRound.oracle().differences(), drillRound.oracle().examples()));
    }
    wrong.forEach(what ->
        complaints.add(
            "%s; again with: drill --only %s --rounds 1 --seed %d".formatted(what, drill, seed)));
  }

  int faults() {
    return faults;
  }

  long differences() {
    return differences;
  }

  DrillResult result() {
    return new DrillResult(
        drill, rounds, runs, faults, compared, differences, complaints, String.join("; ", remarks));
  }
}
