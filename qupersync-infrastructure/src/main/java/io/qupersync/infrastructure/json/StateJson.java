package io.qupersync.infrastructure.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Just enough JSON for what the state tables hold, and webhooks are told: objects, arrays,
/// strings, whole numbers and null. Strings survive whatever they hold, U+0000 and half a surrogate
/// pair too. Numbers are only written.
public final class StateJson {

  private final String text;
  private int at;

  private StateJson(String text) {
    this.text = text;
  }

  /// @param value a `Map` with strings as keys, a `List`, a `String`, a `Long`, or null
  public static String write(@Nullable Object value) {
    var out = new StringBuilder();
    append(out, value);
    return out.toString();
  }

  /// Reads what [#write] wrote, or PostgreSQL made of it.
  ///
  /// @throws IllegalArgumentException when the text is something else
  public static @Nullable Object read(String text) {
    var stateJson = new StateJson(text);
    Object value = stateJson.value();
    stateJson.blanks();
    if (stateJson.at < text.length()) {
      throw stateJson.unexpected();
    }
    return value;
  }

  private static void append(StringBuilder out, @Nullable Object value) {
    switch (value) {
      case null -> out.append("null");
      case String string -> append(out, string);
      case Long number -> out.append(number.longValue());
      case List<?> list -> {
        String separator = "[";
        for (Object item : list) {
          append(out.append(separator), item);
          separator = ",";
        }
        out.append(list.isEmpty() ? "[]" : "]");
      }
      case Map<?, ?> map -> {
        String separator = "{";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          append(out.append(separator), (String) entry.getKey());
          append(out.append(':'), entry.getValue());
          separator = ",";
        }
        out.append(map.isEmpty() ? "{}" : "}");
      }
      default -> throw new IllegalArgumentException("no JSON for " + value.getClass());
    }
  }

  private static void append(StringBuilder out, String string) {
    out.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ' || isHalfAPair(string, i)) {
        out.append("\\u%04x".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }

  // UTF-8 has no form for it: sent as it is, it would arrive as a question mark
  private static boolean isHalfAPair(String string, int i) {
    char c = string.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == string.length() || !Character.isLowSurrogate(string.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(string.charAt(i - 1)));
  }

  private @Nullable Object value() {
    blanks();
    return switch (peek()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      case 'n' -> nothing();
      default -> throw unexpected();
    };
  }

  private Map<String, @Nullable Object> object() {
    var map = new LinkedHashMap<String, @Nullable Object>();
    at++;
    blanks();
    if (skipped('}')) {
      return map;
    }
    do {
      blanks();
      String key = string();
      blanks();
      require(':');
      map.put(key, value());
      blanks();
    } while (skipped(','));
    require('}');
    return map;
  }

  private List<@Nullable Object> array() {
    var list = new ArrayList<@Nullable Object>();
    at++;
    blanks();
    if (skipped(']')) {
      return list;
    }
    do {
      list.add(value());
      blanks();
    } while (skipped(','));
    require(']');
    return list;
  }

  private String string() {
    require('"');
    var out = new StringBuilder();
    while (peek() != '"') {
      char c = text.charAt(at++);
      out.append(c == '\\' ? escaped() : c);
    }
    at++;
    return out.toString();
  }

  private char escaped() {
    char c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        if (at + 4 > text.length()) {
          throw unexpected();
        }
        at += 4;
        yield (char) Integer.parseInt(text, at - 4, at, 16);
      }
      default -> throw unexpected();
    };
  }

  private @Nullable Object nothing() {
    if (!text.startsWith("null", at)) {
      throw unexpected();
    }
    at += 4;
    return null;
  }

  private void blanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private char peek() {
    if (at >= text.length()) {
      throw unexpected();
    }
    return text.charAt(at);
  }

  private boolean skipped(char c) {
    if (peek() != c) {
      return false;
    }
    at++;
    return true;
  }

  private void require(char c) {
    if (!skipped(c)) {
      throw unexpected();
    }
  }

  private IllegalArgumentException unexpected() {
    return new IllegalArgumentException("not the JSON that is written here, at character " + at);
  }
}
