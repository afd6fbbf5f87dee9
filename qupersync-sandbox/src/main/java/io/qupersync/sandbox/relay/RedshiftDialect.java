package io.qupersync.sandbox.relay;

import java.util.List;
import java.util.Set;

/// Turns what only Redshift's grammar knows into what PostgreSQL knows. What functions, types and
/// views can teach PostgreSQL is not done here but in the SQL files of the stand-in.
final class RedshiftDialect {
  private static final List<String> DATE_FUNCTIONS =
      List.of("dateadd", "datediff", "date_diff", "date_part");
  private static final List<String> SET_OPERATIONS =
      List.of("union", "except", "intersect", "minus");

  /// All words that [#translate] has an eye on: most statements have none of them, and half of what
  /// looking at one cost was to compare each of its words with each of these.
  private static final Set<String> WORDS =
      Set.of(
          "dateadd",
          "datediff",
          "date_diff",
          "date_part",
          "top",
          "sysdate",
          "nvarchar",
          "varchar",
          "varying",
          "minus",
          "approximate",
          "listagg",
          "decode",
          "pg_catalog");

  /// Catalogs that have other columns in Redshift: the stand-in's own stand in `pg_redshift`, which
  /// an unqualified name finds by the search_path.
  private static final List<String> CATALOGS =
      List.of(
          "pg_attrdef",
          "pg_attribute",
          "pg_class",
          "pg_default_acl",
          "pg_locks",
          "pg_stat_activity");

  private RedshiftDialect() {}

  /// The same text, the same object even, where there is nothing to translate.
  static String toPostgres(String sql) {
    var tokens = new SqlTokens(sql);
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.isWord(i) && tokens.isOneOf(i, WORDS)) {
        translate(tokens, i);
      }
    }
    SettingStatements.translate(tokens);
    return tokens.changed() ? tokens.sql() : sql;
  }

  private static void translate(SqlTokens tokens, int at) {
    if (tokens.isOneOf(at, DATE_FUNCTIONS)) {
      quoteDatePart(tokens, at);
    } else if (tokens.is(at, "top")) {
      topToLimit(tokens, at);
    } else if (tokens.is(at, "sysdate")) {
      callSysdate(tokens, at);
    } else if (tokens.is(at, "nvarchar") && tokens.is(tokens.next(at), "(")) {
      tokens.replace(at, "varchar");
      boundVarchar(tokens, at);
    } else if (tokens.is(at, "varchar") || tokens.is(at, "varying")) {
      boundVarchar(tokens, at);
    } else if (tokens.is(at, "minus")) {
      minusToExcept(tokens, at);
    } else if (tokens.is(at, "approximate") && tokens.isWord(tokens.next(at))) {
      tokens.replace(at, "");
    } else if (tokens.is(at, "listagg")) {
      orderInsideListagg(tokens, at);
    } else if (tokens.is(at, "decode") && tokens.is(tokens.next(at), "(")) {
      DecodeExpression.translate(tokens, at);
    } else if (tokens.is(at, "pg_catalog")) {
      leadToOwnCatalog(tokens, at);
    }
  }

  /// `dateadd(day, …)` to `dateadd('day', …)`.
  private static void quoteDatePart(SqlTokens tokens, int function) {
    int open = tokens.next(function);
    int part = tokens.next(open);
    if (tokens.is(open, "(") && tokens.isWord(part) && tokens.is(tokens.next(part), ",")) {
      tokens.replace(part, "'" + tokens.text(part) + "'");
    }
  }

  /// `select top 5 …` to `select … limit 5`, at the end of that query and no further.
  private static void topToLimit(SqlTokens tokens, int top) {
    int before = tokens.previous(top);
    boolean opensQuery =
        tokens.is(before, "select") || tokens.is(before, "distinct") || tokens.is(before, "all");
    int count = tokens.next(top);
    if (!opensQuery || !tokens.isNumber(count)) {
      return;
    }
    String limit = " limit " + tokens.text(count) + " ";
    tokens.replace(top, "");
    tokens.replace(count, "");
    tokens.insert(endOfQuery(tokens, count), limit);
  }

  private static int endOfQuery(SqlTokens tokens, int from) {
    int depth = 0;
    for (int i = from; i < tokens.size(); i++) {
      if (tokens.is(i, "(")) {
        depth++;
      } else if (tokens.is(i, ")") && depth-- == 0) {
        return i;
      } else if (depth == 0 && (tokens.is(i, ";") || tokens.isOneOf(i, SET_OPERATIONS))) {
        return i;
      }
    }
    return tokens.size();
  }

  private static void callSysdate(SqlTokens tokens, int at) {
    String before = tokens.text(tokens.previous(at));
    String after = tokens.text(tokens.next(at));
    boolean anotherName = before.equals(".") || before.equalsIgnoreCase("as") || after.equals(".");
    if (!anotherName && !after.equals("(")) {
      tokens.replace(at, "sysdate()");
    }
  }

  /// `pg_catalog.pg_class` to `pg_redshift.pg_class`.
  private static void leadToOwnCatalog(SqlTokens tokens, int at) {
    int dot = tokens.next(at);
    if (tokens.is(dot, ".") && tokens.isOneOf(tokens.next(dot), CATALOGS)) {
      tokens.replace(at, "pg_redshift");
    }
  }

  /// `varchar(max)` to Redshift's maximum.
  private static void boundVarchar(SqlTokens tokens, int at) {
    int open = tokens.next(at);
    int length = tokens.next(open);
    if (tokens.is(open, "(") && tokens.is(length, "max")) {
      tokens.replace(length, "65535");
    }
  }

  private static void minusToExcept(SqlTokens tokens, int at) {
    int after = tokens.next(at);
    if (tokens.is(after, "select") || tokens.is(after, "all") || tokens.is(after, "(")) {
      tokens.replace(at, "except");
    }
  }

  /// `listagg(x, ',') within group (order by y)` to `listagg(x, ',' order by y)`.
  private static void orderInsideListagg(SqlTokens tokens, int at) {
    int open = tokens.next(at);
    int close = tokens.closing(open);
    int within = tokens.next(close);
    int group = tokens.next(within);
    int orderOpen = tokens.next(group);
    if (tokens.is(open, "(") && tokens.is(within, "within") && tokens.is(group, "group")) {
      tokens.replace(close, " ");
      tokens.replace(within, "");
      tokens.replace(group, "");
      tokens.replace(orderOpen, "");
    }
  }
}
