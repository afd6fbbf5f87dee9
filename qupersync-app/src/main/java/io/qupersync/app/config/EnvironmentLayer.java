package io.qupersync.app.config;

import io.qupersync.app.config.document.Node;
import io.qupersync.app.config.document.Node.Field;
import io.qupersync.app.config.document.Node.Fields;
import io.qupersync.app.config.document.Problems;
import io.qupersync.app.config.document.SourceLocation;
import io.qupersync.app.config.document.SourceLocation.InEnvironment;
import io.qupersync.infrastructure.jdbc.Secret;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The variables that stand for keys of the file: alone they are configuration enough, and with a
/// file they fill in what it leaves out. A variable that is set but empty counts as not set.
final class EnvironmentLayer {

  /// Where the keys stand that the environment gives.
  static final SourceLocation PLACE = new InEnvironment("");

  private static final String INTERVAL_SECONDS = "SYNC_INTERVAL_SECONDS";
  private static final Pattern SECONDS = Pattern.compile("[1-9]\\d{0,8}");

  private static final List<Variable> VARIABLES =
      List.of(
          new Variable("REDSHIFT_HOST", "source", "host"),
          new Variable("REDSHIFT_PORT", "source", "port"),
          new Variable("REDSHIFT_DB", "source", "database"),
          new Variable("REDSHIFT_USER", "source", "user"),
          new Variable("REDSHIFT_PASSWORD", "source", "password"),
          new Variable("REDSHIFT_SSL", "source", "ssl"),
          new Variable("REDSHIFT_FLAVOR", "source", "flavor"),
          new Variable("REDSHIFT_AUTH", "source", "auth"),
          new Variable("REDSHIFT_CLUSTER_IDENTIFIER", "source", "cluster_identifier"),
          new Variable("REDSHIFT_WORKGROUP", "source", "workgroup"),
          new Variable("REDSHIFT_SECRET", "source", "secret"),
          new Variable("POSTGRES_HOST", "target", "host"),
          new Variable("POSTGRES_PORT", "target", "port"),
          new Variable("POSTGRES_DB", "target", "database"),
          new Variable("POSTGRES_USER", "target", "user"),
          new Variable("POSTGRES_PASSWORD", "target", "password"),
          new Variable("POSTGRES_SSL", "target", "ssl"),
          new Variable(INTERVAL_SECONDS, "defaults", "interval"),
          new Variable("SYNC_BATCH_SIZE", "defaults", "batch_size"),
          new Variable("TIMEZONE", "defaults", "timezone"));

  private final Map<String, String> environment;

  EnvironmentLayer(Map<String, String> environment) {
    this.environment = environment;
  }

  /// A variable and the key it stands for.
  private record Variable(String name, String section, String key) {}

  /// The variable that stands for a key.
  static Optional<String> variableFor(String path) {
    return VARIABLES.stream()
        .filter(variable -> path.equals(variable.section() + "." + variable.key()))
        .map(Variable::name)
        .findFirst();
  }

  /// The keys that the environment gives, as a file would.
  Fields read(Problems problems) {
    var sections = new LinkedHashMap<String, Map<String, Field>>();
    for (Variable variable : VARIABLES) {
      var section = sections.computeIfAbsent(variable.section(), _ -> new LinkedHashMap<>());
      value(variable.name())
          .map(text -> node(variable.name(), text, problems))
          .ifPresent(node -> section.put(variable.key(), new Field(node.place(), node)));
    }
    var root = new LinkedHashMap<String, Field>();
    sections.forEach((name, fields) -> root.put(name, new Field(PLACE, new Fields(PLACE, fields))));
    return new Fields(PLACE, root);
  }

  AwsConfig aws(Problems problems) {
    return new AwsConfig(
        value("AWS_ACCESS_KEY_ID"),
        value("AWS_SECRET_ACCESS_KEY").map(Secret::new),
        value("AWS_SESSION_TOKEN").map(Secret::new),
        value("AWS_REGION").or(() -> value("AWS_DEFAULT_REGION")),
        value("AWS_ENDPOINT_URL").flatMap(url -> url("AWS_ENDPOINT_URL", url, problems)));
  }

  private static Optional<URI> url(String name, String text, Problems problems) {
    if (text.matches("https?://[^/?#\\s]+/?")) {
      return Optional.of(URI.create(text));
    }
    problems.add(
        new InEnvironment(name),
        "'%s' is no address; write one such as https://vpce-123.redshift.us-west-2.vpce.amazonaws.com"
            .formatted(text));
    return Optional.empty();
  }

  private Optional<String> value(String name) {
    return Optional.ofNullable(environment.get(name)).filter(text -> !text.isEmpty());
  }

  private static Node node(String name, String text, Problems problems) {
    SourceLocation sourceLocation = new InEnvironment(name);
    if (!name.equals(INTERVAL_SECONDS)) {
      return new Node.Text(sourceLocation, text, text);
    }
    if (!SECONDS.matcher(text).matches()) {
      problems.add(
          sourceLocation,
          "'%s' is no number of seconds; write a whole number such as 300".formatted(text));
      return new Node.Broken(sourceLocation);
    }
    return new Node.Text(sourceLocation, text + "s", text + "s");
  }
}
