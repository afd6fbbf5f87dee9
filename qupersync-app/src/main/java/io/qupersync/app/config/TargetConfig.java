package io.qupersync.app.config;

import io.qupersync.domain.table.Identifier;
import io.qupersync.infrastructure.jdbc.Secret;
import io.qupersync.infrastructure.jdbc.TlsMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The PostgreSQL to write to, as the section `target` describes it.
///
/// @param schema holds QuperSync's own tables, and every job's table that names no schema
/// @param poolSize how many runs may write at once; a few more connections serve QuperSync's own
///   tables
/// @param leaseTtl how long a run that no longer renews its lease, since its machine died or
///   stalled, keeps other machines from its job
/// @param searchPath schemas in which triggers and defaults of the jobs' tables look names up
/// @param options further properties for the PostgreSQL driver
public record TargetConfig(
    String host,
    int port,
    String database,
    String user,
    Secret password,
    TlsMode ssl,
    Optional<Path> sslRootCert,
    String schema,
    int poolSize,
    Duration leaseTtl,
    List<Identifier> searchPath,
    DriverOptions options) {}
