package io.qupersync.app.config;

import io.qupersync.domain.table.Identifier;
import io.qupersync.infrastructure.jdbc.AllowedOptions;
import io.qupersync.interfaces.text.Durations;
import java.nio.file.Path;
import java.time.Duration;

/// Reads the section `target`.
final class TargetSectionReader {

  private static final int POSTGRES_PORT = 5432;
  private static final int MOST_CONNECTIONS = 500;

  private static final Duration LEASE_TTL = Duration.ofSeconds(30);
  private static final Duration SHORTEST_LEASE_TTL = Duration.ofSeconds(1);

  private TargetSectionReader() {}

  static TargetConfig read(Section section, Path directory) {
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
        section.read("lease_ttl", TargetSectionReader::leaseTtl).orElse(LEASE_TTL),
        section.readAll("search_path", Identifier::new),
        DriverOptions.read(section, AllowedOptions.POSTGRES));
  }

  private static Duration leaseTtl(String text) {
    Duration ttl = Durations.parse(text);
    if (ttl.compareTo(SHORTEST_LEASE_TTL) < 0) {
      throw new IllegalArgumentException("must be 1s or longer, was " + text);
    }
    return ttl;
  }
}
