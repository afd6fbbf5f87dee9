package io.qupersync.domain.job;

import java.util.List;
import java.util.Set;

/// The column rules of a job, and the source columns it leaves behind. Columns not named here pass
/// through.
public record ColumnRules(List<ColumnRule> rules, Set<String> excluded) {

  public ColumnRules {
    rules = List.copyOf(rules);
    excluded = Set.copyOf(excluded);
  }

  /// The source column that fills a target column.
  public String sourceOf(String target) {
    return rules.stream()
        .filter(rule -> rule.name().equals(target))
        .map(ColumnRule::sourceName)
        .findFirst()
        .orElse(target);
  }

  public static ColumnRules passThrough() {
    return new ColumnRules(List.of(), Set.of());
  }
}
