package io.qupersync.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds the schema that editors read to what the loader knows. */
class SchemaTest {

  private static final JsonNode SCHEMA = JsonMapper.shared().readTree(ConfigurationSchema.text());

  private static final Map<Keys, String> PLACES =
      Map.ofEntries(
          Map.entry(Keys.ROOT, "/properties"),
          Map.entry(Keys.SOURCE, "/properties/source/properties"),
          Map.entry(Keys.TARGET, "/properties/target/properties"),
          Map.entry(Keys.SERVER, "/properties/server/properties"),
          Map.entry(Keys.TLS, "/properties/server/properties/tls/properties"),
          Map.entry(Keys.TOKEN, "/properties/server/properties/tokens/items/properties"),
          Map.entry(Keys.ALERT, "/properties/alerts/items/properties"),
          Map.entry(Keys.DEFAULTS, "/properties/defaults/properties"),
          Map.entry(Keys.RETRY, "/$defs/retry/properties"),
          Map.entry(Keys.JOB, "/$defs/job/properties"),
          Map.entry(Keys.FLAVORS, "/$defs/job/properties/flavors/properties"),
          Map.entry(Keys.FLAVORED_JOB, "/$defs/flavored_job/properties"),
          Map.entry(Keys.JOB_SOURCE, "/$defs/job/properties/source/properties"),
          Map.entry(Keys.WATERMARK, "/$defs/job/properties/watermark/properties"),
          Map.entry(Keys.OPEN, "/$defs/job/properties/watermark/properties/open/properties"),
          Map.entry(Keys.SCHEDULE, "/$defs/job/properties/schedule/anyOf/2/properties"),
          Map.entry(Keys.COLUMN, "/$defs/column/properties"),
          Map.entry(Keys.STAMP, "/$defs/job/properties/stamp/properties"));

  private static List<String> problems(String yaml) {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(ConfigurationSchema.text());
    return schema.validate(yaml, InputFormat.YAML).stream().map(Object::toString).toList();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MORE_JOBS")
  void lists_the_keys_the_loader_knows_and_no_others(Keys keys) {
    JsonNode listed = SCHEMA.at(PLACES.get(keys));

    assertThat(listed.propertyNames()).containsExactlyInAnyOrderElementsOf(keys.names());
  }

  @Test
  void describes_every_key() {
    for (Map.Entry<Keys, String> place : PLACES.entrySet()) {
      for (Map.Entry<String, JsonNode> key : SCHEMA.at(place.getValue()).properties()) {
        String reference = key.getValue().path("$ref").asString("");
        assertThat(key.getValue().has("description") || reference.startsWith("#/$defs/"))
            .as("%s has a description", key.getKey())
            .isTrue();
      }
    }
  }

  @Test
  void accepts_the_built_in_jobs() throws IOException {
    try (var yaml = SchemaTest.class.getResourceAsStream("builtin-jobs.yaml")) {
      assertThat(problems(new String(yaml.readAllBytes(), StandardCharsets.UTF_8))).isEmpty();
    }
  }

  @Test
  void accepts_the_example_with_every_key() throws IOException {
    assertThat(problems(Files.readString(StartingConfigurationTest.FILE))).isEmpty();
    assertThat(problems(StartingConfigurationTest.withEveryKey())).isEmpty();
  }

  @Test
  void accepts_the_documented_example() {
    assertThat(problems(DocumentedExampleTest.EXAMPLE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sauce: {}",
        "source: { port: 70000 }",
        "source: { ssl: prefer }",
        "alerts: [ { name: x } ]",
        "alerts: [ { url: x, format: xml } ]",
        "alerts: [ { url: x, events: [broken] } ]",
        "defaults: { interval: 5 minuts }",
        "defaults: { interval: 300 }",
        "defaults: { batch_size: 0 }",
        "defaults: { parallel: 65 }",
        "jobs: { a: { mode: all } }",
        "jobs: { a: { conflict: latest-wins } }",
        "jobs: { a: { schedule: sometimes } }",
        "jobs: { a: { source: { table: t, query: q } } }",
        "jobs: { a: { columns: { c: { normalize: [strip] } } } }",
        "jobs: { a: { flavors: { serverless: { enabled: true } } } }",
      })
  void refuses_what_the_loader_refuses(String yaml) {
    assertThat(problems(yaml)).isNotEmpty();
  }

  @Test
  void lies_beside_the_example_for_editors() throws IOException {
    assertThat(Path.of("../config/qupersync.schema.json")).hasContent(ConfigurationSchema.text());
    assertThat(Files.readString(StartingConfigurationTest.FILE))
        .startsWith("# yaml-language-server: $schema=qupersync.schema.json\n");
  }
}
