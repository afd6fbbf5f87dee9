package io.qupersync.sandbox.relay;

import java.util.ArrayList;
import java.util.List;

/// Redshift's `decode(x, 1, 'a', 2, 'b', 'c')`, which PostgreSQL writes as a CASE.
final class DecodeExpression {
  private DecodeExpression() {}

  /// Leaves `decode(text, format)` alone: PostgreSQL has that one itself.
  static void translate(SqlTokens tokens, int decode) {
    int open = tokens.next(decode);
    int close = tokens.closing(open);
    List<Integer> commas = commasBetween(tokens, open, close);
    if (commas.size() < 2 || close == tokens.size()) {
      return;
    }
    // repeated in every branch, so translated here: its own tokens are about to go
    String subject = RedshiftDialect.toPostgres(between(tokens, open, commas.getFirst()));
    tokens.replace(decode, "(case");
    // each comma becomes the word that introduces the argument after it
    for (int i = 0; i < commas.size(); i++) {
      boolean result = i % 2 == 1;
      boolean last = i == commas.size() - 1;
      String comparison = " when (" + subject + ") is not distinct from ";
      tokens.replace(commas.get(i), result ? " then " : last ? " else " : comparison);
    }
    tokens.replace(close, " end)");
    for (int i = open; i < commas.getFirst(); i++) {
      tokens.replace(i, "");
    }
  }

  private static List<Integer> commasBetween(SqlTokens tokens, int open, int close) {
    var commas = new ArrayList<Integer>();
    int depth = 0;
    for (int i = open; i < close; i++) {
      if (tokens.is(i, "(")) {
        depth++;
      } else if (tokens.is(i, ")")) {
        depth--;
      } else if (depth == 1 && tokens.is(i, ",")) {
        commas.add(i);
      }
    }
    return commas;
  }

  private static String between(SqlTokens tokens, int open, int comma) {
    var text = new StringBuilder();
    for (int i = open + 1; i < comma; i++) {
      text.append(tokens.text(i));
    }
    return text.toString();
  }
}
