package io.qupersync.interfaces.http;

import io.javalin.http.Context;
import io.qupersync.interfaces.text.Durations;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What stands behind the question mark, read strictly: a name that is not known, given twice or
/// not UTF-8 is an error, so that a misspelt filter never answers more than was asked for.
final class QueryParameters {

  private final Map<String, String> values;

  private QueryParameters(Map<String, String> values) {
    this.values = values;
  }

  static QueryParameters of(Context request, String... known) {
    return parse(request.queryString() == null ? "" : request.queryString(), List.of(known));
  }

  static QueryParameters parse(String query, List<String> known) {
    var values = new LinkedHashMap<String, String>();
    for (String pair : query.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      String[] parts = pair.split("=", 2);
      String name = decode(parts[0]);
      if (!known.contains(name)) {
        throw Problem.ofField(
                shown(name),
                known.isEmpty()
                    ? "this takes no parameters"
                    : "this parameter is not known; there are " + String.join(", ", known))
            .refusal();
      }
      if (values.putIfAbsent(name, decode(parts.length == 1 ? "" : parts[1])) != null) {
        throw Problem.ofField(name, "this parameter is given twice").refusal();
      }
    }
    return new QueryParameters(values);
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  Optional<Duration> duration(String name) {
    return text(name)
        .map(text -> Durations.find(text).orElseThrow(Problem.noDuration(name)::refusal));
  }

  /// @param orElse when it is not given
  int number(String name, int min, int max, int orElse) {
    return text(name)
        .map(text -> {
          try {
            int number = Integer.parseInt(text);
            if (number >= min && number <= max) {
              return number;
            }
          } catch (NumberFormatException _) {
            // told below
          }
          throw Problem.ofField(name, "must be a number from %d to %d".formatted(min, max))
              .refusal();
        })
        .orElse(orElse);
  }

  private static String decode(String text) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(text))).toString();
    } catch (CharacterCodingException | IllegalArgumentException _) {
      throw Problem.of(ProblemType.INVALID_REQUEST, "the query is not percent-encoded UTF-8 text")
          .refusal();
    }
  }

  private static byte[] bytes(String text) {
    byte[] raw = text.getBytes(StandardCharsets.UTF_8);
    var bytes = new ByteArrayOutputStream(raw.length);
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] == '%') {
        bytes.write(HexFormat.fromHexDigits(text(raw, i + 1)));
        i += 2;
      } else {
        bytes.write(raw[i] == '+' ? ' ' : raw[i]);
      }
    }
    return bytes.toByteArray();
  }

  private static String text(byte[] raw, int at) {
    if (at + 2 > raw.length) {
      throw new IllegalArgumentException("an escape is cut off");
    }
    return new String(raw, at, 2, StandardCharsets.ISO_8859_1);
  }

  /// A name is the client's text: cut, so that an answer cannot be made as long as a question.
  private static String shown(String name) {
    return name.length() <= 50 ? name : name.substring(0, 50);
  }
}
