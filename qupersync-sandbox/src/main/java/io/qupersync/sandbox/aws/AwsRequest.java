package io.qupersync.sandbox.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// A call, of whichever of AWS's protocols.
///
/// @param headers by their names in lower case
record AwsRequest(String method, String path, Map<String, String> headers, String body) {

  AwsRequest {
    headers = Map.copyOf(headers);
  }

  static AwsRequest of(HttpExchange exchange) throws IOException {
    var headers = new TreeMap<String, String>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    return new AwsRequest(
        exchange.getRequestMethod(), exchange.getRequestURI().getPath(), headers, body);
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /// The newer services take JSON and name the operation in a header, the older ones take a form.
  boolean isJson() {
    return header("x-amz-target").isPresent();
  }

  String operation() {
    return header("x-amz-target")
        .map(target -> target.substring(target.indexOf('.') + 1))
        .or(() -> parameter("Action"))
        .orElse("");
  }

  Optional<String> parameter(String name) {
    return isJson() ? member(name) : field(name);
  }

  private Optional<String> field(String name) {
    for (String pair : body.split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        return Optional.of(URLDecoder.decode(pair.substring(name.length() + 1), UTF_8));
      }
    }
    return Optional.empty();
  }

  /// Enough for flat objects of plain texts and numbers, and no more is ever sent here.
  private Optional<String> member(String name) {
    return Pattern.compile("\"%s\"\\s*:\\s*\"?([^\",}]*)".formatted(Pattern.quote(name)))
        .matcher(body)
        .results()
        .findFirst()
        .map(found -> found.group(1));
  }
}
