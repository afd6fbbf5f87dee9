package io.qupersync.infrastructure.jdbc;

import com.amazon.redshift.util.RedshiftException;
import io.qupersync.application.port.PermanentFailure;
import io.qupersync.application.port.SyncFailure;
import io.qupersync.application.port.TransientFailure;
import io.qupersync.domain.run.FailureKind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/// Turns what the drivers of one database throw into failures that the application understands:
/// whether the next try may succeed, whose fault it is, and one line for the user.
public final class SqlFailures {

  private static final int LONGEST_REASON = 300;

  private final Endpoint endpoint;

  public SqlFailures(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  public Endpoint endpoint() {
    return endpoint;
  }

  /// @param step what was being done, in words that follow "cannot": `read job 'orders'`
  public SyncFailure of(String step, SQLException failure) {
    if (Thread.currentThread().isInterrupted()) {
      // an interrupt closes the socket, which then looks like a lost connection
      return new TransientFailure(
          FailureKind.UNREACHABLE, "cannot %s: it was interrupted".formatted(step), failure);
    }
    Telling telling = telling(failure);
    Trouble trouble = telling.trouble();
    String message =
        "cannot %s: %s; %s"
            .formatted(
                step,
                Advice.what(trouble, endpoint, reason(telling.by())),
                Advice.todo(trouble, endpoint));
    return trouble.passes()
        ? new TransientFailure(trouble.kind(endpoint), message, failure)
        : new PermanentFailure(trouble.kind(endpoint), message, failure);
  }

  /// Whether the next try may succeed.
  public static boolean passes(SQLException failure) {
    return telling(failure).trouble().passes();
  }

  /// What the server or the driver says, in one line without any value of a row: PostgreSQL puts
  /// those into its DETAIL and CONTEXT lines, and of some errors into the message.
  public static String reason(Throwable failure) {
    String said =
        switch (failure) {
          case PSQLException psql when psql.getServerErrorMessage() != null ->
              psql.getServerErrorMessage().getMessage();
          case RedshiftException redshift when redshift.getServerErrorMessage() != null ->
              redshift.getServerErrorMessage().getMessage();
          default -> failure.getMessage();
        };
    String line =
        Optional.ofNullable(said)
            .flatMap(text -> text.lines().map(String::strip).filter(s -> !s.isEmpty()).findFirst())
            .orElseGet(() -> failure.getClass().getSimpleName());
    String safe = mayQuoteValues(failure) ? withoutQuotes(line) : line;
    return safe.length() <= LONGEST_REASON ? safe : safe.substring(0, LONGEST_REASON) + "…";
  }

  // class 22 is "data exception"; XX000 is where Redshift reports its own
  private static boolean mayQuoteValues(Throwable failure) {
    String state =
        failure instanceof SQLException sql
            ? Optional.ofNullable(sql.getSQLState()).orElse("")
            : "";
    return state.startsWith("22") || state.startsWith("XX");
  }

  /// From the first quote to the last, since a value may hold quotes itself.
  private static String withoutQuotes(String line) {
    return line.replaceFirst("\".*\"", "\"…\"").replaceFirst("'.*'", "'…'");
  }

  private record Telling(Trouble trouble, Throwable by) {}

  private static Telling telling(SQLException failure) {
    // in the order it was linked: of several that tell as much, the first is named
    var chain = new ArrayList<Throwable>();
    collect(failure, chain, Collections.newSetFromMap(new IdentityHashMap<>()));
    return chain.stream()
        .flatMap(each -> Trouble.of(each).map(trouble -> new Telling(trouble, each)).stream())
        .min(Comparator.comparing(Telling::trouble))
        .orElseGet(() -> new Telling(Trouble.REFUSAL, failure));
  }

  /// Causes and chained errors, which may lead back to where they began.
  private static void collect(
      @Nullable Throwable failure, List<Throwable> chain, Set<Throwable> seen) {
    if (failure == null || !seen.add(failure)) {
      return;
    }
    chain.add(failure);
    if (failure instanceof SQLException sql) {
      collect(sql.getNextException(), chain, seen);
    }
    collect(failure.getCause(), chain, seen);
  }
}
