package io.qupersync.infrastructure.jdbc;

import com.amazon.redshift.util.RedshiftException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// The one way by which words of a server or a driver come into logs, run logs and letters: in one
/// line, without any value of a row. Tables, columns, constraints and types are still named.
///
/// DETAIL, HINT and CONTEXT lines hold whole rows and are left out. Of the message itself, what
/// stands between quotation marks may be a value, in whatever language the server speaks, unless it
/// is one of the names that the server says are concerned.
final class SafeMessages {

  private static final int LONGEST = 300;

  private static final String MARKS = "\"'`“”„«»‹›‘’";

  /// Classes of errors whose messages name things and never quote values: of connections, logins,
  /// resources, operators and transactions, and of constraints (the values are in the detail).
  private static final Set<String> NAMES_ONLY =
      Set.of("08", "23", "25", "26", "28", "34", "3D", "40", "53", "55", "57", "58");

  /// Words that somebody wrote into a function, a trigger or a foreign data wrapper.
  private static final Set<String> OF_USERS = Set.of("P0", "38", "39", "HV");

  /// Name encodings, and the bytes that one of them lacks.
  private static final Set<String> ENCODINGS = Set.of("22021", "22P05");

  private static final String UNDEFINED_COLUMN = "42703";

  private static final Pattern BYTES = Pattern.compile("0x[0-9a-fA-F]{2}(?:[ ]0x[0-9a-fA-F]{2})*");

  private static final Pattern NUMBERS = Pattern.compile("\\d+(?:[.,:]\\d+)*");

  /// What a name that is no name of ours stands behind, without quotes.
  private static final Pattern TAIL = Pattern.compile("(: | named )(?![" + MARKS + "]).*$");

  private final Throwable failure;
  private final String state;
  private final String line;

  private SafeMessages(Throwable failure) {
    this.failure = failure;
    this.state =
        failure instanceof SQLException sql
            ? Optional.ofNullable(sql.getSQLState()).orElse("")
            : "";
    this.line = line(failure);
  }

  static String of(Throwable failure) {
    if (failure instanceof BatchUpdateException batch) {
      // its own text holds the whole statement, with all that was to be written
      return batch.getNextException() == null
          ? "a batch of statements was refused"
          : of(batch.getNextException());
    }
    return shortened(new SafeMessages(failure).safe());
  }

  /// What is said of a row that is known: nothing that is in it is quoted.
  ///
  /// @param values of the row, as texts
  static String of(SQLException failure, Collection<String> values) {
    var words = new SafeMessages(failure);
    String said =
        words.isOfAUser() ? words.withoutQuoted(words.line) : new SafeMessages(failure).safe();
    return shortened(without(said, values));
  }

  /// Whether the text of an exception as it is thrown may not be shown.
  static boolean mayQuoteValues(Throwable failure) {
    return server(failure).isPresent()
        || (failure instanceof BatchUpdateException
            && String.valueOf(failure.getMessage())
                .matches("(?s)Batch entry \\d+ (?!was aborted).*"))
        || (failure instanceof PSQLException driver
            && String.valueOf(driver.getSQLState()).startsWith("22"));
  }

  private String safe() {
    if (failure instanceof SQLException && server(failure).isEmpty()) {
      // of the driver, "Bad value for type int : 12x"
      return state.startsWith("22") ? line.replaceFirst(" : .*", " : …") : line;
    }
    if (isOfAUser()) {
      return NUMBERS.matcher(withoutQuoted(line)).replaceAll("…");
    }
    if (server(failure).isEmpty() || namesOnly() || isAboutTheStatement()) {
      return line;
    }
    String words = withoutQuoted(line);
    return state.startsWith("42") ? TAIL.matcher(words).replaceFirst("$1…") : words;
  }

  private boolean namesOnly() {
    return state.length() == 5 && NAMES_ONLY.contains(state.substring(0, 2));
  }

  /// A function may choose any class for what it says.
  private boolean isOfAUser() {
    return server(failure).filter(Said::isRaised).isPresent()
        || (server(failure).isPresent()
            && state.length() == 5
            && (OF_USERS.contains(state.substring(0, 2)) || state.charAt(0) >= 'I')
            && !state.startsWith("XX"));
  }

  /// It points to a place in the text of the statement, in which values are parameters; or it is of
  /// a source, whose types do not take values for statements, and which does not always point.
  private boolean isAboutTheStatement() {
    return state.startsWith("42")
        && (failure instanceof RedshiftException
            || UNDEFINED_COLUMN.equals(state)
            || server(failure).filter(Said::hasPosition).isPresent());
  }

  /// Without what stands between the first mark and the last: a value may hold marks itself. Names
  /// that are concerned stay where they come first.
  private String withoutQuoted(String words) {
    Predicate<String> isName =
        ENCODINGS.contains(state)
            ? Pattern.compile("[A-Z][A-Z0-9_]{2,15}").asMatchPredicate()
            : server(failure).map(Said::names).orElse(Set.of())::contains;
    int from = mark(words, 0);
    int end = from < 0 ? -1 : mark(words, from + 1);
    while (end > 0 && isName.test(words.substring(from + 1, end))) {
      from = mark(words, end + 1);
      end = from < 0 ? -1 : mark(words, from + 1);
    }
    String open =
        end < 0
            ? words
            : words.substring(0, from + 1) + "…" + words.substring(lastMark(words, from + 1));
    return BYTES.matcher(open).replaceAll("0x…");
  }

  private static int mark(String words, int from) {
    for (int at = from; at < words.length(); at++) {
      if (MARKS.indexOf(words.charAt(at)) >= 0) {
        return at;
      }
    }
    return -1;
  }

  private static int lastMark(String words, int least) {
    int at = words.length() - 1;
    while (at > least && MARKS.indexOf(words.charAt(at)) < 0) {
      at--;
    }
    return at;
  }

  private static String without(String words, Collection<String> values) {
    String safe = words;
    for (String value :
        values.stream()
            .flatMap(value -> Stream.of(value, value.strip()))
            .filter(Predicate.not(String::isEmpty))
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList()) {
      safe =
          value.length() > LONGEST
              ? safe
              : safe.replaceAll(
                  "(?i)(?<![\\p{L}\\p{N}])" + Pattern.quote(value) + "(?![\\p{L}\\p{N}])", "…");
    }
    return safe;
  }

  private static String line(Throwable failure) {
    Optional<Said> server = server(failure);
    String said = server.isPresent() ? server.get().message() : failure.getMessage();
    return Optional.ofNullable(said)
        .flatMap(text -> text.lines().map(String::strip).filter(s -> !s.isEmpty()).findFirst())
        .orElseGet(() -> failure.getClass().getSimpleName());
  }

  private static String shortened(String words) {
    return words.length() <= LONGEST ? words : words.substring(0, LONGEST) + "…";
  }

  /// What a server sent.
  ///
  /// @param isRaised by a function's own `raise`
  private record Said(
      @Nullable String message, boolean hasPosition, boolean isRaised, Set<String> names) {}

  private static Optional<Said> server(Throwable failure) {
    return switch (failure) {
      case PSQLException psql when psql.getServerErrorMessage() != null -> {
        ServerErrorMessage said = psql.getServerErrorMessage();
        yield Optional.of(
            new Said(
                said.getMessage(),
                said.getPosition() > 0,
                "exec_stmt_raise".equals(said.getRoutine()),
                names(
                    said.getSchema(),
                    said.getTable(),
                    said.getColumn(),
                    said.getConstraint(),
                    said.getDatatype())));
      }
      case RedshiftException redshift when redshift.getServerErrorMessage() != null ->
          Optional.of(
              new Said(
                  redshift.getServerErrorMessage().getMessage(),
                  redshift.getServerErrorMessage().getPosition() > 0,
                  "exec_stmt_raise".equals(redshift.getServerErrorMessage().getRoutine()),
                  Set.of()));
      default -> Optional.empty();
    };
  }

  private static Set<String> names(@Nullable String... parts) {
    var names = new HashSet<String>();
    for (String part : parts) {
      if (part != null && !part.isEmpty()) {
        names.add(part);
      }
    }
    return names;
  }
}
