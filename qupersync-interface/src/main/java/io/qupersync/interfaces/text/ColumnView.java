package io.qupersync.interfaces.text;

import io.qupersync.domain.job.ColumnRule;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.mapping.CellOrigin;
import io.qupersync.domain.mapping.ColumnMapping;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.TypeMapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How one target column gets its values, in words.
///
/// @param from the source column, or `constant`
/// @param rules what the job asks of the values
public record ColumnView(
    String name,
    String type,
    String from,
    Optional<String> sourceType,
    TypeMapping mapping,
    List<String> rules) {

  public ColumnView {
    rules = List.copyOf(rules);
  }

  public static ColumnView of(ColumnMapping column, SyncJob job) {
    Optional<Column> source = column.source();
    return new ColumnView(
        column.target().name(),
        column.type().sql(),
        source.map(Column::name).orElse("constant"),
        source.map(found -> found.type().sql()),
        column.typeMapping(),
        rules(column, job));
  }

  private static List<String> rules(ColumnMapping column, SyncJob job) {
    String name = column.target().name();
    var rules = new ArrayList<String>();
    if (job.destination().key().contains(name)) {
      rules.add("key");
    }
    if (column.origin() instanceof CellOrigin.Constant(Object constant)) {
      rules.add("always '%s'".formatted(constant));
    }
    if (!column.target().nullable()) {
      rules.add("required");
    }
    job.columns().rules().stream()
        .filter(rule -> rule.name().equals(name))
        .findFirst()
        .ifPresent(rule -> add(rules, rule));
    return rules;
  }

  private static void add(List<String> rules, ColumnRule rule) {
    rule.defaultValue().ifPresent(literal -> rules.add("default '%s'".formatted(literal)));
    rule.normalize().forEach(step -> rules.add(step.name().toLowerCase(Locale.ROOT)));
  }

  /// What becomes of the values.
  public String verdict() {
    return switch (mapping) {
      case TypeMapping.Exact _ -> "exact";
      case TypeMapping.Widened _ -> "widened";
      case TypeMapping.Narrowed _ -> "narrowed: values that do not fit are rejected";
      case TypeMapping.Checked _ ->
          "checked at write: values that PostgreSQL would change are rejected";
      case TypeMapping.Lossy(_, String loss) -> "lossy: " + loss;
      case TypeMapping.Refused(String reason) -> "refused: " + reason;
    };
  }

  private String verdictWord() {
    return switch (mapping) {
      case TypeMapping.Exact _ -> "exact";
      case TypeMapping.Widened _ -> "widened";
      case TypeMapping.Narrowed _ -> "narrowed";
      case TypeMapping.Checked _ -> "checked";
      case TypeMapping.Lossy _ -> "lossy";
      case TypeMapping.Refused _ -> "refused";
    };
  }

  public Optional<String> loss() {
    return mapping instanceof TypeMapping.Lossy(_, String loss)
        ? Optional.of(loss)
        : Optional.empty();
  }

  /// Whether only PostgreSQL can tell, when it writes them, that values arrive as they are.
  public boolean isChecked() {
    return mapping instanceof TypeMapping.Checked;
  }

  public Map<String, @Nullable Object> json() {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("column", name);
    json.put("type", type);
    json.put("from", from);
    json.put("source_type", sourceType.orElse(null));
    json.put("verdict", verdictWord());
    json.put("loss", loss().orElse(null));
    json.put("rules", rules);
    return json;
  }
}
