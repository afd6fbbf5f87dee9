package io.qupersync.app.config;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.domain.job.SyncJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A working directory with configuration files, and an environment. */
final class ConfigurationFixture {

  /** All that must be said of the two databases. */
  static final String DATABASES =
      """
      source: { host: redshift.example, database: dev, user: reader, password: s3cret-one }
      target: { host: postgres.example, database: quper, user: writer, password: s3cret-two }
      """;

  private final Path directory;
  private final Map<String, String> environment = new HashMap<>();

  ConfigurationFixture(Path directory) {
    this.directory = directory;
  }

  static Map<String, String> wholeEnvironment() {
    return Map.of(
        "REDSHIFT_HOST", "redshift.example",
        "REDSHIFT_DB", "dev",
        "REDSHIFT_USER", "reader",
        "REDSHIFT_PASSWORD", "s3cret-one",
        "POSTGRES_HOST", "postgres.example",
        "POSTGRES_DB", "quper",
        "POSTGRES_USER", "writer",
        "POSTGRES_PASSWORD", "s3cret-two");
  }

  ConfigurationFixture with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  ConfigurationFixture without(String variable) {
    environment.remove(variable);
    return this;
  }

  ConfigurationFixture with(Map<String, String> variables) {
    environment.putAll(variables);
    return this;
  }

  ConfigurationFixture file(String name, String text) {
    try {
      Path file = directory.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      return this;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Writes qupersync.yaml. */
  ConfigurationFixture yaml(String text) {
    return file("qupersync.yaml", text);
  }

  /** Writes qupersync.yaml: both databases in its first two lines, then the given text. */
  ConfigurationFixture yamlWithDatabases(String text) {
    return yaml(DATABASES + text);
  }

  ConfigurationLoader loader() {
    return new ConfigurationLoader(environment, directory);
  }

  Configuration loaded() {
    return switch (loader().loadDefault()) {
      case LoadResult.Done(Configuration configuration) -> configuration;
      case LoadResult.Refused(var problems) ->
          throw new AssertionError(
              problems.stream().map(Object::toString).collect(joining("\n", "\n", "\n")));
    };
  }

  /** One line per problem. */
  List<String> problems() {
    LoadResult loadResult = loader().loadDefault();
    assertThat(loadResult).isInstanceOf(LoadResult.Refused.class);
    return ((LoadResult.Refused) loadResult).problems().stream().map(Object::toString).toList();
  }

  SyncJob job(String name) {
    JobVariants job = flavoredJob(name);
    assertThat(job.dependsOnFlavor()).isFalse();
    return job.provisioned();
  }

  JobVariants flavoredJob(String name) {
    return loaded().jobs().find(new JobId(name)).orElseThrow();
  }
}
