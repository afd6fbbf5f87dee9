package io.qupersync.app.config;

import io.qupersync.domain.table.Identifier;
import io.qupersync.infrastructure.aws.RedshiftDeployment;
import io.qupersync.infrastructure.jdbc.AllowedOptions;
import io.qupersync.infrastructure.jdbc.Secret;
import io.qupersync.infrastructure.redshift.RedshiftSettings.Login;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the section `source`.
final class SourceSectionReader {

  private static final int USUAL_PORT = 5439;
  private static final int MOST_CONNECTIONS = 500;

  /// `arn:aws:secretsmanager:us-west-2:123456789012:secret:prod/redshift-AbCdEf`
  private static final Pattern SECRET_ARN = Pattern.compile("arn:[^:]+:secretsmanager:([^:]+):.*");

  private final Section section;
  private final ConnectionReader connection;
  private final AuthSetting auth;

  private SourceSectionReader(Section section, Path directory) {
    this.section = section;
    this.connection = new ConnectionReader(section, directory);
    this.auth =
        section.read("auth", Values.oneOf(AuthSetting.class, '_')).orElse(AuthSetting.PASSWORD);
  }

  static SourceConfig read(Section section, Path directory) {
    return new SourceSectionReader(section, directory).read();
  }

  private SourceConfig read() {
    Optional<String> host = ofPasswordAlways("host");
    String database = connection.required("database");
    Optional<String> cluster = section.read("cluster_identifier", Values::text);
    Optional<String> workgroup = section.read("workgroup", Values::text);
    Optional<String> secret = section.read("secret", Values::text);
    String where = host.or(() -> cluster).or(() -> workgroup).or(() -> secret).orElse("redshift");
    var source =
        new SourceConfig(
            section.read("name", Values::text).orElse(where + "/" + database),
            auth,
            host,
            connection.port(USUAL_PORT),
            database,
            ofPasswordAlways("user"),
            password(),
            cluster,
            workgroup,
            region(host, secret),
            secret,
            connection.ssl(host.orElse("")),
            connection.sslRootCert(),
            section
                .read("flavor", Values.oneOf(FlavorSetting.class, '-'))
                .orElse(FlavorSetting.AUTO),
            section.read("views", Values.oneOf(ViewsSetting.class, '-')).orElse(ViewsSetting.AUTO),
            section.read("max_connections", Values.smallNumber(1, MOST_CONNECTIONS)).orElse(4),
            section.read("query_group", Values::text).orElse("qupersync"),
            section.read("read_only", Values::flag).orElse(false),
            section.readAll("search_path", Identifier::new),
            DriverOptions.read(section, AllowedOptions.REDSHIFT));
    check(source);
    return source;
  }

  private Optional<String> ofPasswordAlways(String key) {
    return auth == AuthSetting.PASSWORD
        ? Optional.of(connection.required(key))
        : section.read(key, Values::text);
  }

  private Optional<Secret> password() {
    return auth == AuthSetting.PASSWORD
        ? Optional.of(connection.password())
        : section.read("password", Secret::new);
  }

  private Optional<String> region(Optional<String> host, Optional<String> secret) {
    return section
        .read("region", Values::text)
        .or(() -> secret.map(SECRET_ARN::matcher).filter(Matcher::matches).map(arn -> arn.group(1)))
        .or(() -> host.flatMap(RedshiftDeployment::at).map(RedshiftDeployment.Placed::region));
  }

  private void check(SourceConfig source) {
    switch (auth) {
      case PASSWORD -> {
        refuse("workgroup", "secret");
        if (source.flavor() != FlavorSetting.RA3) {
          refuse("cluster_identifier", "region");
        }
      }
      case IAM -> {
        refuse("password", "secret");
        requireWarehouse(source);
      }
      case SECRETS_MANAGER -> {
        refuse("user", "password");
        if (!section.has("secret")) {
          problem(
              "auth",
              "is secrets_manager, but no secret is named; write secret: with its name or ARN");
        }
      }
    }
    if (source.flavor() == FlavorSetting.RA3 && source.cluster().isEmpty()) {
      problem(
          "flavor",
          "is ra3, so that AWS is asked about the cluster; write cluster_identifier: with its name");
    }
    if (section.has("cluster_identifier") && section.has("workgroup")) {
      problem("workgroup", "a source is either a cluster or a workgroup; remove one of the two");
    }
    // what only the reader of Redshift knows to refuse, said here and now
    var anybody = new Login("localhost", USUAL_PORT, "dev", "anybody", new Secret(""));
    section.built(section.placeOf("options"), () -> source.redshiftSettings(anybody));
  }

  private void requireWarehouse(SourceConfig source) {
    Optional<RedshiftDeployment> warehouse = source.warehouse();
    if (warehouse.isEmpty()) {
      problem(
          "auth",
          "is iam, but it is not known of what; write cluster_identifier: or workgroup: with its name");
    }
    if (warehouse.filter(RedshiftDeployment.Workgroup.class::isInstance).isPresent()
        && source.user().isPresent()) {
      problem("user", "a workgroup lets the IAM identity in as its own user; remove it");
    }
  }

  /// What would be read and not heeded, must not stand there.
  private void refuse(String... keys) {
    for (String key : List.of(keys)) {
      if (section.has(key)) {
        problem(key, "has no meaning with auth: %s; remove it".formatted(Values.word(auth, '_')));
      }
    }
  }

  private void problem(String key, String message) {
    section.bareProblem(section.placeOf(key), section.pathOf(key) + ": " + message);
  }
}
