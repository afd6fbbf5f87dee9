package io.qupersync.domain.table;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// The names within the objects of a JSON text.
final class JsonNames {

  private final String text;

  /// For each object that is open the names seen in it, and nothing for an array.
  private final Deque<Optional<Set<String>>> open = new ArrayDeque<>();

  private int at;

  private JsonNames(String text) {
    this.text = text;
  }

  /// Whether an object has one name twice; of a text that is no JSON nobody knows.
  static boolean repeat(String text) {
    return new JsonNames(text).repeat();
  }

  private boolean repeat() {
    boolean nameIsNext = false;
    while (at < text.length()) {
      switch (text.charAt(at++)) {
        case '{' -> {
          open.push(Optional.of(new HashSet<>()));
          nameIsNext = true;
        }
        case '[' -> {
          open.push(Optional.empty());
          nameIsNext = false;
        }
        case '}', ']' -> {
          if (!open.isEmpty()) {
            open.pop();
          }
          nameIsNext = false;
        }
        case ',' -> nameIsNext = !open.isEmpty() && open.element().isPresent();
        case '"' -> {
          int from = at;
          skipString();
          if (nameIsNext && !open.element().orElseThrow().add(unescaped(from, at - 1))) {
            return true;
          }
          nameIsNext = false;
        }
        default -> {}
      }
    }
    return false;
  }

  /// To behind the closing quote, or the end of the text.
  private void skipString() {
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return;
      }
      if (c == '\\') {
        at++;
      }
    }
    at = text.length() + 1;
  }

  private String unescaped(int from, int to) {
    String name = text.substring(from, Math.min(to, text.length()));
    if (name.indexOf('\\') < 0) {
      return name;
    }
    var plain = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c != '\\' || i + 1 == name.length()) {
        plain.append(c);
        continue;
      }
      char escape = name.charAt(++i);
      if (escape == 'u' && i + 4 < name.length() && isHex(name, i + 1)) {
        plain.append((char) Integer.parseInt(name, i + 1, i + 5, 16));
        i += 4;
      } else {
        plain.append(
            switch (escape) {
              case 'b' -> '\b';
              case 'f' -> '\f';
              case 'n' -> '\n';
              case 'r' -> '\r';
              case 't' -> '\t';
              default -> escape;
            });
      }
    }
    return plain.toString();
  }

  private static boolean isHex(String name, int from) {
    return name.substring(from, from + 4).chars().allMatch(c -> Character.digit(c, 16) >= 0);
  }
}
