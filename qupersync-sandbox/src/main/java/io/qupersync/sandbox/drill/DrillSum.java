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

  void add(Round round, long seed) {
    rounds++;
    runs += round.runs();
    faults += round.faults();
    compared += round.oracle().compared();
    differences += round.oracle().differences();
    if (!round.remark().isEmpty()) {
      remarks.add(round.remark());
    }
    var wrong = new ArrayList<>(round.complaints());
    if (round.oracle().differences() > 0) {
      wrong.add(
          "%d rows differ: %s".formatted(round.oracle().differences(), round.oracle().examples()));
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
