package io.qupersync.application.inspect;

import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.row.RejectedRow;
import io.qupersync.domain.row.Row;
import java.util.List;

/// Rows as a run would write them.
public record Preview(TableMapping mapping, List<Row> rows, List<RejectedRow> rejected) {

  public Preview {
    rows = List.copyOf(rows);
    rejected = List.copyOf(rejected);
  }
}
