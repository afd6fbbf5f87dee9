package io.qupersync.app.config;

import io.qupersync.domain.job.ColumnRule;
import io.qupersync.domain.job.ColumnRules;
import io.qupersync.domain.job.Normalization;
import io.qupersync.domain.table.ColumnType;
import io.qupersync.domain.table.ConversionRefusal;
import io.qupersync.domain.table.TypeMapper;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

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
    Optional<ColumnType> type = column.read("type", TypeNameReader::type);
    Optional<String> value = column.read("default", text -> text);
    type.ifPresent(known -> {
      Optional<String> _ = column.read("default", text -> fitting(text, known));
    });
    return new ColumnRule(
        name,
        column.read("from", Values::text),
        type,
        column.read("required", Values::flag).orElse(false),
        value,
        column.readAll("normalize", Values.oneOf(Normalization.class, '_')));
  }

  private static String fitting(String text, ColumnType type) {
    if (TypeMapper.ofText(text, type) instanceof ConversionRefusal(String reason)) {
      throw new IllegalArgumentException(
          "it is no value of type %s: %s".formatted(type.sql(), reason));
    }
    return text;
  }
}
