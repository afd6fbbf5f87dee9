package io.qupersync.interfaces.http;

import io.javalin.http.Context;
import io.qupersync.interfaces.http.page.ApiPage;
import io.qupersync.interfaces.http.page.ProblemsPage;
import io.qupersync.interfaces.http.page.ProblemsPage.Kind;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// `/openapi.json` for programs, `/docs` for people, `/schema.json` for editors: what the API and
/// the configuration look like. Nothing of it is fetched from elsewhere.
public final class DocsRoutes implements Resource {

  private static final String HTML = "text/html; charset=utf-8";

  private final String openApi;
  private final String api;
  private final String problems = ProblemsPage.of(kinds()).toString();
  private final String schema;

  /// @param schema the JSON Schema of the configuration file
  /// @param settings whether tokens are asked for
  public DocsRoutes(String schema, HttpSettings settings) {
    JsonNode document = settings.tokens().isEmpty() ? OpenApi.withoutTokens() : OpenApi.document();
    this.openApi = document.toString();
    this.api = ApiPage.of(document).toString();
    this.schema = schema;
  }

  @Override
  public void addTo(Routes routes) {
    routes.get("/openapi.json", Access.OPEN, request -> send(request, "application/json", openApi));
    routes.get(
        "/schema.json", Access.OPEN, request -> send(request, "application/schema+json", schema));
    routes.get("/docs", Access.OPEN, request -> send(request, HTML, api));
    routes.get("/docs/problems", Access.OPEN, request -> send(request, HTML, problems));
  }

  private static void send(Context request, String type, String text) {
    request.contentType(type).result(text);
  }

  private static List<Kind> kinds() {
    return Arrays.stream(ProblemType.values())
        .map(type -> new Kind(type.slug(), type.status().getCode(), type.title(), type.advice()))
        .toList();
  }
}
