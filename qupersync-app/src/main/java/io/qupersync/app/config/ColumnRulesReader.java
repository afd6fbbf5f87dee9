package io.qupersync.app.config;

import io.qupersync.domain.job.ColumnRule;
import io.qupersync.domain.job.ColumnRules;
import io.qupersync.domain.job.Normalization;
import io.qupersync.domain.table.ColumnType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// Reads what a job says of its columns: `columns` and `exclude`.
final class ColumnRulesReader {

  private ColumnRulesReader() {}

  static ColumnRules read(Section job) {
    var rules = new ArrayList<ColumnRule>();
    job.named("columns", Keys.COLUMN).forEach((name, column) -> rules.add(rule(name, column)));
    List<String> excluded = job.readAll("exclude", Values::text);
    return new ColumnRules(rules, new LinkedHashSet<>(excluded));
  }

  private static ColumnRule rule(String name, Section column) {
    return new ColumnRule(
        name,
        column.read("from", Values::text),
        column.read("type", ColumnType::parse),
        column.read("required", Values::flag).orElse(false),
        column.read("default", text -> text),
        column.readAll("normalize", Values.oneOf(Normalization.class, '_')));
  }
}
