package io.qupersync.app.config.document;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A part of a configuration file and where it was written. Texts have no type yet: whether `5439`
/// is a number is for the key to say.
public sealed interface Node {

  SourceLocation place();

  /// A single value.
  ///
  /// @param value what counts, with all references filled in
  /// @param written what the file says; a message quotes this, for the value may be a secret
  record Text(SourceLocation place, String value, String written) implements Node {

    /// Whether the value stands in the file as it is.
    public boolean isLiteral() {
      return value.equals(written);
    }
  }

  /// A key without a value, or with the value `null`.
  record Nothing(SourceLocation place) implements Node {}

  /// A value whose problem has been told already.
  record Broken(SourceLocation place) implements Node {}

  record Items(SourceLocation place, List<Node> items) implements Node {
    public Items {
      items = List.copyOf(items);
    }
  }

  /// Keys and their values, in the order of the file.
  record Fields(SourceLocation place, Map<String, Field> fields) implements Node {
    public Fields {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    public static Fields none(SourceLocation sourceLocation) {
      return new Fields(sourceLocation, Map.of());
    }

    public Fields at(SourceLocation other) {
      return new Fields(other, fields);
    }
  }

  /// The value of a key, and where the key stands.
  record Field(SourceLocation keyPlace, Node value) {}
}
