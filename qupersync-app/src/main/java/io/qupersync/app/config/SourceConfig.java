package io.qupersync.app.config;

import io.qupersync.domain.job.Flavor;
import io.qupersync.domain.table.Identifier;
import io.qupersync.infrastructure.aws.RedshiftDeployment;
import io.qupersync.infrastructure.jdbc.Secret;
import io.qupersync.infrastructure.jdbc.TlsMode;
import io.qupersync.infrastructure.redshift.Logins;
import io.qupersync.infrastructure.redshift.RedshiftSettings;
import io.qupersync.infrastructure.redshift.RedshiftSettings.Encryption;
import io.qupersync.infrastructure.redshift.RedshiftSettings.Limits;
import io.qupersync.infrastructure.redshift.RedshiftSettings.Login;
import io.qupersync.infrastructure.redshift.Transactions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The warehouse to read from, as the section `source` describes it.
///
/// @param name stamps rows, so that several sources can share a target. `host/database` unless
///   given: some views show one database only, and a mirror deletes what its own source lacks
/// @param host always there with `auth: password`; else AWS may be asked for it
/// @param user always there with `auth: password`
/// @param password always there with `auth: password`, and then only
/// @param secret always there with `auth: secrets_manager`, and then only
/// @param views which system views the built-in jobs read
/// @param maxConnections how many connections QuperSync opens at most
/// @param queryGroup the label of QuperSync's own queries in the warehouse's logs
/// @param searchPath schemas in which a job's own query looks names up; empty for those of the user
/// @param readOnly whether rows are read in transactions that are declared read-only
/// @param options further properties for the Redshift driver
public record SourceConfig(
    String name,
    AuthSetting auth,
    Optional<String> host,
    int port,
    String database,
    Optional<String> user,
    Optional<Secret> password,
    Optional<String> clusterIdentifier,
    Optional<String> workgroup,
    Optional<String> region,
    Optional<String> secret,
    TlsMode ssl,
    Optional<Path> sslRootCert,
    FlavorSetting flavor,
    ViewsSetting views,
    int maxConnections,
    String queryGroup,
    boolean readOnly,
    List<Identifier> searchPath,
    DriverOptions options) {

  /// The same for the reader of Redshift.
  ///
  /// @throws IllegalArgumentException when an option would break a promise, or the query group
  ///   cannot be sent
  public RedshiftSettings redshiftSettings(Logins logins) {
    return new RedshiftSettings(
        logins,
        new Encryption(ssl, sslRootCert),
        flavor.known().or(this::flavorAtAws),
        Optional.of(name),
        Optional.of(queryGroup),
        limits(),
        options.values(),
        readOnly ? Transactions.READ_ONLY : Transactions.PLAIN,
        searchPath);
  }

  /// What kind of warehouse AWS knows under the name that is given.
  private Optional<Flavor> flavorAtAws() {
    return warehouse()
        .map(known ->
            switch (known) {
              case RedshiftDeployment.Cluster _ -> Flavor.PROVISIONED;
              case RedshiftDeployment.Workgroup _ -> Flavor.SERVERLESS;
            });
  }

  /// Of `auth: password`.
  public Login login() {
    return new Login(
        host.orElseThrow(), port, database, user.orElseThrow(), password.orElseThrow());
  }

  /// What AWS calls this warehouse, where it is named, or the host's name tells.
  public Optional<RedshiftDeployment> warehouse() {
    return clusterIdentifier
        .<RedshiftDeployment>map(RedshiftDeployment.Cluster::new)
        .or(() -> workgroup.map(RedshiftDeployment.Workgroup::new))
        .or(() -> host.flatMap(RedshiftDeployment::at).map(RedshiftDeployment.Placed::warehouse));
  }

  /// The provisioned cluster that AWS knows this source as.
  public Optional<RedshiftDeployment.Cluster> cluster() {
    return warehouse()
        .filter(RedshiftDeployment.Cluster.class::isInstance)
        .map(RedshiftDeployment.Cluster.class::cast);
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
