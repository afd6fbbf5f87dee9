package io.qupersync.interfaces.http;

/// Who makes a request.
///
/// @param name the token's, or `local` where no tokens are set and only this machine can call
record Caller(String name, Access access) {

  /// Whoever sits on this machine, where no tokens are set.
  static final Caller LOCAL = new Caller("local", Access.OPERATOR);

  /// Who has shown no token.
  static final Caller ANONYMOUS = new Caller("anonymous", Access.OPEN);
}
