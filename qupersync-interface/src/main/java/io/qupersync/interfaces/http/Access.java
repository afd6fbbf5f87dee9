package io.qupersync.interfaces.http;

import io.javalin.security.RouteRole;

/// Who may call a route.
public enum Access implements RouteRole {
  /// Everybody, without a token.
  OPEN,
  /// Reads.
  VIEWER,
  /// Reads, triggers and changes.
  OPERATOR;

  /// Whether somebody with this access may call a route that asks for the other.
  boolean covers(Access asked) {
    return compareTo(asked) >= 0;
  }
}
