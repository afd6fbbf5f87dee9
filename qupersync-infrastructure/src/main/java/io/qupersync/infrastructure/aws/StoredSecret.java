package io.qupersync.infrastructure.aws;

import io.qupersync.application.port.PermanentFailure;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.infrastructure.jdbc.Secret;
import io.qupersync.infrastructure.redshift.RedshiftSettings.Login;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// User and password from AWS Secrets Manager, in the form that its rotation and Redshift itself
/// write: `{"username", "password", "host", "port", "dbClusterIdentifier"}`.
final class StoredSecret implements LoginIssuer {

  /// A secret is replaced without a word: it is looked up again once in a while, and at once when
  /// the server refuses it.
  private static final Duration KEPT = Duration.ofMinutes(20);

  private static final int USUAL_PORT = 5439;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Aws aws;
  private final String name;
  private final Optional<Address> address;
  private final Optional<RedshiftDeployment> warehouse;
  private final String database;

  /// @param name or ARN
  /// @param address wins over what the secret says
  /// @param warehouse whose address AWS is asked for, where nobody else says one
  StoredSecret(
      Aws aws,
      String name,
      Optional<Address> address,
      Optional<RedshiftDeployment> warehouse,
      String database) {
    this.aws = aws;
    this.name = name;
    this.address = address;
    this.warehouse = warehouse;
    this.database = database;
  }

  @Override
  public Issued issue(Instant now) {
    var question =
        new Aws.Question(
            "secretsmanager:GetSecretValue", "secret '%s'".formatted(name), "source.secret");
    Optional<String> text =
        Optional.ofNullable(
            aws.secrets(
                question,
                client -> client.getSecretValue(ask -> ask.secretId(name)).secretString()));
    JsonNode secret = parsed(text.orElse(""));
    Address at = address.orElseGet(() -> addressIn(secret));
    var login =
        new Login(
            at.host(),
            at.port(),
            database,
            member(secret, "username"),
            new Secret(member(secret, "password")));
    return new Issued(login, now.plus(KEPT));
  }

  /// What the parser says of it is left out: it quotes the secret.
  private JsonNode parsed(String text) {
    try {
      JsonNode secret = JSON.readTree(text);
      if (secret.isObject()) {
        return secret;
      }
    } catch (JacksonException _) {
      // told below
    }
    throw unusable("is no JSON object");
  }

  private Address addressIn(JsonNode secret) {
    return text(secret, "host")
        .map(host -> new Address(host, secret.path("port").asInt(USUAL_PORT)))
        .or(() -> whose(secret).map(known -> Address.of(known, aws)))
        .orElseThrow(() -> unusable("names no 'host'; add it, or set source.host"));
  }

  private Optional<RedshiftDeployment> whose(JsonNode secret) {
    return warehouse.or(() ->
        text(secret, "dbClusterIdentifier")
            .<RedshiftDeployment>map(RedshiftDeployment.Cluster::new));
  }

  private String member(JsonNode secret, String key) {
    return text(secret, key).orElseThrow(() -> unusable("has no '%s'".formatted(key)));
  }

  private static Optional<String> text(JsonNode secret, String key) {
    return secret.path(key).asStringOpt().filter(text -> !text.isBlank());
  }

  private PermanentFailure unusable(String why) {
    return new PermanentFailure(
        FailureKind.UNREACHABLE,
        "cannot connect: secret '%s' %s; it is to hold {\"username\": …, \"password\": …, \"host\": …, \"port\": …}"
            .formatted(name, why));
  }
}
