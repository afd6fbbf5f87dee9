package io.qupersync.infrastructure.jdbc;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The words for each kind of trouble: what happened, and what the user can do.
final class SqlErrorAdvice {

  private static final String OWN_TABLES =
      "QuperSync's own tables are not there, or not any more: restore them, or run 'qupersync migrate', which makes them anew and empty";

  private static final Pattern DENIED =
      Pattern.compile("permission denied for (?:foreign )?(\\w+)");
  private static final Set<String> OTHERS =
      Set.of(
          "function",
          "procedure",
          "sequence",
          "type",
          "language",
          "tablespace",
          "server",
          "domain");

  private SqlErrorAdvice() {}

  /// @param reason what the server or the driver said
  static String what(SqlErrorKind sqlErrorKind, Endpoint endpoint, String reason) {
    return switch (sqlErrorKind) {
      case UNKNOWN_HOST -> "host '%s' is unknown".formatted(endpoint.host());
      case REFUSED -> endpoint + " accepts no connection";
      case TIMED_OUT -> endpoint + " gave no answer in time";
      case LOST -> "the connection to %s was lost".formatted(endpoint);
      case NO_TLS -> endpoint + " offers no encryption";
      case UNTRUSTED -> "the certificate of %s cannot be trusted".formatted(endpoint);
      case WRONG_PASSWORD ->
          "%s refused the password of user '%s'".formatted(endpoint, endpoint.user());
      case NOT_LET_IN,
          NO_DATABASE,
          TOO_MANY_CONNECTIONS,
          SHUTTING_DOWN,
          NO_PRIVILEGE,
          NO_TABLE,
          NO_SCHEMA,
          READ_ONLY,
          DISK_FULL,
          CANCELLED,
          CONFLICT,
          REFUSAL ->
          "%s says: %s".formatted(endpoint, reason);
    };
  }

  /// @param said the server's own words, which tell cases apart that share an SQLSTATE
  /// @param own whether it is about a table of QuperSync's own
  static String todo(SqlErrorKind sqlErrorKind, Endpoint endpoint, String said, boolean own) {
    String key = endpoint.side().key();
    return switch (sqlErrorKind) {
      case UNKNOWN_HOST -> "check %s.host and the name service".formatted(key);
      case REFUSED ->
          "check %1$s.host and %1$s.port, that the server runs, and the firewall".formatted(key);
      case TIMED_OUT, LOST -> "check the network, the firewall and the server's log";
      case NO_TLS -> "encrypt the server, or set %s.ssl to disable".formatted(key);
      case UNTRUSTED ->
          "name the certificate authority's file in %1$s.ssl_root_cert, and check that %1$s.host is the name in the certificate"
              .formatted(key);
      case WRONG_PASSWORD -> password(endpoint);
      case NOT_LET_IN -> "check %s.user, and that the server lets this host in".formatted(key);
      case NO_DATABASE -> "check %s.database".formatted(key);
      case TOO_MANY_CONNECTIONS ->
          "lower %s, or raise the server's limit".formatted(bound(endpoint));
      case SHUTTING_DOWN -> "wait until the server is up again";
      case NO_PRIVILEGE -> permit(endpoint, said);
      case NO_TABLE, NO_SCHEMA -> own ? OWN_TABLES : find(endpoint);
      case READ_ONLY -> readOnly(endpoint);
      case DISK_FULL -> "make room on the server";
      case CANCELLED -> "see who cancels it: statement_timeout, a queue's limit, or a person";
      case CONFLICT -> "another session was in the way, a later try can succeed";
      case REFUSAL -> "check the job's definition against the database";
    };
  }

  private static String readOnly(Endpoint endpoint) {
    return switch (endpoint.side()) {
      case SOURCE ->
          "what the job reads has the server write something: a function, a view over a stale materialized view, a table of a datashare; where source.read_only is true, set it to false, and see whether user '%s' is read-only by default, or the server a standby"
              .formatted(endpoint.user());
      case TARGET ->
          "either target.host is a standby: name the primary; or something makes transactions of user '%s' read-only: see default_transaction_read_only of the role, the database and the server"
              .formatted(endpoint.user());
    };
  }

  /// Of the many things that share an SQLSTATE, only the lack of a privilege is cured by a grant.
  private static String permit(Endpoint endpoint, String said) {
    if (said.contains("row-level security")) {
      return "a row policy of the table is in the way of user '%s': add a policy for it, or as a superuser: alter role … bypassrls"
          .formatted(endpoint.user());
    }
    if (said.contains("must be owner of")) {
      return "only the owner may do that: make user '%s' the owner or a member of the owning role, or do by hand what 'plan' shows"
          .formatted(endpoint.user());
    }
    Matcher denied = DENIED.matcher(said);
    if (denied.find()) {
      return !OTHERS.contains(denied.group(1))
          ? grant(endpoint)
          : "grant user '%s' the use of that %s (%s)"
              .formatted(
                  endpoint.user(),
                  denied.group(1),
                  denied.group(1).equals("function") ? "execute" : "usage");
    }
    return said.contains("permission denied to ") || said.contains("must be ")
        ? "user '%s' lacks that right: let an administrator do it, or give the role the right"
            .formatted(endpoint.user())
        : grant(endpoint);
  }

  /// AWS gives out passwords for any user, known to the database or not, and marks its name.
  private static String password(Endpoint endpoint) {
    String key = endpoint.side().key();
    return endpoint.user().matches("IAM[AR]?:.*")
        ? "as a superuser: create user %s password disable; or name another one in %s.user"
            .formatted(endpoint.user().replaceFirst("IAMA?:", ""), key)
        : "check %1$s.user and %1$s.password".formatted(key);
  }

  private static String bound(Endpoint endpoint) {
    return switch (endpoint.side()) {
      case SOURCE -> "source.max_connections";
      case TARGET -> "target.pool_size";
    };
  }

  private static String grant(Endpoint endpoint) {
    return switch (endpoint.side()) {
      case SOURCE ->
          "as a superuser: grant usage on the schema and select on the table to %1$s; for system views: grant role sys:monitor to %1$s"
              .formatted(endpoint.user());
      case TARGET ->
          "grant user '%s' usage and create on the schema, and its tables"
              .formatted(endpoint.user());
    };
  }

  private static String find(Endpoint endpoint) {
    return switch (endpoint.side()) {
      case SOURCE ->
          "check the name in the job's source, and that user '%s' may see it; some system views exist only on one flavor of Redshift"
              .formatted(endpoint.user());
      case TARGET ->
          "check the job's target, and whether somebody dropped it; the next run creates a missing table";
    };
  }
}
