package io.qupersync.interfaces.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The description of the API for programs. It is written by hand; a test holds it to the routes,
/// another every answer of the tests to it.
final class OpenApi {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String FILE = "openapi.json";

  private OpenApi() {}

  static String text() {
    try (InputStream file = OpenApi.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IllegalStateException("the program lacks its file " + FILE);
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException("this program is damaged: " + FILE, broken);
    }
  }

  static JsonNode document() {
    return JSON.readTree(text());
  }

  /// Of a service that asks for no token: it has no word of tokens, and refuses nobody for want of
  /// one.
  static JsonNode withoutTokens() {
    ObjectNode document = JSON.readTree(text()).asObject();
    document.path("components").asObject().remove("securitySchemes");
    document.path("components").path("responses").asObject().remove("401");
    document
        .path("paths")
        .forEach(item ->
            item.forEach(operation -> {
              operation.asObject().remove("security");
              operation.path("responses").asObject().remove("401");
            }));
    return document;
  }
}
