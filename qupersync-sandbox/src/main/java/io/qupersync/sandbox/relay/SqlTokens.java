package io.qupersync.sandbox.relay;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/// A statement cut into words, literals and signs, so that a rule never touches a literal, a quoted
/// name or a comment. Positions are indexes; [#text(int)] of an absent one is empty.
final class SqlTokens {
  private final List<String> tokens = new ArrayList<>();
  private boolean changed;

  SqlTokens(String sql) {
    int at = 0;
    while (at < sql.length()) {
      int end = endOfToken(sql, at);
      tokens.add(sql.substring(at, end));
      at = end;
    }
  }

  String sql() {
    return String.join("", tokens);
  }

  int size() {
    return tokens.size();
  }

  String text(int index) {
    return index >= 0 && index < tokens.size() ? tokens.get(index) : "";
  }

  /// Whether anything was put in another's place.
  boolean changed() {
    return changed;
  }

  void replace(int index, String text) {
    changed = true;
    tokens.set(index, text);
  }

  void insert(int index, String text) {
    changed = true;
    tokens.add(index, text);
  }

  /// Keywords and unquoted names are compared without regard to case.
  boolean is(int index, String word) {
    return text(index).equalsIgnoreCase(word);
  }

  boolean isOneOf(int index, Collection<String> words) {
    return words.contains(text(index).toLowerCase(Locale.ROOT));
  }

  boolean isWord(int index) {
    return !text(index).isEmpty() && isNameStart(text(index).charAt(0));
  }

  boolean isNumber(int index) {
    return !text(index).isEmpty() && Character.isDigit(text(index).charAt(0));
  }

  /// The nearest token after this one that is neither blank nor comment.
  int next(int index) {
    int found = index + 1;
    while (found < size() && isBlank(found)) {
      found++;
    }
    return found;
  }

  int previous(int index) {
    int found = index - 1;
    while (found >= 0 && isBlank(found)) {
      found--;
    }
    return found;
  }

  /// The parenthesis that closes the one at this index, or the size where it stays open.
  int closing(int open) {
    int depth = 0;
    for (int i = open; i < size(); i++) {
      if (is(i, "(")) {
        depth++;
      } else if (is(i, ")") && --depth == 0) {
        return i;
      }
    }
    return size();
  }

  private boolean isBlank(int index) {
    String text = text(index);
    return text.isBlank() || text.startsWith("--") || text.startsWith("/*");
  }

  private static int endOfToken(String sql, int at) {
    char first = sql.charAt(at);
    if (Character.isWhitespace(first)) {
      return endOfRun(sql, at, false);
    }
    if (isNameStart(first) || Character.isDigit(first)) {
      return endOfRun(sql, at, true);
    }
    if (first == '\'' || first == '"') {
      return endOfQuoted(sql, at, first);
    }
    if (sql.startsWith("--", at)) {
      return orEnd(sql, sql.indexOf('\n', at));
    }
    if (sql.startsWith("/*", at)) {
      return endOfComment(sql, at);
    }
    return first == '$' ? endOfDollarQuoted(sql, at) : at + 1;
  }

  private static int endOfRun(String sql, int at, boolean name) {
    int end = at;
    while (end < sql.length()
        && (name ? isNamePart(sql.charAt(end)) : Character.isWhitespace(sql.charAt(end)))) {
      end++;
    }
    return end;
  }

  /// Redshift reads a backslash in a literal as an escape, a doubled quote as a quote.
  private static int endOfQuoted(String sql, int at, char quote) {
    for (int i = at + 1; i < sql.length(); i++) {
      if (quote == '\'' && sql.charAt(i) == '\\') {
        i++;
      } else if (sql.charAt(i) == quote) {
        if (i + 1 == sql.length() || sql.charAt(i + 1) != quote) {
          return i + 1;
        }
        i++;
      }
    }
    return sql.length();
  }

  private static int endOfComment(String sql, int at) {
    int depth = 0;
    for (int i = at; i < sql.length() - 1; i++) {
      if (sql.startsWith("/*", i)) {
        depth++;
        i++;
      } else if (sql.startsWith("*/", i)) {
        depth--;
        i++;
        if (depth == 0) {
          return i + 1;
        }
      }
    }
    return sql.length();
  }

  private static int endOfDollarQuoted(String sql, int at) {
    int endOfTag = at + 1;
    while (endOfTag < sql.length()
        && (sql.charAt(endOfTag) == '_' || Character.isLetterOrDigit(sql.charAt(endOfTag)))) {
      endOfTag++;
    }
    boolean parameter = endOfTag > at + 1 && Character.isDigit(sql.charAt(at + 1));
    if (parameter || endOfTag == sql.length() || sql.charAt(endOfTag) != '$') {
      return at + 1;
    }
    String tag = sql.substring(at, endOfTag + 1);
    int close = sql.indexOf(tag, endOfTag + 1);
    return close < 0 ? sql.length() : close + tag.length();
  }

  private static int orEnd(String sql, int index) {
    return index < 0 ? sql.length() : index;
  }

  private static boolean isNameStart(char c) {
    return Character.isLetter(c) || c == '_';
  }

  private static boolean isNamePart(char c) {
    return isNameStart(c) || Character.isDigit(c) || c == '$' || c == '#';
  }
}
