package io.qupersync.infrastructure.jdbc;

import io.qupersync.domain.run.FailureKind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Optional;

/// The kinds of trouble a database can make, the most telling first: of all the exceptions that
/// hang together, the one whose trouble stands highest here explains the failure.
///
/// @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">SQLSTATE</a>
enum SqlErrorKind {
  UNKNOWN_HOST(true),
  REFUSED(true),
  UNTRUSTED(false),
  NO_TLS(false),
  WRONG_PASSWORD(false),
  NOT_LET_IN(false),
  NO_DATABASE(false),
  TOO_MANY_CONNECTIONS(true),
  SHUTTING_DOWN(true),
  TIMED_OUT(true),
  NO_PRIVILEGE(false),
  NO_TABLE(false),
  NO_SCHEMA(false),
  READ_ONLY(false),
  DISK_FULL(true),
  CANCELLED(true),
  CONFLICT(true),
  LOST(true),
  REFUSAL(false);

  private final boolean passing;

  SqlErrorKind(boolean passing) {
    this.passing = passing;
  }

  /// Whether the next try may find it gone.
  boolean passes() {
    return passing;
  }

  FailureKind kind(Endpoint endpoint) {
    return switch (this) {
      case UNKNOWN_HOST,
          REFUSED,
          UNTRUSTED,
          NO_TLS,
          WRONG_PASSWORD,
          NOT_LET_IN,
          NO_DATABASE,
          TOO_MANY_CONNECTIONS,
          SHUTTING_DOWN,
          TIMED_OUT,
          LOST ->
          FailureKind.UNREACHABLE;
      case NO_PRIVILEGE, NO_TABLE, NO_SCHEMA, READ_ONLY, DISK_FULL, CANCELLED, CONFLICT, REFUSAL ->
          endpoint.side().kind();
    };
  }

  /// What one exception of the chain says of it; empty when it says nothing.
  static Optional<SqlErrorKind> of(Throwable failure) {
    return Optional.ofNullable(
        switch (failure) {
          case UnknownHostException _ -> UNKNOWN_HOST;
          case SocketTimeoutException _ -> TIMED_OUT;
          case ConnectException _, NoRouteToHostException _ -> REFUSED;
          case CertificateException _ -> UNTRUSTED;
          case IOException _ -> LOST;
          case SQLException sql -> of(sql);
          default -> null;
        });
  }

  private static SqlErrorKind of(SQLException failure) {
    String message = Optional.ofNullable(failure.getMessage()).orElse("");
    String state = Optional.ofNullable(failure.getSQLState()).orElse("");
    if (message.contains("does not support SSL")) {
      return NO_TLS;
    }
    if (message.contains("could not be verified")) {
      return UNTRUSTED;
    }
    if (message.contains("attempt timed out")) {
      return TIMED_OUT;
    }
    if (state.isEmpty() && failure instanceof SQLTransientException) {
      // the pool's word for a connection that did not come in time
      return TIMED_OUT;
    }
    if (state.startsWith("XX") || state.isEmpty()) {
      return unnamed(message);
    }
    return byState(state);
  }

  private static SqlErrorKind byState(String state) {
    return switch (state) {
      case "28P01" -> WRONG_PASSWORD;
      case "3D000", "57P04" -> NO_DATABASE;
      case "53300" -> TOO_MANY_CONNECTIONS;
      case "57P01", "57P02", "57P03", "57P05", "25P03" -> SHUTTING_DOWN;
      case "42501" -> NO_PRIVILEGE;
      case "42P01" -> NO_TABLE;
      case "3F000" -> NO_SCHEMA;
      case "25006" -> READ_ONLY;
      case "53100" -> DISK_FULL;
      case "57014" -> CANCELLED;
      // 55: in use or locked; 34000 and 26000: the server has forgotten a cursor or a statement,
      // as it does when a transaction ends under us; 53200: out of memory
      case "40001", "40P01", "40003", "55006", "55P03", "34000", "26000", "53200" -> CONFLICT;
      // 99999: the Redshift driver's word for a stream that broke
      case "58000", "58030", "99999" -> LOST;
      default ->
          switch (state.substring(0, 2)) {
            case "08" -> LOST;
            case "28" -> NOT_LET_IN;
            default -> REFUSAL;
          };
    };
  }

  /// Redshift gives many errors no state of their own, only a number at the start of the message or
  /// a text; the driver gives its own confusion none at all.
  private static SqlErrorKind unnamed(String message) {
    if (message.startsWith("Failed to transition")) {
      return LOST;
    }
    if (message.contains("transaction is read-only")
        || message.contains("in a read-only transaction")) {
      return READ_ONLY;
    }
    boolean conflict =
        message.contains("Serializable isolation violation")
            || message.contains("could not open relation with OID")
            || message.matches("(?s)(ERROR: )?(1018|1023)\\b.*");
    return conflict ? CONFLICT : REFUSAL;
  }
}
