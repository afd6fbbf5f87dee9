package io.qupersync.interfaces.http;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the OpenAPI document says of the API, to hold answers to it. */
final class Described {

  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final JsonNode DOCUMENT = OpenApi.document();
  private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();

  private Described() {}

  /** What contradicts the document in an answer; empty when nothing does. */
  static List<String> contradictions(
      String method, String path, int status, String type, String body) {
    Optional<JsonNode> operation = operation(method, path);
    if (operation.isEmpty()) {
      return List.of();
    }
    JsonNode response = operation.get().path("responses").path(Integer.toString(status));
    if (response.isMissingNode()) {
      return List.of("%s %s may not answer %d: %s".formatted(method, path, status, body));
    }
    if (response.has("$ref")) {
      response = DOCUMENT.at(response.path("$ref").asString().substring(1));
    }
    String media = type.split(";")[0];
    JsonNode schema = response.path("content").path(media).path("schema");
    if (schema.isMissingNode()) {
      return body.isEmpty() && !response.has("content")
          ? List.of()
          : List.of("%s %s may not answer %d as %s".formatted(method, path, status, media));
    }
    return media.endsWith("json") ? errors(schema, body) : List.of();
  }

  static Optional<JsonNode> operation(String method, String path) {
    if (!method.equals(method.toUpperCase(Locale.ROOT))) {
      return Optional.empty();
    }
    String plain = path.split("\\?")[0];
    return DOCUMENT.path("paths").properties().stream()
        .filter(entry -> matches(entry.getKey(), plain))
        .map(entry -> entry.getValue().path(method.toLowerCase(Locale.ROOT)))
        .filter(operation -> !operation.isMissingNode())
        .findFirst();
  }

  private static boolean matches(String template, String path) {
    return Pattern.matches(template.replaceAll("\\{[a-z]+}", "[^/]+"), path);
  }

  private static List<String> errors(JsonNode schema, String body) {
    return SCHEMAS
        .computeIfAbsent(schema.toString(), _ -> compiled(schema))
        .validate(body, InputFormat.JSON)
        .stream()
        .map(Object::toString)
        .toList();
  }

  private static Schema compiled(JsonNode schema) {
    ObjectNode whole = schema.deepCopy().asObject();
    whole.set("$defs", DOCUMENT.at("/components/schemas"));
    String text = whole.toString().replace("#/components/schemas/", "#/$defs/");
    return REGISTRY.getSchema(text, InputFormat.JSON);
  }
}
