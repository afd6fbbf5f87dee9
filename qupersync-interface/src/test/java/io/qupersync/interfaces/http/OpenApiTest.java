package io.qupersync.interfaces.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class OpenApiTest {

  /** Documents for people, and what they are made of. */
  private static final Pattern FOR_PEOPLE = Pattern.compile("/|/jobs/.*|/page/.*|/docs.*");

  private static final Set<String> DESCRIPTIONS = Set.of("/openapi.json", "/schema.json");

  private final Served api = Served.openly();

  @AfterEach
  void stop() {
    api.close();
  }

  private static JsonNode operations() {
    return OpenApi.document().path("paths");
  }

  @Test
  void describes_every_route_and_no_other() {
    Set<String> served = new TreeSet<>();
    for (Routes.Route route : HttpApi.routesOf(api.resources()).all()) {
      boolean described =
          !FOR_PEOPLE.matcher(route.path()).matches() && !DESCRIPTIONS.contains(route.path());
      if (described) {
        served.add(line(route.method().toString(), route.path(), route.access().name()));
      }
    }
    Set<String> described = new TreeSet<>();
    operations()
        .forEachEntry((path, item) ->
            item.forEachEntry((method, operation) ->
                described.add(line(method, path, operation.path("x-access").asString()))));
    assertThat(described).isEqualTo(served);
  }

  private static String line(String method, String path, String access) {
    return "%s %s %s".formatted(method, path, access).toLowerCase(Locale.ROOT);
  }

  /** The schema that the OpenAPI Initiative publishes for version 3.1. */
  @Test
  void is_valid_openapi() throws IOException {
    Schema specification =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(resource("/openapi-3.1.schema.json"), InputFormat.JSON);
    assertThat(specification.validate(OpenApi.text(), InputFormat.JSON)).isEmpty();
    assertThat(specification.validate("{\"openapi\": \"3.1.0\"}", InputFormat.JSON))
        .as("a document that is none")
        .isNotEmpty();
  }

  @Test
  void holds_valid_schemas_only() {
    Schema metaSchema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));
    OpenApi.document()
        .at("/components/schemas")
        .forEachEntry((name, schema) ->
            assertThat(metaSchema.validate(schema.toString(), InputFormat.JSON))
                .as(name)
                .isEmpty());
  }

  @Test
  void refers_to_nothing_that_is_not_there() {
    Matcher references = Pattern.compile("\"#(/[^\"]+)\"").matcher(OpenApi.text());
    int found = 0;
    while (references.find()) {
      assertThat(OpenApi.document().at(references.group(1)).isMissingNode())
          .as(references.group(1))
          .isFalse();
      found++;
    }
    assertThat(found).isPositive();
  }

  @Test
  void names_every_parameter_of_a_path() {
    operations()
        .forEachEntry((path, item) ->
            item.forEach(operation ->
                assertThat(
                        operation.path("parameters").values().stream()
                            .filter(p -> p.path("in").asString().equals("path"))
                            .map(p -> "{" + p.path("name").asString() + "}")
                            .toList())
                    .as(path)
                    .isEqualTo(placesIn(path))));
  }

  private static List<String> placesIn(String path) {
    return Pattern.compile("\\{[a-z]+}")
        .matcher(path)
        .results()
        .map(found -> found.group())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/docs", "/docs/problems"})
  void is_shown_to_people_without_anything_from_elsewhere(String path) {
    Served.Answer page = api.get(path);
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type")).startsWith("text/html");
    assertThat(page.response().body())
        .contains("<h1>")
        .doesNotContainPattern("(src|href)=\"(https?:)?//")
        .doesNotContain("<script")
        .doesNotContain("<style");
  }

  @Test
  void shows_every_operation_and_every_problem_to_people() {
    String docs = api.get("/docs").response().body();
    operations()
        .forEach(item ->
            item.forEach(operation ->
                assertThat(docs)
                    .contains("id=\"%s\"".formatted(operation.path("operationId").asString()))));
    String problems = api.get("/docs/problems").response().body();
    for (ProblemType type : ProblemType.values()) {
      assertThat(problems).contains("id=\"%s\"".formatted(type.slug()));
    }
  }

  @Test
  void is_served_with_the_schema_of_the_configuration() {
    assertThat(api.get("/openapi.json").json()).isEqualTo(OpenApi.withoutTokens());
    assertThat(api.get("/schema.json").header("Content-Type"))
        .startsWith("application/schema+json");
  }

  @Test
  void asks_for_a_token_where_the_service_does_and_only_there() {
    assertThat(api.get("/openapi.json").response().body())
        .doesNotContain("securitySchemes", "\"security\"", "\"401\"");
    try (var locked = Served.withTokens(AccessToken.of("board", "see-all", Access.VIEWER))) {
      assertThat(locked.get("/openapi.json").json()).isEqualTo(OpenApi.document());
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream file = OpenApiTest.class.getResourceAsStream(name)) {
      return new String(file.readAllBytes(), UTF_8);
    }
  }
}
