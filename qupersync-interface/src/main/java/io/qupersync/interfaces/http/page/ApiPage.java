package io.qupersync.interfaces.http.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// The document that shows the API to people, made of its OpenAPI description.
public final class ApiPage {

  private ApiPage() {}

  /// @param openApi an OpenAPI 3.1 document
  public static Html of(JsonNode openApi) {
    var sections = new ArrayList<Html>();
    for (JsonNode tag : openApi.path("tags")) {
      sections.add(section(tag, openApi));
    }
    return Docs.document(
        "API",
        Html.of(
            """
            <h1>API</h1>
            <p>{}</p>
            <p>{} Every error is a <a href="/docs/problems">problem</a>.</p>
            {}
            <section aria-labelledby="shapes"><h2 id="shapes">Shapes</h2>
            {}
            </section>
            """,
            Docs.prose(openApi.path("info").path("description").asString("")),
            Docs.prose(openApi.at("/components/securitySchemes/token/description").asString("")),
            Html.joined(sections),
            Html.joined(shapes(openApi))));
  }

  private static Html section(JsonNode tag, JsonNode openApi) {
    String name = tag.path("name").asString("");
    var operations = new ArrayList<Html>();
    for (Map.Entry<String, JsonNode> path : openApi.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        if (operation.getValue().at("/tags/0").asString("").equals(name)) {
          operations.add(operation(operation.getKey(), path.getKey(), operation.getValue()));
        }
      }
    }
    return Html.of(
        "<section><h2>{}</h2><p>{}</p>{}</section>\n",
        name,
        Docs.prose(tag.path("description").asString("")),
        Html.joined(operations));
  }

  private static Html operation(String method, String path, JsonNode operation) {
    return Html.of(
        """
        <article id="{}">
          <h3><span class="method">{}</span> <code>{}</code> <span class="access">{}</span></h3>
          <p>{}</p>
          {}{}{}
        </article>
        """,
        operation.path("operationId").asString(""),
        method.toUpperCase(Locale.ROOT),
        path,
        operation.path("x-access").asString(""),
        Docs.prose(operation.path("summary").asString("")),
        parameters(operation.path("parameters")),
        requestBody(operation.path("requestBody")),
        answers(operation.path("responses")));
  }

  private static Html parameters(JsonNode parameters) {
    var rows = new ArrayList<Html>();
    for (JsonNode parameter : parameters) {
      rows.add(
          Html.of(
              "<tr><th scope=\"row\"><code>{}</code></th><td>{}</td><td>{}</td></tr>",
              parameter.path("name").asString(""),
              parameter.path("in").asString(""),
              Docs.prose(parameter.path("description").asString(""))));
    }
    return rows.isEmpty()
        ? Html.NOTHING
        : Html.of("<table><tbody>{}</tbody></table>", Html.joined(rows));
  }

  private static Html requestBody(JsonNode body) {
    return body.isMissingNode()
        ? Html.NOTHING
        : Html.of(
            "<p>Body: {}{}</p>",
            shape(body.at("/content/application~1json/schema")),
            body.path("required").asBoolean(false) ? "" : ", or none");
  }

  private static Html answers(JsonNode responses) {
    var items = new ArrayList<Html>();
    for (Map.Entry<String, JsonNode> response : responses.properties()) {
      JsonNode answer = response.getValue();
      if (answer.has("$ref")) {
        continue;
      }
      Html shape =
          answer.path("content").properties().stream()
              .findFirst()
              .map(content -> shape(content.getValue().path("schema")))
              .orElse(Html.NOTHING);
      items.add(
          Html.of(
              "<li><span class=\"code\">{}</span> {} {}</li>",
              response.getKey(),
              Docs.prose(answer.path("description").asString("")),
              shape));
    }
    return Html.of("<ul>{}</ul>", Html.joined(items));
  }

  private static List<Html> shapes(JsonNode openApi) {
    return openApi.at("/components/schemas").properties().stream()
        .map(schema -> shape(schema.getKey(), schema.getValue()))
        .toList();
  }

  private static Html shape(String name, JsonNode schema) {
    var rows = new ArrayList<Html>();
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      rows.add(
          Html.of(
              "<tr><th scope=\"row\"><code>{}</code></th><td>{}</td><td>{}</td></tr>",
              property.getKey(),
              shape(property.getValue()),
              Docs.prose(property.getValue().path("description").asString(""))));
    }
    return Html.of(
        "<article id=\"{}\"><h3>{}</h3><p>{}</p><table><tbody>{}</tbody></table></article>\n",
        name,
        name,
        Docs.prose(schema.path("description").asString("")),
        Html.joined(rows));
  }

  /// In a few words: a link to a named shape, or the type.
  private static Html shape(JsonNode schema) {
    if (schema.has("$ref")) {
      String reference = schema.path("$ref").asString("");
      String name = reference.substring(reference.lastIndexOf('/') + 1);
      return Html.of("<a href=\"#{}\">{}</a>", name, name);
    }
    if (schema.has("oneOf")) {
      return Html.of("{} or null", shape(schema.at("/oneOf/0")));
    }
    if (schema.has("items")) {
      return Html.of("list of {}", shape(schema.path("items")));
    }
    if (schema.has("enum")) {
      return Html.text(String.join(" | ", texts(schema.path("enum"))));
    }
    JsonNode type = schema.path("type");
    String words = type.isArray() ? String.join(" or ", texts(type)) : type.asString("");
    return Html.text(
        schema.has("format") ? words + " (" + schema.path("format").asString("") + ")" : words);
  }

  private static List<String> texts(JsonNode list) {
    var texts = new ArrayList<String>();
    list.forEach(item -> texts.add(item.asString("")));
    return texts;
  }
}
