package io.qupersync.interfaces.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import tools.jackson.databind.JsonNode;

/** Makes requests that are odd somewhere, from what the OpenAPI document says of right ones. */
final class RequestFuzz {

  private static final List<String> NAMES =
      List.of(
          "orders",
          "stock",
          "nobody",
          "%20",
          "%00",
          "%ff",
          "%F0%9F%98%80",
          "..",
          "%2e%2e",
          "a%2Fb",
          "a;b",
          "'--",
          "%zz",
          "1",
          "-1",
          "0",
          "9223372036854775807",
          "9223372036854775808",
          "1e3",
          "x".repeat(100),
          "x".repeat(101),
          "x".repeat(3000),
          "x".repeat(9000));
  private static final List<String> VALUES =
      List.of(
          "1",
          "50",
          "0",
          "-1",
          "501",
          "99999999999999999999",
          "many",
          "",
          "orders",
          "failed",
          "30s",
          "1ms",
          "6m",
          "%ff",
          "%",
          "%c3%28",
          "+",
          "AAAA",
          "AQAAAAAAAAAB",
          "null",
          "NaN",
          "%00",
          "a=b",
          "x".repeat(2000));
  private static final List<String> CELLS =
      List.of(
          "true",
          "false",
          "null",
          "1",
          "-1",
          "1.5",
          "1e400",
          "99999999999999999999",
          "\"\"",
          "\"5m\"",
          "\"yes\"",
          "\"2026-03-02 08:00:00\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "[]",
          "[1]",
          "[\"1\"]",
          "[null]",
          "[[[]]]",
          "{}",
          "{\"a\":1}",
          "\"" + "x".repeat(5000) + "\"");
  private static final List<String> BODIES =
      List.of(
          "",
          " ",
          "null",
          "true",
          "1",
          "\"manual\"",
          "[]",
          "{",
          "}",
          "{}{}",
          "{\"a\":1,\"a\":2}",
          "\u0000",
          "<xml/>",
          "[".repeat(3000),
          "{\"a\":".repeat(3000),
          "1".repeat(70_000),
          " ".repeat(66_000) + "{}");
  private static final List<String> TYPES =
      List.of(
          "application/json",
          "application/json; charset=utf-8",
          "application/json;charset=latin1",
          "text/plain",
          "application/x-www-form-urlencoded",
          "multipart/form-data",
          "*/*",
          ";",
          "");
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "QUERY", "get");

  private final RandomGenerator random;
  private final int port;
  private final List<Operation> operations = new ArrayList<>();

  private record Operation(String method, String path, JsonNode description) {}

  /** A request and what it means to ask for. */
  record Odd(String method, String path, byte[] bytes) {}

  RequestFuzz(long seed, int port) {
    this.random = RandomGeneratorFactory.of("Xoshiro256PlusPlus").create(seed);
    this.port = port;
    for (Map.Entry<String, JsonNode> path : OpenApi.document().path("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        // it never ends
        if (!path.getKey().endsWith("/events")) {
          operations.add(new Operation(operation.getKey(), path.getKey(), operation.getValue()));
        }
      }
    }
  }

  Odd next() {
    Operation operation = pick(operations);
    String method = chance(20) ? pick(METHODS) : operation.method().toUpperCase(Locale.ROOT);
    String path = path(operation.path());
    String target = path + query(operation);
    byte[] body = body(operation).getBytes(chance(20) ? ISO_8859_1 : UTF_8);
    var head = new StringBuilder("%s %s HTTP/1.1\r\n".formatted(method, target));
    head.append("Host: localhost:").append(port).append("\r\nConnection: close\r\n");
    if (body.length > 0 || chance(3)) {
      String type = chance(4) ? pick(TYPES) : "application/json";
      head.append("Content-Type: ").append(type).append("\r\n");
    }
    for (String name : List.of("Idempotency-Key", "If-Match", "If-None-Match", "Last-Event-ID")) {
      if (chance(6)) {
        head.append(name).append(": ").append(headerValue()).append("\r\n");
      }
    }
    head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head.toString().getBytes(ISO_8859_1));
    bytes.writeBytes(body);
    return new Odd(method, path, bytes.toByteArray());
  }

  private String path(String template) {
    String name = chance(2) ? pick(NAMES) : "orders";
    String run = chance(2) ? pick(NAMES) : Integer.toString(random.nextInt(1, 300));
    String path = template.replace("{job}", name).replace("{run}", run);
    return chance(30) ? path + pick(List.of("/", "//", "/x", ";x", "%2f")) : path;
  }

  private String query(Operation operation) {
    var pairs = new ArrayList<String>();
    for (JsonNode parameter : operation.description().path("parameters")) {
      if (parameter.path("in").asString("").equals("query") && chance(2)) {
        pairs.add(parameter.path("name").asString("") + "=" + pick(VALUES));
      }
    }
    if (chance(10)) {
      pairs.add(pick(List.of("x=1", "%ff=1", "=", "limit", "limit=1&limit=2", "wait=1s")));
    }
    return pairs.isEmpty() ? "" : "?" + String.join("&", pairs);
  }

  private String body(Operation operation) {
    JsonNode schema = operation.description().at("/requestBody/content/application~1json/schema");
    if (schema.isMissingNode()) {
      return chance(8) ? pick(BODIES) : "";
    }
    if (chance(5)) {
      return pick(BODIES);
    }
    String reference = schema.path("$ref").asString("#");
    var members = new ArrayList<String>();
    for (String key :
        OpenApi.document().at(reference.substring(1)).path("properties").propertyNames()) {
      if (chance(2)) {
        members.add("\"%s\": %s".formatted(key, pick(CELLS)));
      }
    }
    if (chance(10)) {
      members.add(
          "\"%s\": %s".formatted(pick(List.of("unknown", "", "é", "\\u0000")), pick(CELLS)));
    }
    return "{" + String.join(", ", members) + "}";
  }

  private String headerValue() {
    return pick(
        List.of(
            "k-" + random.nextInt(20),
            "",
            "two words",
            "é",
            "*",
            "\"abc\"",
            "W/\"abc\"",
            "x".repeat(300),
            URLEncoder.encode("\u0000", UTF_8)));
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
