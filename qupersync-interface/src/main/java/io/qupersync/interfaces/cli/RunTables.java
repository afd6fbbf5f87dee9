package io.qupersync.interfaces.cli;

import io.qupersync.domain.run.RunTally;
import io.qupersync.interfaces.text.AnsiStyle;
import io.qupersync.interfaces.text.HumanText;
import io.qupersync.interfaces.text.Table;
import io.qupersync.interfaces.text.Table.Cell;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;

/// Tables of runs, and what is to be said below them.
final class RunTables {

  private static final Pattern FRACTION = Pattern.compile("(:\\d\\d)\\.\\d+");
  private static final int WATERMARK_WIDTH = 30;

  private RunTables() {}

  /// The result of `run`: one line per job. Unchanged rows are a column only when there are some,
  /// or the built-in jobs' table would not fit into 100 columns.
  static Table results(List<RunLine> runs) {
    boolean unchanged = runs.stream().anyMatch(RunTables::hasUnchanged);
    var headers =
        new ArrayList<>(List.of("<job", "<status", ">extracted", ">inserted", ">updated"));
    if (unchanged) {
      headers.add(">unchanged");
    }
    headers.addAll(List.of(">deleted", ">skipped", ">sec", ">rows/s", "<watermark"));
    Table table = Table.of(headers.toArray(String[]::new));
    runs.forEach(run -> table.row(result(run, unchanged)));
    return table;
  }

  private static boolean hasUnchanged(RunLine run) {
    return run.tally().filter(tally -> tally.unchanged() > 0).isPresent();
  }

  private static List<Cell> result(RunLine run, boolean unchanged) {
    var cells = new ArrayList<Cell>();
    cells.add(Cell.of(run.job().value()));
    cells.add(status(run.status()));
    cells.add(rows(run, RunTally::extracted));
    cells.add(rows(run, RunTally::inserted));
    cells.add(rows(run, RunTally::updated));
    if (unchanged) {
      cells.add(rows(run, RunTally::unchanged));
    }
    cells.add(rows(run, RunTally::deleted));
    cells.add(rejected(run));
    cells.add(seconds(run));
    cells.add(Cell.of(rate(run)));
    cells.add(Cell.of(run.watermarkTo().map(RunTables::watermark).orElse("")));
    return cells;
  }

  /// The run log: one line per run.
  static Table log(List<RunLine> runs) {
    Table table =
        Table.of(
            ">run",
            "<job",
            "<trigger",
            "<status",
            "<started",
            ">sec",
            ">extracted",
            ">upserted",
            ">deleted",
            ">skipped");
    for (RunLine run : runs) {
      table.row(
          Cell.of(run.id().map(Object::toString).orElse("")),
          Cell.of(run.job().value()),
          Cell.of(run.trigger().map(trigger -> trigger.word()).orElse("")),
          status(run.status()),
          Cell.of(run.startedAt().map(HumanText::instant).orElse("")),
          seconds(run),
          rows(run, RunTally::extracted),
          rows(run, RunTally::upserted),
          rows(run, RunTally::deleted),
          rejected(run));
    }
    return table;
  }

  static Cell status(String word) {
    return switch (word) {
      case "success" -> new Cell("ok", AnsiStyle.GOOD);
      case "failed" -> new Cell(word, AnsiStyle.BAD);
      case RunLine.ALREADY_RUNNING -> new Cell("busy", AnsiStyle.NOTICE);
      default -> new Cell(word, AnsiStyle.NOTICE);
    };
  }

  /// A watermark to the second; JSON has it in full.
  static String watermark(String text) {
    return HumanText.shortened(FRACTION.matcher(text).replaceAll("$1"), WATERMARK_WIDTH);
  }

  /// One line for each thing that did not go well.
  static List<String> remarks(List<RunLine> runs) {
    var remarks = new ArrayList<String>();
    for (RunLine run : runs) {
      run.remark().ifPresent(remark -> remarks.add(run.job() + ": " + remark));
      run.error().ifPresent(reason -> remarks.add(run.job() + ": " + HumanText.oneLine(reason)));
      if (run.status().equals(RunLine.ALREADY_RUNNING)) {
        remarks.add(
            "job %s is already running, run %s"
                .formatted(run.job(), run.id().map(Object::toString).orElse("unknown")));
      }
      run.tally()
          .map(RunTally::skipped)
          .filter(skipped -> skipped > 0)
          .ifPresent(skipped ->
              remarks.add(
                  "%s: %s rejected; the table dead_letters has each with its reason"
                      .formatted(run.job(), HumanText.count(skipped, "row"))));
    }
    return remarks;
  }

  private static Cell rows(RunLine run, ToLongFunction<RunTally> count) {
    return run.tally().map(tally -> Cell.of(count.applyAsLong(tally))).orElse(Cell.of(""));
  }

  private static Cell rejected(RunLine run) {
    Cell cell = rows(run, RunTally::skipped);
    return cell.text().equals("0") ? cell : new Cell(cell.text(), AnsiStyle.NOTICE);
  }

  private static Cell seconds(RunLine run) {
    return Cell.of(run.duration().map(HumanText::seconds).orElse(""));
  }

  private static String rate(RunLine run) {
    long extracted = run.tally().map(RunTally::extracted).orElse(0L);
    Duration duration = run.duration().orElse(Duration.ZERO);
    return extracted == 0 ? "-" : HumanText.perSecond(extracted, duration);
  }
}
