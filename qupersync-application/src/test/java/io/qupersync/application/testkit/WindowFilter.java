package io.qupersync.application.testkit;

import io.qupersync.domain.job.NullWatermarks;
import io.qupersync.domain.job.WatermarkRule;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.table.TableShape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Picks the rows of a window, as the WHERE and ORDER BY of an extraction do.
final class WindowFilter {

  private final WatermarkRule rule;
  private final List<Integer> columns;
  private final Window window;

  WindowFilter(WatermarkRule rule, TableShape shape, Window window) {
    this.rule = rule;
    this.columns = rule.columns().stream().map(name -> shape.indexOf(name).orElseThrow()).toList();
    this.window = window;
  }

  List<Row> of(List<Row> rows) {
    Stream<Row> within = rows.stream().filter(this::isWithin);
    return rule.ordered() ? within.sorted(byMark()).toList() : within.toList();
  }

  private boolean isWithin(Row row) {
    Optional<Watermark> mark = mark(row);
    if (mark.isEmpty()) {
      return rule.nulls() == NullWatermarks.EVERY_RUN;
    }
    return window.from().map(from -> order(mark.get(), from) >= 0).orElse(true)
        && window.to().map(to -> order(mark.get(), to) <= 0).orElse(true);
  }

  private Comparator<Row> byMark() {
    return Comparator.comparing(
        row -> mark(row).orElse(null), Comparator.nullsLast(Comparator.naturalOrder()));
  }

  /// Only as many columns are compared as the end of the window has.
  private static int order(Watermark mark, Watermark end) {
    return new Watermark(mark.marks().subList(0, end.marks().size())).compareTo(end);
  }

  private Optional<Watermark> mark(Row row) {
    var marks = new ArrayList<WatermarkValue>();
    for (int column : columns) {
      Optional.ofNullable(row.cell(column)).flatMap(WatermarkValue::of).ifPresent(marks::add);
    }
    return marks.size() == columns.size() ? Optional.of(new Watermark(marks)) : Optional.empty();
  }
}
