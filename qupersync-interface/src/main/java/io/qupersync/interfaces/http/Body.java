package io.qupersync.interfaces.http;

import io.javalin.http.Context;
import io.qupersync.interfaces.text.Durations;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The JSON object a request brings, read strictly: bounded in size and depth, and without a key
/// that is not known.
final class Body {

  static final int MAX_BYTES = 64 * 1024;

  private static final JsonMapper JSON = ApiJson.mapper();
  private static final Logger LOG = LoggerFactory.getLogger(Body.class);

  /// No charset, or the one that JSON has.
  private static final Pattern CHARSET =
      Pattern.compile(
          "(?i)[^;]*(;(?!\\s*charset\\s*=)[^;]*|;\\s*charset\\s*=\\s*\"?utf-8\"?\\s*)*");

  private static final int SHOWN = 100;

  private final JsonNode object;

  private Body(JsonNode object) {
    this.object = object;
  }

  /// The body, or one without keys when there is none.
  static Body of(Context request, String... known) {
    JsonNode value = valueOf(request).orElseGet(JSON::createObjectNode);
    return new Body(objectWith(value, Set.of(known)));
  }

  /// The body of a request that makes no sense without one.
  static JsonNode required(Context request) {
    return valueOf(request)
        .orElseThrow(
            () -> Problem.of(ProblemType.INVALID_REQUEST, "a JSON body is needed").refusal());
  }

  /// @return the value, when it is an object without unknown keys
  static Body of(JsonNode value, String... known) {
    return new Body(objectWith(value, Set.of(known)));
  }

  boolean has(String key) {
    return object.hasNonNull(key);
  }

  /// A switch that is off when it is not given.
  boolean flag(String key) {
    JsonNode value = object.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return false;
    }
    if (!value.isBoolean()) {
      throw Problem.ofField(key, "must be true or false").refusal();
    }
    return value.booleanValue();
  }

  Optional<Duration> duration(String key) {
    return text(key)
        .map(text -> Durations.find(text).orElseThrow(Problem.noDuration(key)::refusal));
  }

  /// A text; a number counts as one, written as in the body.
  Optional<String> text(String key) {
    JsonNode value = object.path(key);
    return value.isMissingNode() || value.isNull()
        ? Optional.empty()
        : Optional.of(text(key, value));
  }

  /// @return the texts of a list that must be there and hold something
  List<String> texts(String key) {
    JsonNode value = object.path(key);
    if (!value.isArray() || value.isEmpty()) {
      throw Problem.ofField(key, "must be a list of texts, with one at least").refusal();
    }
    var texts = new ArrayList<String>();
    for (JsonNode item : value) {
      texts.add(text(key, item));
    }
    return texts;
  }

  private static String text(String key, JsonNode value) {
    if (value.isString()) {
      return value.stringValue();
    }
    if (value.isIntegralNumber()) {
      return value.asString();
    }
    throw Problem.ofField(key, "must be a text").refusal();
  }

  private static JsonNode objectWith(JsonNode value, Set<String> known) {
    if (!value.isObject()) {
      throw Problem.of(ProblemType.INVALID_REQUEST, "the body must be a JSON object").refusal();
    }
    for (String key : value.propertyNames()) {
      if (!known.contains(key)) {
        throw Problem.ofField(
                shortened(key),
                known.isEmpty()
                    ? "this takes no keys"
                    : "this key is not known; there are " + String.join(", ", new TreeSet<>(known)))
            .refusal();
      }
    }
    return value;
  }

  private static Optional<JsonNode> valueOf(Context request) {
    byte[] bytes = bytesOf(request);
    if (bytes.length == 0) {
      return Optional.empty();
    }
    requireJson(request);
    try {
      return Optional.of(JSON.readTree(textOf(bytes)));
    } catch (JacksonException unreadable) {
      throw Problem.of(ProblemType.INVALID_REQUEST, "this is no JSON: " + wordsOf(unreadable))
          .refusal();
    }
  }

  private static byte[] bytesOf(Context request) {
    try {
      byte[] bytes = request.req().getInputStream().readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw Problem.of(ProblemType.TOO_LARGE, "the body is larger than 64 KB").refusal();
      }
      return bytes;
    } catch (IOException | HttpException.RuntimeException broken) {
      // cut off, or in chunks that are none: nobody but the sender can mend that
      LOG.debug("a body could not be read", broken);
      throw Problem.of(ProblemType.INVALID_REQUEST, "the body is cut off or not well-formed")
          .refusal();
    }
  }

  private static void requireJson(Context request) {
    String type = request.contentType() == null ? "" : request.contentType();
    String media = Stream.of(type.split(";", 2)).findFirst().orElse("").strip();
    if (!media.toLowerCase(Locale.ROOT).equals("application/json")) {
      throw Problem.of(
              ProblemType.UNSUPPORTED_MEDIA_TYPE, "send the body as Content-Type: application/json")
          .refusal();
    }
    if (!CHARSET.matcher(type).matches()
        || !isPlain(request.header("Content-Encoding"), "identity")
        || !isPlain(request.header("Transfer-Encoding"), "chunked")) {
      throw Problem.of(
              ProblemType.UNSUPPORTED_MEDIA_TYPE, "send the body as UTF-8, and not compressed")
          .refusal();
    }
  }

  private static boolean isPlain(@Nullable String encoding, String plain) {
    return encoding == null || encoding.strip().equalsIgnoreCase(plain);
  }

  private static String textOf(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException _) {
      throw Problem.of(ProblemType.INVALID_REQUEST, "the body is not UTF-8").refusal();
    }
  }

  private static String wordsOf(JacksonException unreadable) {
    String words = String.valueOf(unreadable.getOriginalMessage());
    String first = shortened(words.lines().findFirst().orElse(""));
    // there is none of a text that is too deep
    return Optional.ofNullable(unreadable.getLocation())
        .map(at -> "line %d, column %d: %s".formatted(at.getLineNr(), at.getColumnNr(), first))
        .orElse(first);
  }

  /// What the client sent is not sent back at length.
  private static String shortened(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}
