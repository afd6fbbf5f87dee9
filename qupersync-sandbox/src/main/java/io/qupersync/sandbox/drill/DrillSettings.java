package io.qupersync.sandbox.drill;

import java.util.List;
import java.util.OptionalInt;

/// What to drill, and for how long.
///
/// @param rounds of each drill; empty for as many as each is usually given
/// @param only names of drills; empty for all
/// @param seed of the first round; the next round has the next one
/// @param classPath where the program under drill is
public record DrillSettings(OptionalInt rounds, List<String> only, long seed, String classPath) {

  public DrillSettings {
    only = List.copyOf(only);
    if (rounds.isPresent() && rounds.getAsInt() < 1) {
      throw new IllegalArgumentException("rounds must be 1 or more, was " + rounds.getAsInt());
    }
    for (String name : only) {
      if (!Drills.NAMES.contains(name)) {
        throw new IllegalArgumentException(
            "no drill '%s'; there are %s".formatted(name, String.join(", ", Drills.NAMES)));
      }
    }
  }

  boolean wants(Drill drill) {
    return only.isEmpty() || only.contains(drill.name());
  }

  int roundsOf(Drill drill) {
    return rounds.orElse(drill.usualRounds());
  }
}
