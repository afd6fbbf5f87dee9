package io.qupersync.app.config;

import io.qupersync.infrastructure.jdbc.Secret;
import io.qupersync.infrastructure.jdbc.TlsMode;
import io.qupersync.infrastructure.redshift.RedshiftSettings;
import io.qupersync.infrastructure.redshift.RedshiftSettings.Encryption;
import io.qupersync.infrastructure.redshift.RedshiftSettings.Limits;
import io.qupersync.infrastructure.redshift.RedshiftSettings.Login;
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
    TlsMode ssl,
    Optional<Path> sslRootCert,
    FlavorSetting flavor,
    int maxConnections,
    String queryGroup,
    DriverOptions options) {

  /// The same for the reader of Redshift.
  ///
  /// @throws IllegalArgumentException when an option would break a promise, or the query group
  ///   cannot be sent
  public RedshiftSettings redshiftSettings() {
    return new RedshiftSettings(
        new Login(host, port, database, user, password),
        new Encryption(ssl, sslRootCert),
        flavor.known(),
        Optional.of(name),
        Optional.of(queryGroup),
        limits(),
        options.values());
  }

  private Limits limits() {
    Limits standard = Limits.defaults();
    return new Limits(
        maxConnections,
        standard.connectTimeout(),
        standard.loginTimeout(),
        standard.socketTimeout(),
        standard.fetchBytes(),
        standard.batchBytes());
  }
}
