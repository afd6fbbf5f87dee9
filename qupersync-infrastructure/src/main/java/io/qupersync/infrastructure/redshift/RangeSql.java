package io.qupersync.infrastructure.redshift;

import io.qupersync.domain.progress.KeyRange;
import io.qupersync.domain.table.Identifier;

/// The condition that a row lies in a range.
final class RangeSql {

  private RangeSql() {}

  /// Empty when every row does.
  static SqlText condition(KeyRange range) {
    String column = Identifier.quoted(range.column());
    var within = new SqlText();
    range.from().ifPresent(from -> within.add(column + " >= ").add(from));
    if (range.from().isPresent() && range.before().isPresent()) {
      within.add(" and ");
    }
    range.before().ifPresent(before -> within.add(column + " < ").add(before));
    if (range.from().isEmpty() && range.before().isPresent()) {
      within.add(" or " + column + " is null");
    }
    return within;
  }
}
