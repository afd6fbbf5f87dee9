package io.qupersync.interfaces.cli;

import io.qupersync.application.inspect.Preview;
import io.qupersync.domain.job.JobRegistry;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.domain.row.RejectedRow;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.table.Column;
import io.qupersync.interfaces.text.HumanText;
import io.qupersync.interfaces.text.Table;
import io.qupersync.interfaces.text.Table.Cell;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// `preview`: rows as the next run would write them, and the rejected ones with the reason.
public final class PreviewCommand {

  private static final int SHORT = 40;

  private final JobRegistry jobs;
  private final Previewing preview;
  private final Console console;

  /// Reads so many rows of the job's next run.
  @FunctionalInterface
  public interface Previewing {
    Preview of(JobVariants job, int limit);
  }

  public PreviewCommand(JobRegistry jobs, Previewing preview, Console console) {
    this.jobs = jobs;
    this.preview = preview;
    this.console = console;
  }

  /// @throws WrongUsage when the job is unknown
  public ExitCode execute(Command.Preview command) {
    JobVariants job = new JobSelection(jobs).of(command.job());
    Preview found = InterruptibleCall.call("preview", () -> preview.of(job, command.limit()));
    List<String> columns = names(found.mapping().targetColumns());
    if (console.json()) {
      console.resultAsJson(json(found, columns));
    } else {
      print(found, columns);
    }
    return ExitCode.DONE;
  }

  private static List<String> names(List<Column> columns) {
    return columns.stream().map(Column::name).toList();
  }

  private void print(Preview found, List<String> columns) {
    if (found.rows().isEmpty() && found.rejected().isEmpty()) {
      console.result("the next run has nothing to read");
      return;
    }
    if (!found.rows().isEmpty()) {
      Table table = Table.of(columns.stream().map(name -> "<" + name).toArray(String[]::new));
      found.rows().forEach(row -> table.row(cells(row)));
      console.result(table);
    }
    found.rejected().forEach(row -> console.result(rejected(row, found)));
  }

  private static List<Cell> cells(Row row) {
    var cells = new ArrayList<Cell>();
    for (int i = 0; i < row.size(); i++) {
      cells.add(Cell.of(shown(row.cell(i))));
    }
    return cells;
  }

  private static String shown(@Nullable Object cell) {
    return HumanText.shortened(CellView.text(cell), SHORT);
  }

  private static String rejected(RejectedRow row, Preview found) {
    List<String> columns = found.mapping().source().names();
    String values =
        IntStream.range(0, columns.size())
            .mapToObj(i -> columns.get(i) + "=" + shown(row.source().cell(i)))
            .collect(Collectors.joining(" "));
    return HumanText.oneLine("rejected: %s%s (%s)".formatted(about(row), row.reason(), values));
  }

  private static String about(RejectedRow row) {
    return row.column().map(column -> "column '" + column + "': ").orElse("");
  }

  private static List<Map<String, @Nullable Object>> json(Preview found, List<String> columns) {
    var json = new ArrayList<Map<String, @Nullable Object>>();
    for (Row row : found.rows()) {
      var object = new LinkedHashMap<String, @Nullable Object>();
      object.put("rejected", false);
      object.put("row", values(row, columns));
      json.add(object);
    }
    for (RejectedRow row : found.rejected()) {
      var object = new LinkedHashMap<String, @Nullable Object>();
      object.put("rejected", true);
      object.put("column_name", row.column().orElse(null));
      object.put("reason", row.reason());
      object.put("row_values", values(row.source(), found.mapping().source().names()));
      json.add(object);
    }
    return json;
  }

  private static Map<String, @Nullable Object> values(Row row, List<String> columns) {
    var values = new LinkedHashMap<String, @Nullable Object>();
    for (int i = 0; i < columns.size(); i++) {
      values.put(columns.get(i), CellView.json(row.cell(i)));
    }
    return values;
  }
}
