package io.qupersync.app.config;

import io.qupersync.app.config.document.Node;
import io.qupersync.app.config.document.Node.Field;
import io.qupersync.app.config.document.Node.Fields;
import io.qupersync.app.config.document.Node.Items;
import io.qupersync.app.config.document.Node.Text;
import io.qupersync.app.config.document.Problems;
import io.qupersync.app.config.document.SourceLocation;
import io.qupersync.interfaces.text.Suggestion;
import java.time.DateTimeException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// One mapping of the file, whose keys are read one by one. Whatever is wrong with a key becomes a
/// problem, and reading goes on as if the key were not there: nothing is built from a configuration
/// that has problems.
final class Section {

  private final String path;
  private final Fields fields;
  private final Keys keys;
  private final Problems problems;

  /// Reports keys that do not belong here.
  Section(String path, Fields fields, Keys keys, Problems problems) {
    this.path = path;
    this.fields = fields;
    this.keys = keys;
    this.problems = problems;
    fields
        .fields()
        .forEach((name, field) -> {
          if (!keys.names().contains(name)) {
            problems.add(
                field.keyPlace(),
                "unknown key '%s'; %s".formatted(name, Suggestion.advice(name, keys.names())));
          }
        });
  }

  SourceLocation place() {
    return fields.place();
  }

  /// All keys as they stand in the file.
  Fields fields() {
    return fields;
  }

  /// Where the key's value stands, else the section.
  SourceLocation placeOf(String key) {
    return given(key).map(Node::place).orElse(place());
  }

  String pathOf(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /// A problem of this section, by name.
  void problem(SourceLocation where, String message) {
    problems.add(where, path.isEmpty() ? message : path + ": " + message);
  }

  /// A problem whose message needs no name before it.
  void bareProblem(SourceLocation where, String message) {
    problems.add(where, message);
  }

  boolean has(String key) {
    return given(key).isPresent();
  }

  /// The key's value; empty when the key is missing or has none.
  Optional<Node> given(String key) {
    if (!keys.names().contains(key)) {
      throw new IllegalStateException("%s has no key '%s'".formatted(keys, key));
    }
    return field(key).map(Field::value);
  }

  private Optional<Field> field(String key) {
    return Optional.ofNullable(fields.fields().get(key))
        .filter(field -> !(field.value() instanceof Node.Nothing));
  }

  <T> Optional<T> read(String key, Function<String, T> reader) {
    return given(key).flatMap(node -> single(pathOf(key), node, reader));
  }

  /// @param advice the problem when the key is missing
  <T> Optional<T> required(String key, Function<String, T> reader, String advice) {
    if (!has(key)) {
      problem(place(), advice);
    }
    return read(key, reader);
  }

  /// A text or a list of texts; empty when the key is missing.
  <T> List<T> readAll(String key, Function<String, T> reader) {
    return given(key).stream()
        .flatMap(node -> node instanceof Items(_, var items) ? items.stream() : Stream.of(node))
        .flatMap(item -> single(pathOf(key), item, reader).stream())
        .toList();
  }

  private <T> Optional<T> single(String at, Node node, Function<String, T> reader) {
    return switch (node) {
      case Text text -> parsed(at, text, reader);
      case Node.Broken _ -> Optional.empty();
      case Node.Nothing _, Items _, Fields _ -> {
        problems.add(node.place(), at + ": must be a single value");
        yield Optional.empty();
      }
    };
  }

  private <T> Optional<T> parsed(String at, Text text, Function<String, T> reader) {
    try {
      return Optional.of(reader.apply(text.value()));
    } catch (IllegalArgumentException | DateTimeException refused) {
      String reason = text.isLiteral() ? reason(refused) : reasonFor(text.written(), reader);
      problems.add(text.place(), at + ": " + reason);
      return Optional.empty();
    }
  }

  /// A value that came through a reference may be a secret: the message is made from the reference
  /// itself.
  private static <T> String reasonFor(String written, Function<String, T> reader) {
    try {
      T _ = reader.apply(written);
      return "what '%s' stands for does not fit here".formatted(written);
    } catch (IllegalArgumentException | DateTimeException refused) {
      return reason(refused);
    }
  }

  /// The mapping under the key; an empty one at this section's place when there is none.
  Section child(String key, Keys childKeys) {
    return find(key, childKeys)
        .orElseGet(() -> new Section(pathOf(key), Fields.none(place()), childKeys, problems));
  }

  Optional<Section> find(String key, Keys childKeys) {
    return fields(key).map(found -> new Section(pathOf(key), found, childKeys, problems));
  }

  /// The mapping under the key, whose own keys are free; it stands where its key does.
  Optional<Fields> fields(String key) {
    return field(key).flatMap(found -> mapping(pathOf(key), found));
  }

  private Optional<Fields> mapping(String at, Field field) {
    return switch (field.value()) {
      case Fields found -> Optional.of(found.at(field.keyPlace()));
      case Node.Broken _ -> Optional.empty();
      case Node.Nothing _ -> Optional.of(Fields.none(field.keyPlace()));
      case Text _, Items _ -> {
        problems.add(field.value().place(), at + ": must hold keys of its own, 'key: value'");
        yield Optional.empty();
      }
    };
  }

  /// The mappings under a key whose own keys are names.
  Map<String, Section> named(String key, Keys childKeys) {
    var sections = new LinkedHashMap<String, Section>();
    Map<String, Field> found = fields(key).map(Fields::fields).orElse(Map.of());
    found.forEach((name, field) -> {
      String at = pathOf(key) + "." + name;
      mapping(at, field)
          .map(inner -> new Section(at, inner, childKeys, problems))
          .ifPresent(section -> sections.put(name, section));
    });
    return sections;
  }

  /// The single values under a key, by their own names.
  Map<String, String> texts(String key) {
    var texts = new LinkedHashMap<String, String>();
    Map<String, Field> found = fields(key).map(Fields::fields).orElse(Map.of());
    found.forEach((name, field) ->
        single(pathOf(key) + "." + name, field.value(), text -> text)
            .ifPresent(text -> texts.put(name, text)));
    return texts;
  }

  /// The mappings in a list.
  List<Section> list(String key, Keys childKeys) {
    return given(key).stream()
        .flatMap(node -> node instanceof Items(_, var items) ? items.stream() : Stream.of(node))
        .flatMap(item -> mapping(pathOf(key), new Field(item.place(), item)).stream())
        .map(inner -> new Section(pathOf(key), inner, childKeys, problems))
        .toList();
  }

  /// What `made` builds; what it refuses becomes a problem at the given place.
  <T> Optional<T> built(SourceLocation where, Supplier<T> made) {
    try {
      return Optional.of(made.get());
    } catch (IllegalArgumentException refused) {
      problem(where, reason(refused));
      return Optional.empty();
    }
  }

  private static String reason(RuntimeException refused) {
    return String.valueOf(refused.getMessage());
  }
}
