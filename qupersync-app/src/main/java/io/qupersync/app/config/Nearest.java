package io.qupersync.app.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Guesses what a mistyped word was meant to be.
final class Nearest {

  private Nearest() {}

  /// The known word that is a few keystrokes away from the typed one; empty when none is close.
  static Optional<String> to(String typed, Collection<String> known) {
    int tolerance = Math.max(1, Math.min(3, typed.length() / 3));
    return known.stream()
        .filter(word -> distance(typed, word) <= tolerance)
        .min(Comparator.comparingInt(word -> distance(typed, word)));
  }

  /// The advice for a word that is not among the known ones.
  static String advice(String typed, Collection<String> known) {
    return to(typed, known)
        .map("did you mean '%s'?"::formatted)
        .orElseGet(() -> "there are " + String.join(", ", known));
  }

  /// Keystrokes from one word to the other: a letter put in, left out, changed, or swapped with its
  /// neighbour.
  private static int distance(String one, String other) {
    int[][] steps = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        steps[i][j] = i == 0 || j == 0 ? i + j : cheapest(steps, one, other, i, j);
      }
    }
    return steps[one.length()][other.length()];
  }

  private static int cheapest(int[][] steps, String one, String other, int i, int j) {
    int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
    int least =
        Math.min(steps[i - 1][j - 1] + change, 1 + Math.min(steps[i - 1][j], steps[i][j - 1]));
    boolean swapped =
        i > 1
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1);
    return swapped ? Math.min(least, steps[i - 2][j - 2] + 1) : least;
  }
}
