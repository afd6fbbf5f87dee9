package io.qupersync.infrastructure.postgres;

import io.qupersync.domain.table.Identifier;
import io.qupersync.infrastructure.jdbc.Endpoint;
import io.qupersync.infrastructure.jdbc.Secret;
import io.qupersync.infrastructure.jdbc.TlsMode;
import io.qupersync.infrastructure.store.StateSchema;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The target.
///
/// @param rootCertificate the authority to trust, a PEM file; without it, those the JVM trusts
/// @param schema where state is kept
/// @param options properties of the PostgreSQL driver that go before our own
/// @param searchPath schemas that triggers and defaults of the job's tables look names up in,
///   beside `pg_catalog`; empty for none
/// @param maxConnections how many runs may write at once; four more connections serve the state
/// @param leaseTtl how long after its process died a job stays locked
public record PostgresSettings(
    String host,
    int port,
    String database,
    String user,
    Secret password,
    TlsMode tls,
    Optional<Path> rootCertificate,
    StateSchema schema,
    Map<String, String> options,
    List<Identifier> searchPath,
    int maxConnections,
    Duration leaseTtl) {

  private static final Duration SHORTEST_TTL = Duration.ofSeconds(1);

  /// Without a search path.
  public PostgresSettings(
      String host,
      int port,
      String database,
      String user,
      Secret password,
      TlsMode tls,
      Optional<Path> rootCertificate,
      StateSchema schema,
      Map<String, String> options,
      int maxConnections,
      Duration leaseTtl) {
    this(
        host,
        port,
        database,
        user,
        password,
        tls,
        rootCertificate,
        schema,
        options,
        List.of(),
        maxConnections,
        leaseTtl);
  }

  public PostgresSettings {
    options = Map.copyOf(options);
    searchPath = List.copyOf(searchPath);
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port must be 1 to 65535, was " + port);
    }
    if (maxConnections < 1) {
      throw new IllegalArgumentException(
          "max_connections must be at least 1, was " + maxConnections);
    }
    if (leaseTtl.compareTo(SHORTEST_TTL) < 0) {
      throw new IllegalArgumentException("a lease lasts at least a second, was " + leaseTtl);
    }
  }

  public Endpoint endpoint() {
    return Endpoint.target(host, port, database, user);
  }
}
