package io.qupersync.domain.job;

import io.qupersync.domain.job.SqlTokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// A query in the user's words, in which `:from` and `:to` stand for the ends of the window. A
/// placeholder inside a string, a quoted identifier or a comment is text, and `::` is a cast.
public final class SqlTemplate {

  /// A placeholder a query may carry.
  public enum Placeholder {
    FROM("from"),
    TO("to");

    private final String word;

    Placeholder(String word) {
      this.word = word;
    }
  }

  /// A stretch of SQL and the placeholder that ends it; only the last piece has none.
  public record Piece(String sql, Optional<Placeholder> placeholder) {}

  private final String text;
  private final List<Piece> pieces;

  public SqlTemplate(String text) {
    this.text = withoutTrailingSemicolon(text);
    if (this.text.isEmpty()) {
      throw new IllegalArgumentException("a query must not be empty");
    }
    this.pieces = pieces(this.text, SqlTokens.of(this.text));
  }

  /// For a text that a user wrote.
  ///
  /// @throws IllegalArgumentException when it is not one statement that only reads
  public static SqlTemplate ofQuery(String text) {
    var query = new SqlTemplate(text);
    ReadStatement.require(SqlTokens.of(query.text));
    return query;
  }

  /// The query as written, without blanks around it and a semicolon at its end.
  public String text() {
    return text;
  }

  public List<Piece> pieces() {
    return pieces;
  }

  /// The query as a server understands it: two queries that differ in comments, blanks, or the case
  /// of words without quotes have the same.
  public String normalized() {
    return NormalizedSql.of(text);
  }

  public boolean has(Placeholder placeholder) {
    return pieces.stream().anyMatch(piece -> piece.placeholder().equals(Optional.of(placeholder)));
  }

  /// Whether a comparison leaves out the rows whose value is that of `:from` itself: `at > :from`,
  /// or `:from < at`.
  public boolean leavesOutFrom() {
    List<Token> tokens = SqlTokens.of(text);
    for (int i = 0; i + 1 < tokens.size(); i++) {
      Token name = tokens.get(i + 1);
      boolean isFrom =
          tokens.get(i).is(":")
              && tokens.get(i).end() == name.start()
              && placeholder(name).equals(Optional.of(Placeholder.FROM));
      if (isFrom && (isAbove(tokens, i - 1) || isBelow(tokens, i + 2))) {
        return true;
      }
    }
    return false;
  }

  /// Whether `>` stands at or before `at`, with nothing but the beginning of brackets or of a cast
  /// between.
  private static boolean isAbove(List<Token> tokens, int at) {
    int i = at;
    while (i > 0 && (tokens.get(i).is("(") || tokens.get(i).is("cast"))) {
      i--;
    }
    return i > 0 && tokens.get(i).is(">") && !tokens.get(i - 1).is("<");
  }

  /// Whether `<` stands at or behind `at`, with nothing but the end of brackets or a cast between.
  private static boolean isBelow(List<Token> tokens, int at) {
    int i = at;
    while (i < tokens.size() && (tokens.get(i).is(")") || tokens.get(i).is("::"))) {
      i += tokens.get(i).is(")") ? 1 : 2;
    }
    return i + 1 < tokens.size()
        && tokens.get(i).is("<")
        && !tokens.get(i + 1).is("=")
        && !tokens.get(i + 1).is(">");
  }

  /// Names behind a colon that are no placeholder, which no server would understand: `:form`. The
  /// bounds of a slice, in brackets, are none of them.
  public List<String> unknownPlaceholders() {
    List<Token> tokens = SqlTokens.of(text);
    var unknown = new ArrayList<String>();
    int brackets = 0;
    for (int i = 0; i + 1 < tokens.size(); i++) {
      Token colon = tokens.get(i);
      Token name = tokens.get(i + 1);
      brackets += colon.is("[") ? 1 : colon.is("]") ? -1 : 0;
      if (brackets == 0
          && colon.is(":")
          && colon.end() == name.start()
          && name.isName()
          && placeholder(name).isEmpty()) {
        unknown.add(name.text());
      }
    }
    return List.copyOf(unknown);
  }

  /// Nothing but comments may stand behind it.
  private static String withoutTrailingSemicolon(String text) {
    List<Token> tokens = SqlTokens.of(text);
    int last = tokens.size();
    while (last > 0 && tokens.get(last - 1).is(";")) {
      last--;
    }
    return (last == tokens.size() ? text : text.substring(0, tokens.get(last).start())).strip();
  }

  /// The same query with something else in the place of each expression that names a column, under
  /// the name that the expression has.
  ///
  /// @param replacement by that name
  /// @return empty when nothing selects the column, or a condition needs it
  public Optional<SqlTemplate> replacing(String column, UnaryOperator<String> replacement) {
    return SelectLists.replacing(text, column, replacement).map(SqlTemplate::new);
  }

  private static List<Piece> pieces(String sql, List<Token> tokens) {
    var pieces = new ArrayList<Piece>();
    int start = 0;
    for (int i = 0; i + 1 < tokens.size(); i++) {
      Token colon = tokens.get(i);
      Token name = tokens.get(i + 1);
      if (colon.is(":") && colon.end() == name.start()) {
        Optional<Placeholder> found = placeholder(name);
        if (found.isPresent()) {
          pieces.add(new Piece(sql.substring(start, colon.start()), found));
          start = name.end();
        }
      }
    }
    pieces.add(new Piece(sql.substring(start), Optional.empty()));
    return List.copyOf(pieces);
  }

  /// The position after the string, quoted identifier, comment or `::` that begins at `at`; `at`
  /// when none does.
  static int skipLiteral(String sql, int at) {
    if (sql.charAt(at) == '\'') {
      return afterString(sql, at + 1);
    }
    if (sql.charAt(at) == '"') {
      return afterClosing(sql, at + 1, "\"");
    }
    if (sql.startsWith("--", at)) {
      return afterClosing(sql, at + 2, "\n");
    }
    if (sql.startsWith("/*", at)) {
      return afterComment(sql, at + 2);
    }
    return sql.startsWith("::", at) ? at + 2 : at;
  }

  /// In Redshift a backslash takes the next character's meaning away, also that of a quote.
  private static int afterString(String sql, int from) {
    int at = from;
    while (at < sql.length() && sql.charAt(at) != '\'') {
      at += sql.charAt(at) == '\\' ? 2 : 1;
    }
    return Math.min(at + 1, sql.length());
  }

  /// Comments nest.
  private static int afterComment(String sql, int from) {
    int depth = 1;
    int at = from;
    while (at < sql.length() && depth > 0) {
      if (sql.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else if (sql.startsWith("*/", at)) {
        depth--;
        at += 2;
      } else {
        at++;
      }
    }
    return at;
  }

  private static int afterClosing(String sql, int from, String closing) {
    int end = sql.indexOf(closing, from);
    return end < 0 ? sql.length() : end + closing.length();
  }

  private static Optional<Placeholder> placeholder(Token name) {
    return Stream.of(Placeholder.values())
        .filter(placeholder -> name.is(placeholder.word))
        .findFirst();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SqlTemplate template && template.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
