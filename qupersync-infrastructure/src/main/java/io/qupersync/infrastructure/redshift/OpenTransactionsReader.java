package io.qupersync.infrastructure.redshift;

import io.qupersync.application.port.SourceMoment;
import io.qupersync.application.port.SyncFailure;
import io.qupersync.domain.progress.OpenTransactions;
import io.qupersync.domain.progress.OpenTransactions.CannotTell;
import io.qupersync.domain.run.FailureKind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks Redshift for its clock and, in the same statement, for its open transactions. Any but our
/// own may write what a job reads: one that has not yet touched the table may still do so, with the
/// stamp of its beginning (`sysdate`).
///
/// `svv_transactions` shows others' transactions only to a superuser and to a user with `syslog
/// access unrestricted`; anybody else sees his own, which says nothing. Whatever goes wrong counts
/// as not being told, and is not tried again for a while: no run fails for it. Safe for use by many
/// threads.
final class OpenTransactionsReader {

  private static final Logger LOG = LoggerFactory.getLogger(OpenTransactionsReader.class);

  /// A view of the leader node answers at once or not at all.
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /// For how long an answer holds that a grant or an upgrade may change.
  private static final Duration REMEMBERED = Duration.ofMinutes(10);

  private static final String ALL =
      "select distinct sysdate::timestamp, txn_owner, txn_db, pid, txn_start from svv_transactions where txn_start is not null";

  private static final String USER =
      "select current_user, current_database(), case when usesuper then 1 else 0 end from pg_user where usename = current_user";

  private static final String ACCESS =
      "select syslog_access from svv_user_info where user_name = current_user";

  private final RedshiftConnections connections;
  private volatile Obstacle obstacle = new Obstacle("", Instant.MIN);
  private volatile Sight sight = new Sight(false, "", "", Instant.MIN);

  OpenTransactionsReader(RedshiftConnections connections) {
    this.connections = connections;
  }

  /// Why nothing can be told, for the time being.
  private record Obstacle(String why, Instant until) {}

  /// Whether the user sees the transactions of others.
  private record Sight(boolean all, String user, String database, Instant until) {}

  private record Transaction(String owner, String database, int session, Instant start) {

    /// `getdate()` counts whole seconds, and so may stamp a row before its transaction began.
    Instant firstStamp() {
      return start.truncatedTo(ChronoUnit.SECONDS);
    }

    String shown() {
      return "a transaction of user %s in session %d".formatted(owner.replace(';', ','), session);
    }
  }

  /// Empty when it could not be asked.
  Optional<SourceMoment> moment() {
    if (connections.clock().instant().isBefore(obstacle.until())) {
      return Optional.empty();
    }
    try {
      return connections.ask("ask for open transactions", PATIENCE, this::read);
    } catch (SyncFailure failure) {
      if (failure.kind() != FailureKind.UNREACHABLE) {
        remember(String.valueOf(failure.getMessage()));
      }
      return Optional.empty();
    }
  }

  /// What to answer then.
  OpenTransactions unknown() {
    return new CannotTell(obstacle.why());
  }

  private void remember(String why) {
    LOG.debug("the source does not tell its open transactions: {}", why);
    obstacle = new Obstacle(why, connections.clock().instant().plus(REMEMBERED));
  }

  private Optional<SourceMoment> read(Connection connection) throws SQLException {
    Sight seen = sight(connection);
    Set<Integer> own = connections.sessions();
    var transactions = new ArrayList<Transaction>();
    @Nullable Instant now = null;
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(ALL)) {
      while (row.next()) {
        now = instant(row, 1);
        transactions.add(
            new Transaction(text(row, 2), text(row, 3), row.getInt(4), instant(row, 5)));
      }
    }
    if (now == null) {
      remember("svv_transactions does not even show the transaction that asks");
      return Optional.empty();
    }
    return Optional.of(new SourceMoment(now, open(seen, transactions, own)));
  }

  private OpenTransactions open(Sight seen, List<Transaction> all, Set<Integer> own) {
    boolean seesOthers = all.stream().anyMatch(one -> !one.owner().equals(seen.user()));
    if (seen.user().isEmpty() || !(seen.all() || seesOthers)) {
      return new CannotTell(
          "user %s sees only its own transactions; 'alter user … syslog access unrestricted' shows all"
              .formatted(seen.user()));
    }
    return all.stream()
        .filter(one -> !own.contains(one.session()))
        .filter(one -> one.database().isEmpty() || one.database().equals(seen.database()))
        .min(Comparator.comparing(Transaction::start))
        .<OpenTransactions>map(
            oldest -> new OpenTransactions.Oldest(oldest.firstStamp(), oldest.shown()))
        .orElseGet(OpenTransactions.None::new);
  }

  private Sight sight(Connection connection) throws SQLException {
    Sight known = sight;
    Instant now = connections.clock().instant();
    if (now.isBefore(known.until())) {
      return known;
    }
    Sight fresh = look(connection, now.plus(REMEMBERED));
    sight = fresh;
    return fresh;
  }

  private static Sight look(Connection connection, Instant until) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(USER)) {
      return row.next()
          ? new Sight(
              row.getInt(3) == 1 || isUnrestricted(connection), text(row, 1), text(row, 2), until)
          : new Sight(false, "", "", until);
    }
  }

  private static boolean isUnrestricted(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(ACCESS)) {
      return row.next() && text(row, 1).equalsIgnoreCase("unrestricted");
    } catch (SQLException refused) {
      ServerFacts.requireUnknown(refused);
      return false;
    }
  }

  private static String text(ResultSet row, int column) throws SQLException {
    return Optional.ofNullable(row.getString(column)).orElse("").strip();
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
  }
}
