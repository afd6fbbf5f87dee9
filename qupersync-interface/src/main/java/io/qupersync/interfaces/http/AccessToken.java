package io.qupersync.interfaces.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// A caller's token, of which only the hash is kept.
public final class AccessToken {

  private final String name;
  private final byte[] hash;
  private final Access access;

  private AccessToken(String name, byte[] hash, Access access) {
    this.name = name;
    this.hash = hash;
    this.access = access;
  }

  /// @param name who calls with it, for the audit log
  public static AccessToken of(String name, String token, Access access) {
    return new AccessToken(name, sha256(token), access);
  }

  Caller caller() {
    return new Caller(name, access);
  }

  /// Takes as long for a wrong hash as for the right one.
  boolean hasHash(byte[] other) {
    return MessageDigest.isEqual(hash, other);
  }

  static byte[] sha256(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  @Override
  public String toString() {
    return "token of " + name;
  }
}
