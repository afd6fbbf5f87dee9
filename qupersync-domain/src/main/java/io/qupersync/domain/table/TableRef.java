package io.qupersync.domain.table;

import java.util.ArrayList;
import java.util.List;

/// A table or view and the schema it is in.
public record TableRef(Identifier schema, Identifier name) {

  public static TableRef of(String schema, String name) {
    return new TableRef(new Identifier(schema), new Identifier(name));
  }

  /// Reads `schema.table` or `table`; a part between double quotes may hold dots, blanks and
  /// capitals. A part without quotes is folded to lower case, as both databases do.
  ///
  /// @throws IllegalArgumentException when the text has no or more than two parts, or a quote is
  ///   left open
  public static TableRef parse(String text, String defaultSchema) {
    List<String> parts = parts(text);
    return switch (parts.size()) {
      case 1 -> of(defaultSchema, parts.get(0));
      case 2 -> of(parts.get(0), parts.get(1));
      default ->
          throw new IllegalArgumentException(
              "a table is named 'schema.table' or 'table', was '%s'".formatted(text));
    };
  }

  private static List<String> parts(String text) {
    var parts = new ArrayList<String>();
    var part = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
        part.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == '.' && !quoted) {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        part.append(quoted ? c : Character.toLowerCase(c));
      }
    }
    if (quoted) {
      throw new IllegalArgumentException("a double quote is left open in '%s'".formatted(text));
    }
    parts.add(part.toString());
    return parts;
  }

  public String quoted() {
    return schema.quoted() + '.' + name.quoted();
  }

  @Override
  public String toString() {
    return schema + "." + name;
  }
}
