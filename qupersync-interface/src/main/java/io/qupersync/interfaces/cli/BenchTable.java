package io.qupersync.interfaces.cli;

import io.qupersync.interfaces.text.Table;
import io.qupersync.interfaces.text.Table.Cell;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Shows what a bench came to: what each contestant took, and below it what was wanted and whether
/// it was reached. As JSON both are in one array.
public final class BenchTable {

  private static final double MEGA = 1e6;

  private final Console console;

  public BenchTable(Console console) {
    this.console = console;
  }

  /// Something to reach.
  public record Goal(String work, String against, String wanted, String measured, boolean met) {}

  /// What one contestant took for one work.
  ///
  /// @param numbers by the names they have in JSON; none of them may be missing that the table
  ///   shows
  public record Figure(String work, String contestant, Map<String, Number> numbers) {

    public Figure {
      numbers = new LinkedHashMap<>(numbers);
    }

    private double number(String name) {
      Number number = numbers.get(name);
      if (number == null) {
        throw new IllegalArgumentException("a figure without " + name);
      }
      return number.doubleValue();
    }
  }

  /// @param setting what it was measured with
  /// @param wrong copies that are not what they should be
  public ExitCode show(List<Goal> goals, List<Figure> figures, String setting, List<String> wrong) {
    if (console.json()) {
      var all = new ArrayList<Map<String, Object>>();
      goals.forEach(goal -> all.add(fields(goal)));
      figures.forEach(figure -> all.add(fields(figure)));
      console.resultAsJson(all);
    } else {
      console.result(table(figures));
      console.result("\n");
      console.result(goalTable(goals));
      console.result("\n" + setting);
    }
    wrong.forEach(what -> console.message("error: " + what));
    boolean good = wrong.isEmpty() && goals.stream().allMatch(Goal::met);
    return good ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static Table table(List<Figure> figures) {
    var table =
        Table.of(
            "<work",
            "<who",
            ">seconds",
            ">rows/s",
            ">MB/s",
            ">JVM CPU s",
            ">target CPU s",
            ">source CPU s",
            ">WAL MB",
            ">RSS MB",
            ">written",
            ">unchanged");
    for (Figure figure : figures) {
      table.row(
          Cell.of(figure.work()),
          Cell.of(figure.contestant()),
          decimal(figure.number("seconds"), 2),
          Cell.of(Math.round(figure.number("rows_per_second"))),
          decimal(figure.number("megabytes_per_second"), 1),
          decimal(figure.number("jvm_cpu_seconds"), 2),
          decimal(figure.number("target_cpu_seconds"), 2),
          decimal(figure.number("source_cpu_seconds"), 2),
          decimal(figure.number("wal_bytes") / MEGA, 1),
          decimal(figure.number("peak_rss_bytes") / MEGA, 0),
          Cell.of(
              Math.round(
                  figure.number("rows_inserted")
                      + figure.number("rows_updated")
                      + figure.number("rows_deleted"))),
          Cell.of(Math.round(figure.number("rows_unchanged"))));
    }
    return table;
  }

  private static Cell decimal(double number, int places) {
    return Cell.of(String.format(Locale.ROOT, "%,." + places + "f", number));
  }

  private static Table goalTable(List<Goal> goals) {
    var table = Table.of("<work", "<against", ">wanted", ">measured", "<reached");
    for (Goal goal : goals) {
      table.row(
          Cell.of(goal.work()),
          Cell.of(goal.against()),
          Cell.of(goal.wanted()),
          Cell.of(goal.measured()),
          Cell.of(goal.met() ? "yes" : "no"));
    }
    return table;
  }

  private static Map<String, Object> fields(Goal goal) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("work", goal.work());
    fields.put("against", goal.against());
    fields.put("wanted", goal.wanted());
    fields.put("measured", goal.measured());
    fields.put("reached", goal.met());
    return fields;
  }

  private static Map<String, Object> fields(Figure figure) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("work", figure.work());
    fields.put("contestant", figure.contestant());
    fields.putAll(figure.numbers());
    return fields;
  }
}
