package io.qupersync.infrastructure.redshift;

import io.qupersync.domain.job.NullWatermarks;
import io.qupersync.domain.job.WatermarkRule;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.table.Identifier;
import java.util.List;
import java.util.Optional;

/// The condition that a row lies in a window, both ends included.
final class WindowSql {

  private final List<String> columns;
  private final NullWatermarks nulls;

  WindowSql(WatermarkRule rule) {
    this.columns = rule.columns().stream().map(Identifier::quoted).toList();
    this.nulls = rule.nulls();
  }

  /// Empty when every row lies in it.
  ///
  /// @param from only as many columns are compared as this has values
  SqlText condition(Optional<Watermark> from, Optional<Watermark> to) {
    var within = new SqlText();
    from.ifPresent(lower -> within.add(end(lower, ">")));
    if (from.isPresent() && to.isPresent()) {
      within.add("\n  and ");
    }
    to.ifPresent(upper -> within.add(end(upper, "<")));
    return switch (nulls) {
      case EVERY_RUN -> within.isEmpty() ? within : orNull(within);
      case SKIP -> andNotNull(within);
    };
  }

  private SqlText orNull(SqlText within) {
    var condition = new SqlText().add("(").add(within).add(")");
    columns.forEach(column -> condition.add("\n  or ").add(column).add(" is null"));
    return condition;
  }

  private SqlText andNotNull(SqlText within) {
    var condition = new SqlText().add(within);
    for (String column : columns) {
      condition.add(condition.isEmpty() ? "" : "\n  and ").add(column).add(" is not null");
    }
    return condition;
  }

  private SqlText end(Watermark end, String beyond) {
    List<WatermarkValue> marks = end.marks();
    if (marks.size() == 1) {
      return compare(0, beyond + "=", marks);
    }
    // said twice, so that the server can leave out blocks by the first column alone
    return compare(0, beyond + "=", marks).add(" and ").add(lexicographic(0, beyond, marks));
  }

  /// `(a > 1 or (a = 1 and b >= 2))`, for any number of columns.
  private SqlText lexicographic(int index, String beyond, List<WatermarkValue> marks) {
    if (index == marks.size() - 1) {
      return compare(index, beyond + "=", marks);
    }
    return new SqlText()
        .add("(")
        .add(compare(index, beyond, marks))
        .add(" or (")
        .add(compare(index, "=", marks))
        .add(" and ")
        .add(lexicographic(index + 1, beyond, marks))
        .add("))");
  }

  private SqlText compare(int index, String operator, List<WatermarkValue> marks) {
    return new SqlText().add(columns.get(index)).add(" " + operator + " ").add(marks.get(index));
  }
}
