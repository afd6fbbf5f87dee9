package io.qupersync.interfaces.cli;

import io.qupersync.application.inspect.JobDraft;
import io.qupersync.domain.table.Identifier;
import io.qupersync.domain.table.TableRef;
import io.qupersync.interfaces.text.HumanText;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// A drafted job as the configuration file spells it.
final class JobYaml {

  private static final int LONGEST_NAME = 100;

  /// Words that YAML, in one version or another, takes for something else than a text.
  private static final Set<String> NO_TEXTS =
      Set.of("true", "false", "yes", "no", "on", "off", "y", "n", "null");

  private JobYaml() {}

  static String of(JobDraft draft) {
    var yaml = new StringBuilder("jobs:\n");
    yaml.append("  %s:\n".formatted(plainOrQuoted(jobName(draft.table()))));
    draft.doubts().forEach(doubt -> yaml.append("    # %s\n".formatted(HumanText.oneLine(doubt))));
    String table = plainOrQuoted(sqlName(draft.table()));
    yaml.append("    source: { table: %s }\n".formatted(table));
    yaml.append("    target: %s\n".formatted(table));
    yaml.append(
        draft.key().stream()
            .map(JobYaml::plainOrQuoted)
            .collect(Collectors.joining(", ", "    key: [", "]\n")));
    draft
        .watermark()
        .ifPresent(column ->
            yaml.append(
                "    watermark: { column: %s, lookback: 15m }\n".formatted(plainOrQuoted(column))));
    yaml.append("    schedule: { every: 5m }\n");
    return yaml.toString();
  }

  private static String jobName(TableRef table) {
    String name = table.name().value().replaceAll("[^A-Za-z0-9_.-]", "_");
    return name.substring(0, Math.min(name.length(), LONGEST_NAME));
  }

  private static String sqlName(TableRef table) {
    return part(table.schema()) + "." + part(table.name());
  }

  /// The file folds what is not between double quotes to lower case, as SQL does.
  private static String part(Identifier name) {
    return name.value().matches("[a-z_][a-z0-9_$]*") ? name.value() : name.quoted();
  }

  private static String plainOrQuoted(String text) {
    boolean plain = text.matches("[A-Za-z_][A-Za-z0-9_$]*(\\.[A-Za-z0-9_$]+)*");
    return plain && !NO_TEXTS.contains(text.toLowerCase(Locale.ROOT))
        ? text
        : '"' + escaped(text) + '"';
  }

  // ${ begins a reference to the environment, and $${ stands for those two characters
  private static String escaped(String text) {
    var escaped = new StringBuilder();
    text.replace("${", "$${")
        .chars()
        .forEach(c -> {
          switch (c) {
            case '"' -> escaped.append("\\\"");
            case '\\' -> escaped.append("\\\\");
            default -> {
              if (Character.isISOControl(c)) {
                escaped.append("\\u%04x".formatted(c));
              } else {
                escaped.append((char) c);
              }
            }
          }
        });
    return escaped.toString();
  }
}
