package io.qupersync.app.config;

import java.nio.file.Path;
import java.time.Duration;

/// Reads the sections `source` and `target`.
final class DatabaseReaders {

  private static final int REDSHIFT_PORT = 5439;
  private static final int POSTGRES_PORT = 5432;
  private static final int MOST_CONNECTIONS = 500;

  private static final Duration LEASE_TTL = Duration.ofSeconds(30);
  private static final Duration SHORTEST_LEASE_TTL = Duration.ofSeconds(1);

  private DatabaseReaders() {}

  static SourceConfig source(Section section, Path directory) {
    var connection = new ConnectionReader(section, directory);
    String host = connection.required("host");
    String database = connection.required("database");
    String user = connection.required("user");
    var source =
        new SourceConfig(
            section.read("name", Values::text).orElse(host + "/" + database),
            host,
            connection.port(REDSHIFT_PORT),
            database,
            user,
            connection.password(),
            connection.ssl(host),
            connection.sslRootCert(),
            section
                .read("flavor", Values.oneOf(FlavorSetting.class, '-'))
                .orElse(FlavorSetting.AUTO),
            section.read("max_connections", Values.smallNumber(1, MOST_CONNECTIONS)).orElse(4),
            section.read("query_group", Values::text).orElse("qupersync"),
            new DriverOptions(section.texts("options")));
    boolean complete = !host.isEmpty() && !database.isEmpty() && !user.isEmpty();
    if (complete) {
      // what only the reader of Redshift knows to refuse, said here and now
      section.built(section.placeOf("options"), source::redshiftSettings);
    }
    return source;
  }

  static TargetConfig target(Section section, Path directory) {
    var connection = new ConnectionReader(section, directory);
    String host = connection.required("host");
    return new TargetConfig(
        host,
        connection.port(POSTGRES_PORT),
        connection.required("database"),
        connection.required("user"),
        connection.password(),
        connection.ssl(host),
        connection.sslRootCert(),
        section.read("schema", Values::text).orElse("quper"),
        section.read("pool_size", Values.smallNumber(1, MOST_CONNECTIONS)).orElse(8),
        section.read("lease_ttl", DatabaseReaders::leaseTtl).orElse(LEASE_TTL),
        new DriverOptions(section.texts("options")));
  }

  private static Duration leaseTtl(String text) {
    Duration ttl = Durations.parse(text);
    if (ttl.compareTo(SHORTEST_LEASE_TTL) < 0) {
      throw new IllegalArgumentException("must be 1s or longer, was " + text);
    }
    return ttl;
  }
}
