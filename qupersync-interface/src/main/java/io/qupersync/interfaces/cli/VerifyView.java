package io.qupersync.interfaces.cli;

import io.qupersync.application.inspect.RepairJob.Repaired;
import io.qupersync.application.inspect.VerifyReport;
import io.qupersync.application.inspect.VerifyReport.Difference;
import io.qupersync.domain.run.RunOutcome;
import io.qupersync.domain.run.RunTally;
import io.qupersync.interfaces.text.AnsiStyle;
import io.qupersync.interfaces.text.HumanText;
import io.qupersync.interfaces.text.Table;
import io.qupersync.interfaces.text.Table.Cell;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a comparison came to, in words.
record VerifyView(Repaired repaired) {

  private VerifyReport report() {
    return repaired.report();
  }

  ExitCode exitCode() {
    ExitCode differs = report().same() ? ExitCode.DONE : ExitCode.FAILED;
    return repaired
        .outcome()
        .map(ExitCode::of)
        .map(repair -> ExitCode.worst(List.of(repair, differs)))
        .orElse(differs);
  }

  static Table table() {
    return Table.of(
        "<job",
        ">source rows",
        ">target rows",
        ">missing",
        ">differing",
        ">extra",
        ">rejected",
        "<verdict");
  }

  List<Cell> cells() {
    VerifyReport report = report();
    return List.of(
        Cell.of(report.job().value()),
        Cell.of(report.sourceRows()),
        Cell.of(report.targetRows()),
        count(report.missing()),
        count(report.differing()),
        count(report.extra()),
        Cell.of(report.rejected()),
        new Cell(verdict(), report.same() ? AnsiStyle.GOOD : AnsiStyle.BAD));
  }

  private Cell count(long rows) {
    return Cell.of(report().complete() ? HumanText.count(rows) : "≥ " + HumanText.count(rows));
  }

  private String verdict() {
    if (!report().same()) {
      return "differs";
    }
    return repaired.outcome().filter(VerifyView::changed).isPresent() ? "same, repaired" : "same";
  }

  private static boolean changed(RunOutcome outcome) {
    return outcome instanceof RunOutcome.Completed(_, RunTally tally, _)
        && tally.upserted() + tally.deleted() > 0;
  }

  /// What the table has no room for.
  List<String> remarks(int examples) {
    var remarks = new ArrayList<String>();
    repaired.outcome().ifPresent(outcome -> remarks.add(report().job() + ": " + repair(outcome)));
    report().examples().stream().limit(examples).map(this::line).forEach(remarks::add);
    long shown = Math.min(examples, report().examples().size());
    long all = report().missing() + report().differing() + report().extra();
    if (all > shown) {
      remarks.add("%s: and %s more".formatted(report().job(), HumanText.count(all - shown)));
    }
    report()
        .lawful()
        .ifPresent(why ->
            remarks.add(
                "%s: rows may differ as the job wants it: %s".formatted(report().job(), why)));
    return remarks;
  }

  private String line(Difference difference) {
    String key = "key " + difference.key();
    return report().job()
        + ": "
        + switch (difference.kind()) {
          case MISSING -> key + " is missing in the target";
          case DIFFERING -> key + " differs in " + String.join(", ", difference.columns());
          case EXTRA -> key + " is in the target only";
        };
  }

  private static String repair(RunOutcome outcome) {
    return switch (outcome) {
      case RunOutcome.Completed(var run, _, _) when !changed(outcome) ->
          "run %s changed nothing".formatted(run);
      case RunOutcome.Completed(var run, RunTally tally, _) ->
          "repaired by run %s: %s inserted, %s updated, %s deleted"
              .formatted(
                  run,
                  HumanText.count(tally.inserted()),
                  HumanText.count(tally.updated()),
                  HumanText.count(tally.deleted()));
      case RunOutcome.Failed(_, _, String reason, _) -> "the repair failed: " + reason;
      case RunOutcome.Cancelled _ -> "the repair was cancelled";
      case RunOutcome.AlreadyRunning(var holder) ->
          "not repaired, since run %s of the job is under way".formatted(holder);
    };
  }

  Map<String, @Nullable Object> json() {
    VerifyReport report = report();
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("job", report.job().value());
    json.put("same", report.same());
    json.put("source_rows", report.sourceRows());
    json.put("target_rows", report.targetRows());
    json.put("missing", report.missing());
    json.put("differing", report.differing());
    json.put("extra", report.extra());
    json.put("rejected", report.rejected());
    json.put("complete", report.complete());
    json.put("repair", repaired.outcome().map(VerifyView::repair).orElse(null));
    json.put("may_differ_because", report.lawful().orElse(null));
    json.put("examples", report.examples().stream().map(VerifyView::json).toList());
    return json;
  }

  private static Map<String, Object> json(Difference difference) {
    var json = new LinkedHashMap<String, Object>();
    json.put("kind", difference.kind().name().toLowerCase(Locale.ROOT));
    json.put("key", difference.key());
    json.put("columns", difference.columns());
    return json;
  }
}
