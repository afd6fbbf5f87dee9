package io.qupersync.interfaces.http;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Finds out who calls, by the bearer token of a request.
final class Authentication {

  private static final String SCHEME = "bearer ";

  private final List<AccessToken> tokens;

  Authentication(List<AccessToken> tokens) {
    this.tokens = List.copyOf(tokens);
  }

  /// Whether anybody has a token; if not, whoever reaches this server may do all.
  boolean asksForTokens() {
    return !tokens.isEmpty();
  }

  /// @param authorization the header's value
  /// @return empty when it holds no token that is known
  Optional<Caller> callerOf(String authorization) {
    if (!authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      return Optional.empty();
    }
    byte[] hash = AccessToken.sha256(authorization.substring(SCHEME.length()).strip());
    Optional<Caller> found = Optional.empty();
    // all of them, always: how long it takes says nothing about which one was near
    for (AccessToken token : tokens) {
      if (token.hasHash(hash)) {
        found = Optional.of(token.caller());
      }
    }
    return found;
  }
}
