package io.qupersync.domain.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The tokens of a statement, comments and blanks left out. A quote, a semicolon or a word inside a
/// string, a quoted identifier, a dollar-quoted text or a comment is no token of its own.
final class SqlTokens {

  enum Kind {
    /// A keyword or a plain identifier; its text is in lower case.
    WORD,
    QUOTED_IDENTIFIER,
    STRING,
    NUMBER,
    SYMBOL
  }

  /// @param start position of its first character
  /// @param end position after its last character
  record Token(Kind kind, String text, int start, int end) {

    boolean is(String word) {
      return text.equals(word) && (kind == Kind.WORD || kind == Kind.SYMBOL);
    }

    boolean isName() {
      return kind == Kind.WORD || kind == Kind.QUOTED_IDENTIFIER;
    }
  }

  private final String sql;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private SqlTokens(String sql) {
    this.sql = sql;
  }

  static List<Token> of(String sql) {
    return new SqlTokens(sql).read();
  }

  private List<Token> read() {
    while (at < sql.length()) {
      char next = sql.charAt(at);
      if (Character.isWhitespace(next)) {
        at++;
      } else if (sql.startsWith("--", at)) {
        at = afterClosing(at + 2, "\n");
      } else if (sql.startsWith("/*", at)) {
        at = afterComment(at + 2);
      } else if (next == '\'') {
        add(Kind.STRING, afterString(at + 1));
      } else if (next == '"') {
        add(Kind.QUOTED_IDENTIFIER, afterIdentifier(at + 1));
      } else if (next == '$' && dollarTag() > 0) {
        int tagEnd = dollarTag();
        add(Kind.STRING, afterClosing(tagEnd, sql.substring(at, tagEnd)));
      } else if (isWordStart(next)) {
        add(Kind.WORD, afterWord(at));
      } else if (Character.isDigit(next)) {
        add(Kind.NUMBER, afterWord(at));
      } else {
        add(Kind.SYMBOL, sql.startsWith("::", at) ? at + 2 : at + 1);
      }
    }
    return List.copyOf(tokens);
  }

  private void add(Kind kind, int end) {
    String text = sql.substring(at, end);
    tokens.add(new Token(kind, kind == Kind.WORD ? text.toLowerCase(Locale.ROOT) : text, at, end));
    at = end;
  }

  private static boolean isWordStart(char character) {
    return Character.isLetter(character) || character == '_';
  }

  private int afterWord(int from) {
    int end = from;
    while (end < sql.length() && isWordPart(sql.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isWordPart(char character) {
    return Character.isLetterOrDigit(character) || character == '_' || character == '$';
  }

  /// Position after `$tag$` or `$$`; 0 when what begins here is no such quote.
  private int dollarTag() {
    int end = at + 1;
    while (end < sql.length()
        && (Character.isLetterOrDigit(sql.charAt(end)) || sql.charAt(end) == '_')) {
      end++;
    }
    boolean isTag = end < sql.length() && sql.charAt(end) == '$';
    // $1 is a parameter
    return isTag && (end == at + 1 || !Character.isDigit(sql.charAt(at + 1))) ? end + 1 : 0;
  }

  /// In Redshift a backslash takes the next character's meaning away, also that of a quote.
  private int afterString(int from) {
    int end = from;
    while (end < sql.length() && sql.charAt(end) != '\'') {
      end += sql.charAt(end) == '\\' ? 2 : 1;
    }
    return Math.min(end + 1, sql.length());
  }

  private int afterIdentifier(int from) {
    return afterClosing(from, "\"");
  }

  /// Comments nest.
  private int afterComment(int from) {
    int depth = 1;
    int end = from;
    while (end < sql.length() && depth > 0) {
      if (sql.startsWith("/*", end)) {
        depth++;
        end += 2;
      } else if (sql.startsWith("*/", end)) {
        depth--;
        end += 2;
      } else {
        end++;
      }
    }
    return end;
  }

  private int afterClosing(int from, String closing) {
    int end = sql.indexOf(closing, from);
    return end < 0 ? sql.length() : end + closing.length();
  }
}
