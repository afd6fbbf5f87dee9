package io.qupersync.application.inspect;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/// What `jsonb` keeps of a JSON text: values, and of how they were written only the digits behind a
/// number's point; of a key that comes twice, the last.
final class CanonicalJson {

  /// Deeper texts are compared as they are written, before the stack gives out.
  private static final int DEEPEST = 1000;

  private final String text;
  private final Function<BigDecimal, String> numbers;
  private int at;
  private int depth;

  private CanonicalJson(String text, Function<BigDecimal, String> numbers) {
    this.text = text;
    this.numbers = numbers;
  }

  /// The text itself, when it is no JSON.
  static String of(String text) {
    return of(text, CanonicalForm::scaled);
  }

  /// The same for all that `jsonb` holds equal: 1.0 is 1.00.
  static String equal(String text) {
    return of(text, CanonicalForm::number);
  }

  private static String of(String text, Function<BigDecimal, String> numbers) {
    try {
      var json = new CanonicalJson(text, numbers);
      String value = json.value();
      json.blanks();
      return json.at == text.length() ? value : text;
    } catch (IllegalArgumentException | IndexOutOfBoundsException noJson) {
      return text;
    }
  }

  private String value() {
    blanks();
    char first = text.charAt(at);
    return switch (first) {
      case '{' -> nested(this::object);
      case '[' -> nested(this::array);
      case '"' -> quoted(string());
      default -> bare();
    };
  }

  private interface Part {
    String read();
  }

  private String nested(Part part) {
    if (++depth > DEEPEST) {
      throw new IllegalArgumentException("too deep");
    }
    at++;
    String value = part.read();
    depth--;
    return value;
  }

  private String object() {
    Map<String, String> members = new TreeMap<>();
    while (!ends('}')) {
      blanks();
      String key = string();
      expect(':');
      members.put(quoted(key), value());
    }
    List<String> parts = new ArrayList<>();
    members.forEach((key, value) -> parts.add(key + ":" + value));
    return "{" + String.join(",", parts) + "}";
  }

  private String array() {
    List<String> items = new ArrayList<>();
    while (!ends(']')) {
      items.add(value());
    }
    return "[" + String.join(",", items) + "]";
  }

  /// Steps over a comma, or the end.
  private boolean ends(char end) {
    blanks();
    char next = text.charAt(at);
    if (next == end || next == ',') {
      at++;
    }
    return next == end;
  }

  private void expect(char wanted) {
    blanks();
    if (text.charAt(at++) != wanted) {
      throw new IllegalArgumentException("no " + wanted);
    }
  }

  private String string() {
    expect('"');
    var value = new StringBuilder();
    for (char c = text.charAt(at++); c != '"'; c = text.charAt(at++)) {
      value.append(c == '\\' ? escaped(text.charAt(at++)) : c);
    }
    return value.toString();
  }

  private char escaped(char c) {
    return switch (c) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> (char) Integer.parseInt(text, (at += 4) - 4, at, 16);
      default -> c;
    };
  }

  /// A number, `true`, `false` or `null`.
  private String bare() {
    int from = at;
    while (at < text.length() && ",]} \t\r\n".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String word = text.substring(from, at);
    return switch (word) {
      case "true", "false", "null" -> word;
      default -> numbers.apply(new BigDecimal(word));
    };
  }

  private static String quoted(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private void blanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }
}
