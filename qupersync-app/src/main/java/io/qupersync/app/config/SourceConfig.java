package io.qupersync.app.config;

import java.nio.file.Path;
import java.util.Optional;

/// The warehouse to read from, as the section `source` describes it.
///
/// @param name stamps rows, so that several sources can share a target. `host/database` unless
///   given: some views show one database only, and a mirror deletes what its own source lacks
/// @param maxConnections how many connections QuperSync opens at most
/// @param queryGroup the label of QuperSync's own queries in the warehouse's logs
/// @param options further properties for the Redshift driver
public record SourceConfig(
    String name,
    String host,
    int port,
    String database,
    String user,
    Secret password,
    SslMode ssl,
    Optional<Path> sslRootCert,
    FlavorSetting flavor,
    int maxConnections,
    String queryGroup,
    DriverOptions options) {}
