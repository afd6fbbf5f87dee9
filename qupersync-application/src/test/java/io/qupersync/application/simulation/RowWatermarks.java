package io.qupersync.application.simulation;

import io.qupersync.domain.job.WatermarkRule;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.row.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the watermark of single rows.
final class RowWatermarks {

  private final List<Integer> columns;

  RowWatermarks(Scenario scenario) {
    List<String> names = scenario.sourceColumns().stream().map(column -> column.name()).toList();
    columns =
        scenario.watermark().map(WatermarkRule::columns).orElse(List.of()).stream()
            .map(names::indexOf)
            .toList();
  }

  /// Nothing for a row that lacks one of the columns, and for a job without watermark.
  Optional<Watermark> of(Row row) {
    var marks = new ArrayList<WatermarkValue>();
    for (int column : columns) {
      Optional.ofNullable(row.cell(column)).flatMap(WatermarkValue::of).ifPresent(marks::add);
    }
    return marks.isEmpty() || marks.size() < columns.size()
        ? Optional.empty()
        : Optional.of(new Watermark(marks));
  }
}
