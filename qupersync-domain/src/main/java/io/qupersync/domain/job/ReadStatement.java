package io.qupersync.domain.job;

import io.qupersync.domain.job.SqlTokens.Kind;
import io.qupersync.domain.job.SqlTokens.Token;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/// Checks that a query is one statement that only reads: what its text alone can tell. What a
/// function does that it calls, only the privileges of the source's user can limit.
final class ReadStatement {

  private static final Set<String> WRITING = Set.of("insert", "update", "delete", "merge");

  /// Between the parts of a WITH clause and the statement it belongs to.
  private static final Set<String> STATEMENTS =
      Set.of("select", "insert", "update", "delete", "merge", "values", "table", "with");

  /// Before a parenthesis that is no list of arguments.
  private static final Set<String> BEFORE_GROUPS =
      Set.of(
          "all",
          "and",
          "any",
          "as",
          "by",
          "case",
          "cross",
          "distinct",
          "else",
          "except",
          "exists",
          "from",
          "having",
          "in",
          "intersect",
          "join",
          "lateral",
          "materialized",
          "minus",
          "not",
          "on",
          "or",
          "select",
          "some",
          "then",
          "union",
          "using",
          "values",
          "when",
          "where");

  /// Functions of the server that change something, which no privilege on tables prevents.
  private static final Set<String> CHANGING_FUNCTIONS =
      Set.of(
          "nextval",
          "setval",
          "set_config",
          "pg_terminate_backend",
          "pg_cancel_backend",
          "pg_reload_conf",
          "pg_notify",
          "pg_advisory_lock",
          "pg_advisory_lock_shared",
          "pg_try_advisory_lock",
          "pg_try_advisory_lock_shared",
          "dblink_exec",
          "lo_creat",
          "lo_create",
          "lo_from_bytea",
          "lo_import",
          "lo_export",
          "lo_put",
          "lo_truncate",
          "lo_unlink",
          "lowrite");

  private final List<Token> tokens;

  private ReadStatement(List<Token> tokens) {
    this.tokens = tokens;
  }

  /// @throws IllegalArgumentException when it is something else, saying what
  static void require(List<Token> tokens) {
    new ReadStatement(tokens).check();
  }

  private void check() {
    int first = skipParentheses(0);
    if (first == tokens.size()) {
      throw refused("there is none");
    }
    if (!isWord(first, "select") && !isWord(first, "with")) {
      throw refused("it begins with '%s'".formatted(tokens.get(first).text()));
    }
    checkWith(first);
    Deque<Boolean> calls = new ArrayDeque<>();
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      switch (token.text()) {
        case ";" -> refuseIf(token.kind() == Kind.SYMBOL, "a second one follows a semicolon");
        case "(" -> {
          calls.push(isCall(i));
          checkWith(i + 1);
        }
        case ")" -> {
          refuseIf(calls.isEmpty(), "it closes a parenthesis that was never opened");
          calls.pop();
        }
        case "into" -> refuseIf(token.kind() == Kind.WORD, "INTO makes a table");
        case "for" ->
            refuseIf(
                token.kind() == Kind.WORD && !isInCall(calls) && locks(i + 1),
                "FOR UPDATE and FOR SHARE lock rows");
        default ->
            refuseIf(
                token.isName()
                    && isWord(i + 1, "(")
                    && CHANGING_FUNCTIONS.contains(token.text().replace("\"", "")),
                "the function %s changes something".formatted(token.text()));
      }
    }
    refuseIf(!calls.isEmpty(), "it leaves a parenthesis open");
  }

  /// A part of a WITH clause may be a statement that writes, and so may what follows them.
  private void checkWith(int at) {
    if (!isWord(at, "with")) {
      return;
    }
    int depth = 0;
    boolean inPart = false;
    boolean behindPart = false;
    for (int i = at + 1; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.is("(")) {
        if (depth++ == 0) {
          inPart = isWord(i - 1, "as") || isWord(i - 1, "materialized");
          refuseWriting(inPart ? skipParentheses(i) : tokens.size());
        }
      } else if (token.is(")")) {
        if (depth-- == 0) {
          return;
        }
        behindPart = depth == 0 ? inPart : behindPart;
      } else if (depth == 0 && token.is(",")) {
        behindPart = false;
      } else if (depth == 0 && behindPart && isStatement(token)) {
        refuseWriting(i);
        return;
      }
    }
  }

  private static boolean isStatement(Token token) {
    return token.kind() == Kind.WORD && STATEMENTS.contains(token.text());
  }

  private void refuseWriting(int at) {
    refuseIf(
        at < tokens.size()
            && tokens.get(at).kind() == Kind.WORD
            && WRITING.contains(tokens.get(at).text()),
        "its WITH clause or what follows it writes");
  }

  private boolean isCall(int open) {
    return open > 0
        && tokens.get(open - 1).isName()
        && !BEFORE_GROUPS.contains(tokens.get(open - 1).text());
  }

  /// `substring(x for share)` locks nothing.
  private static boolean isInCall(Deque<Boolean> calls) {
    return !calls.isEmpty() && calls.peek();
  }

  private boolean locks(int at) {
    return isWord(at, "update")
        || isWord(at, "share")
        || (isWord(at, "no") && isWord(at + 1, "key"))
        || (isWord(at, "key") && isWord(at + 1, "share"));
  }

  private int skipParentheses(int from) {
    int at = from;
    while (isWord(at, "(")) {
      at++;
    }
    return at;
  }

  private boolean isWord(int at, String word) {
    return at >= 0 && at < tokens.size() && tokens.get(at).is(word);
  }

  private static void refuseIf(boolean wrong, String why) {
    if (wrong) {
      throw refused(why);
    }
  }

  private static IllegalArgumentException refused(String why) {
    return new IllegalArgumentException(
        "a query must be one statement that only reads, SELECT … or WITH … SELECT …; " + why);
  }
}
