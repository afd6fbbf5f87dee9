package io.qupersync.domain.table;

import java.util.Optional;
import java.util.function.UnaryOperator;

/// Rewrites an array in the form in which PostgreSQL writes it: no blanks between the elements, and
/// quotes only where they must be.
///
/// @see <a href="https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO">arrays</a>
final class ArrayLiteral {

  private final String text;
  private final UnaryOperator<String> elements;
  private final StringBuilder out = new StringBuilder();
  private int at;

  private ArrayLiteral(String text, UnaryOperator<String> elements) {
    this.text = text;
    this.elements = elements;
  }

  /// @param elements rewrites an element
  /// @return empty when it is written otherwise, with bounds for example
  static Optional<String> canonical(String text, UnaryOperator<String> elements) {
    var array = new ArrayLiteral(text, elements);
    array.blanks();
    boolean understood = array.braces();
    array.blanks();
    return understood && array.at == text.length()
        ? Optional.of(array.out.toString())
        : Optional.empty();
  }

  private boolean braces() {
    if (!take('{')) {
      return false;
    }
    out.append('{');
    blanks();
    if (take('}')) {
      out.append('}');
      return true;
    }
    do {
      blanks();
      if (!(peek() == '{' ? braces() : element())) {
        return false;
      }
      blanks();
      if (peek() == ',') {
        out.append(',');
      }
    } while (take(','));
    out.append('}');
    return take('}');
  }

  private boolean element() {
    if (take('"')) {
      return quoted();
    }
    var bare = new StringBuilder();
    while (at < text.length() && ",{}\"".indexOf(peek()) < 0) {
      if (peek() == '\\') {
        return false;
      }
      bare.append(text.charAt(at++));
    }
    String element = bare.toString().strip();
    if (element.isEmpty()) {
      return false;
    }
    if (element.equalsIgnoreCase("null")) {
      out.append("NULL");
    } else {
      write(elements.apply(element));
    }
    return true;
  }

  private boolean quoted() {
    var value = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        write(elements.apply(value.toString()));
        return true;
      }
      if (c == '\\' && at < text.length()) {
        c = text.charAt(at++);
      }
      value.append(c);
    }
    return false;
  }

  private void write(String element) {
    boolean bare =
        !element.isEmpty()
            && !element.equalsIgnoreCase("null")
            && element.chars().noneMatch(c -> "{}\",\\ \t\n\r\u000b\f".indexOf(c) >= 0);
    out.append(bare ? element : '"' + element.replace("\\", "\\\\").replace("\"", "\\\"") + '"');
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private boolean take(char wanted) {
    boolean there = peek() == wanted;
    at += there ? 1 : 0;
    return there;
  }

  private void blanks() {
    while (at < text.length() && " \t\n\r\u000b\f".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }
}
