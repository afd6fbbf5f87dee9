package io.qupersync.infrastructure.jdbc;

import io.qupersync.domain.run.FailureKind;

/// A database as its users know it: enough to say in a message which one is meant, and under which
/// key of the configuration it stands.
public record Endpoint(Side side, String host, int port, String database, String user) {

  /// On which end of the copying a database stands.
  public enum Side {
    SOURCE("source", "Redshift", FailureKind.SOURCE),
    TARGET("target", "PostgreSQL", FailureKind.TARGET);

    private final String key;
    private final String product;
    private final FailureKind kind;

    Side(String key, String product, FailureKind kind) {
      this.key = key;
      this.product = product;
      this.kind = kind;
    }

    /// The section of the configuration file that describes it.
    public String key() {
      return key;
    }

    /// Of a failure that this side is to blame for.
    public FailureKind kind() {
      return kind;
    }
  }

  public static Endpoint source(String host, int port, String database, String user) {
    return new Endpoint(Side.SOURCE, host, port, database, user);
  }

  public static Endpoint target(String host, int port, String database, String user) {
    return new Endpoint(Side.TARGET, host, port, database, user);
  }

  /// Such as `Redshift at my-cluster:5439/dev`.
  @Override
  public String toString() {
    return "%s at %s:%d/%s".formatted(side.product, host, port, database);
  }
}
