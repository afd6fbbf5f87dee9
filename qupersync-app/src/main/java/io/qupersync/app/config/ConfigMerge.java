package io.qupersync.app.config;

import io.qupersync.app.config.document.Node;
import io.qupersync.app.config.document.Node.Field;
import io.qupersync.app.config.document.Node.Fields;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Lays one set of keys over another.
final class ConfigMerge {

  /// Keys of a job whose value says one of several things, such as `table` or `query`: half of the
  /// one and half of the other would be neither.
  private static final Set<String> REPLACED_WHOLE = Set.of("source", "schedule", "full_schedule");

  private ConfigMerge() {}

  /// The keys of a file, and those of the environment that the file leaves out.
  static Fields filled(Fields file, Fields environment) {
    Map<String, Field> all = new LinkedHashMap<>(file.fields());
    environment
        .fields()
        .forEach((name, field) -> {
          Field given = all.get(name);
          if (given == null || given.value() instanceof Node.Nothing) {
            all.put(name, given == null ? placedIn(file, field) : field);
          } else if (given.value() instanceof Fields mine
              && field.value() instanceof Fields theirs) {
            all.put(name, new Field(given.keyPlace(), filled(mine, theirs)));
          }
        });
    return new Fields(file.place(), all);
  }

  /// A section the file does not have is missed at the file's top.
  private static Field placedIn(Fields file, Field field) {
    return field.value() instanceof Fields ? new Field(file.place(), field.value()) : field;
  }

  /// A job's keys over those of the job it overrides: mappings are merged key by key, all else is
  /// replaced, and a key without a value takes away what was there.
  static Fields over(Fields upper, Fields lower) {
    return over(upper, lower, REPLACED_WHOLE);
  }

  private static Fields over(Fields upper, Fields lower, Set<String> replaced) {
    Map<String, Field> all = new LinkedHashMap<>(lower.fields());
    upper
        .fields()
        .forEach((name, field) ->
            all.merge(
                name,
                field,
                (below, mine) -> replaced.contains(name) ? mine : merged(mine, below)));
    return new Fields(upper.place(), all);
  }

  private static Field merged(Field upper, Field lower) {
    return upper.value() instanceof Fields mine && lower.value() instanceof Fields theirs
        ? new Field(upper.keyPlace(), over(mine, theirs, Set.of()))
        : upper;
  }
}
