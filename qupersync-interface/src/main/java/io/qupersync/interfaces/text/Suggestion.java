package io.qupersync.interfaces.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Suggests the known word that a mistyped one was probably meant to be ("did you mean").
///
/// Upper and lower case are the same. The distance is that of Damerau and Levenshtein, with
/// neighbouring characters swapped at most once (optimal string alignment).
public final class Suggestion {

  private static final int MAX_DISTANCE = 3;

  private Suggestion() {}

  /// The known word at the least distance, when that is a third of the typed word's length or less,
  /// and three at most; otherwise the only known word that begins with the typed one.
  public static Optional<String> of(String typed, Collection<String> known) {
    String word = typed.toLowerCase(Locale.ROOT);
    int tolerance = Math.max(1, Math.min(MAX_DISTANCE, (word.length() + 1) / 3));
    Optional<String> near =
        known.stream()
            .min(Comparator.comparingInt(candidate -> distance(word, lower(candidate))))
            .filter(candidate -> distance(word, lower(candidate)) <= tolerance);
    return near.or(() -> onlyBeginningWith(word, known));
  }

  /// Advice for a word that is not among the known ones: the suggestion, or all known words.
  public static String advice(String typed, Collection<String> known) {
    return of(typed, known)
        .map("did you mean '%s'?"::formatted)
        .orElseGet(() -> "there are " + String.join(", ", known));
  }

  private static Optional<String> onlyBeginningWith(String word, Collection<String> known) {
    var beginning =
        known.stream()
            .filter(candidate -> word.length() > 1 && lower(candidate).startsWith(word))
            .toList();
    return beginning.size() == 1 ? Optional.of(beginning.getFirst()) : Optional.empty();
  }

  private static String lower(String word) {
    return word.toLowerCase(Locale.ROOT);
  }

  private static int distance(String from, String to) {
    int[][] cost = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : step(cost, from, to, i, j);
      }
    }
    return cost[from.length()][to.length()];
  }

  private static int step(int[][] cost, String from, String to, int i, int j) {
    int replaced = cost[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
    int least = Math.min(replaced, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
    boolean swapped =
        i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1);
    return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
  }
}
