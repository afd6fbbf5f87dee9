package io.qupersync.infrastructure.aws;

import io.qupersync.infrastructure.jdbc.Endpoint;
import io.qupersync.infrastructure.redshift.Logins;
import java.time.InstantSource;
import java.util.Optional;

/// Logins that AWS gives, for the ways the configuration knows.
///
/// @param host empty leaves it to AWS, or to the secret
/// @param port of that host
public record AwsLogins(
    Optional<RedshiftDeployment> warehouse, Optional<String> host, int port, String database) {

  /// Temporary passwords by IAM.
  ///
  /// @param user of the database; empty takes the one that bears the name of the IAM identity
  /// @throws IllegalArgumentException when no warehouse is named
  public Logins temporary(Aws aws, Optional<String> user, InstantSource clock) {
    RedshiftDeployment known =
        warehouse.orElseThrow(
            () -> new IllegalArgumentException("temporary passwords are for a named warehouse"));
    var issuer = new TemporaryCredentials(aws, known, address(), database, user);
    return new RenewedLogins(issuer, endpoint(user.orElse("the IAM identity's user")), clock);
  }

  /// User and password that lie in AWS Secrets Manager.
  ///
  /// @param secret its name or ARN
  public Logins secret(Aws aws, String secret, InstantSource clock) {
    var issuer = new StoredSecret(aws, secret, address(), warehouse, database);
    return new RenewedLogins(issuer, endpoint("the secret's user"), clock);
  }

  private Optional<Address> address() {
    return host.map(known -> new Address(known, port));
  }

  private Endpoint endpoint(String user) {
    String where =
        host.or(() -> warehouse.map(RedshiftDeployment::toString)).orElse("the secret's host");
    return Endpoint.source(where, port, database, user);
  }
}
