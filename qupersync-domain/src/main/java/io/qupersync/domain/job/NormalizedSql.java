package io.qupersync.domain.job;

import java.util.Locale;

/// A query without what a server does not look at: comments, blanks between words, and the case of
/// words that stand in no quotes. What stands in quotes is kept as it is.
final class NormalizedSql {

  private final String sql;
  private final StringBuilder normalized = new StringBuilder();
  private int at;

  private NormalizedSql(String sql) {
    this.sql = sql;
  }

  static String of(String sql) {
    return new NormalizedSql(sql).read();
  }

  private String read() {
    while (at < sql.length()) {
      int afterLiteral = afterLiteral();
      if (afterLiteral > at) {
        boolean comment = sql.startsWith("--", at) || sql.startsWith("/*", at);
        if (!comment) {
          word(sql.substring(at, afterLiteral));
        }
        at = afterLiteral;
      } else if (isWordPart(sql.charAt(at))) {
        int end = at;
        while (end < sql.length() && isWordPart(sql.charAt(end))) {
          end++;
        }
        word(sql.substring(at, end).toLowerCase(Locale.ROOT));
        at = end;
      } else {
        if (!Character.isWhitespace(sql.charAt(at))) {
          word(sql.substring(at, at + 1));
        }
        at++;
      }
    }
    return normalized.toString();
  }

  private int afterLiteral() {
    int afterDollars = afterDollarQuoted();
    return afterDollars > at ? afterDollars : SqlTemplate.skipLiteral(sql, at);
  }

  /// A text between `$tag$` and `$tag$`, which a PostgreSQL may be sent.
  private int afterDollarQuoted() {
    if (sql.charAt(at) != '$') {
      return at;
    }
    int endOfTag = at + 1;
    while (endOfTag < sql.length() && Character.isLetter(sql.charAt(endOfTag))) {
      endOfTag++;
    }
    if (endOfTag == sql.length() || sql.charAt(endOfTag) != '$') {
      return at;
    }
    String tag = sql.substring(at, endOfTag + 1);
    int closing = sql.indexOf(tag, endOfTag + 1);
    return closing < 0 ? sql.length() : closing + tag.length();
  }

  private static boolean isWordPart(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  private void word(String word) {
    if (!normalized.isEmpty()) {
      normalized.append(' ');
    }
    normalized.append(word);
  }
}
