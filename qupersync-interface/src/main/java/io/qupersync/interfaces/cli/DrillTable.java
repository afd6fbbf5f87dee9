package io.qupersync.interfaces.cli;

import io.qupersync.interfaces.text.Table;
import io.qupersync.interfaces.text.Table.Cell;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Shows what drills came to: one line each on stdout, complaints on stderr.
public final class DrillTable {

  private final Console console;

  public DrillTable(Console console) {
    this.console = console;
  }

  /// What one drill came to.
  ///
  /// @param complaints what was not as it must be
  /// @param remark worth knowing, mostly empty
  public record Line(
      String drill,
      int rounds,
      int runs,
      int faults,
      long compared,
      long differences,
      List<String> complaints,
      String remark) {

    public Line {
      complaints = List.copyOf(complaints);
    }

    boolean good() {
      return differences == 0 && complaints.isEmpty();
    }
  }

  public ExitCode show(List<Line> lines) {
    if (console.json()) {
      console.resultAsJson(lines.stream().map(DrillTable::fields).toList());
    } else {
      console.result(table(lines));
    }
    for (Line line : lines) {
      line.complaints()
          .forEach(what -> console.message("error: %s: %s".formatted(line.drill(), what)));
    }
    return lines.stream().allMatch(Line::good) ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static Table table(List<Line> lines) {
    var table =
        Table.of(
            "<drill", ">rounds", ">runs", ">faults", ">rows compared", ">differences", "<remark");
    for (Line line : lines) {
      table.row(
          Cell.of(line.drill()),
          Cell.of(line.rounds()),
          Cell.of(line.runs()),
          Cell.of(line.faults()),
          Cell.of(line.compared()),
          Cell.of(line.differences()),
          Cell.of(
              line.complaints().isEmpty()
                  ? line.remark()
                  : "complaints: %d".formatted(line.complaints().size())));
    }
    return table;
  }

  private static Map<String, Object> fields(Line line) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("drill", line.drill());
    fields.put("rounds", line.rounds());
    fields.put("runs", line.runs());
    fields.put("faults_injected", line.faults());
    fields.put("rows_compared", line.compared());
    fields.put("differences", line.differences());
    fields.put("complaints", line.complaints());
    fields.put("remark", line.remark());
    return fields;
  }
}
