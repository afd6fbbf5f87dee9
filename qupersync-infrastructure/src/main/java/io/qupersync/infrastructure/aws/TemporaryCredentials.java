package io.qupersync.infrastructure.aws;

import io.qupersync.infrastructure.jdbc.Secret;
import io.qupersync.infrastructure.redshift.RedshiftSettings.Login;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.redshift.RedshiftClient;

/// Passwords that AWS gives to whom IAM allows it, for an hour.
final class TemporaryCredentials implements LoginIssuer {

  /// The longest that AWS grants: a renewal is one more thing that can fail.
  private static final int SECONDS = (int) Duration.ofHours(1).toSeconds();

  private final Aws aws;
  private final RedshiftDeployment redshiftDeployment;
  private final Optional<Address> address;
  private final String database;
  private final Optional<String> user;

  /// @param address empty asks AWS for it, each time anew
  /// @param user of a cluster's database, to log in as; empty logs in as the user that bears the
  ///   name of the IAM identity
  TemporaryCredentials(
      Aws aws,
      RedshiftDeployment redshiftDeployment,
      Optional<Address> address,
      String database,
      Optional<String> user) {
    this.aws = aws;
    this.redshiftDeployment = redshiftDeployment;
    this.address = address;
    this.database = database;
    this.user = user;
  }

  private record Granted(String user, String password, Instant until) {}

  @Override
  public Issued issue(Instant now) {
    Address at = address.orElseGet(() -> Address.of(redshiftDeployment, aws));
    Granted granted =
        switch (redshiftDeployment) {
          case RedshiftDeployment.Cluster cluster ->
              user.map(name -> asUser(cluster, name)).orElseGet(() -> asIdentity(cluster));
          case RedshiftDeployment.Workgroup workgroup -> serverless(workgroup);
        };
    var login =
        new Login(at.host(), at.port(), database, granted.user(), new Secret(granted.password()));
    return new Issued(login, granted.until());
  }

  private Granted asUser(RedshiftDeployment.Cluster cluster, String name) {
    return aws.redshift(
        question(cluster, "GetClusterCredentials"),
        client -> {
          var answer =
              client.getClusterCredentials(ask ->
                  ask.clusterIdentifier(cluster.identifier())
                      .dbName(database)
                      .dbUser(name)
                      .autoCreate(false)
                      .durationSeconds(SECONDS));
          return new Granted(answer.dbUser(), answer.dbPassword(), answer.expiration());
        });
  }

  private Granted asIdentity(RedshiftDeployment.Cluster cluster) {
    return aws.redshift(
        question(cluster, "GetClusterCredentialsWithIAM"), client -> asIdentity(client, cluster));
  }

  private Granted asIdentity(RedshiftClient client, RedshiftDeployment.Cluster cluster) {
    var answer =
        client.getClusterCredentialsWithIAM(ask ->
            ask.clusterIdentifier(cluster.identifier()).dbName(database).durationSeconds(SECONDS));
    return new Granted(answer.dbUser(), answer.dbPassword(), answer.expiration());
  }

  private static Aws.Question question(RedshiftDeployment.Cluster cluster, String operation) {
    return new Aws.Question(
        "redshift:" + operation, cluster.toString(), "source.cluster_identifier");
  }

  private Granted serverless(RedshiftDeployment.Workgroup workgroup) {
    var question =
        new Aws.Question(
            "redshift-serverless:GetCredentials", workgroup.toString(), "source.workgroup");
    return aws.serverless(
        question,
        client -> {
          var answer =
              client.getCredentials(ask ->
                  ask.workgroupName(workgroup.name()).dbName(database).durationSeconds(SECONDS));
          return new Granted(answer.dbUser(), answer.dbPassword(), answer.expiration());
        });
  }
}
