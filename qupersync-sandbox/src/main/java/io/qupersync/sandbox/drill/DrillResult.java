package io.qupersync.sandbox.drill;

import java.util.List;

/// What one drill came to.
///
/// @param runs processes that were started
/// @param faults blows that were dealt
/// @param compared rows of source and target that were held against each other
/// @param differences rows that were not the same
/// @param complaints whatever else was not as it must be, each with the round's seed
/// @param remark how a fault was made, where that is not obvious; empty mostly
public record DrillResult(
    String drill,
    int rounds,
    int runs,
    int faults,
    long compared,
    long differences,
    List<String> complaints,
    String remark) {

  public DrillResult {
    complaints = List.copyOf(complaints);
  }

  public boolean passed() {
    return differences == 0 && complaints.isEmpty();
  }
}
