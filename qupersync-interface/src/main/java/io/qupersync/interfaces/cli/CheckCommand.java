package io.qupersync.interfaces.cli;

import io.qupersync.application.inspect.CheckConnections.Finding;
import io.qupersync.application.inspect.CheckConnections.Verdict;
import io.qupersync.domain.job.JobRegistry;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.interfaces.text.AnsiStyle;
import io.qupersync.interfaces.text.Table;
import io.qupersync.interfaces.text.Table.Cell;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/// `check`: whether both databases are there and every job could run.
public final class CheckCommand {

  private final JobRegistry jobs;
  private final Function<List<JobVariants>, List<Finding>> check;
  private final Console console;

  public CheckCommand(
      JobRegistry jobs, Function<List<JobVariants>, List<Finding>> check, Console console) {
    this.jobs = jobs;
    this.check = check;
    this.console = console;
  }

  public ExitCode execute() {
    List<Finding> findings = check.apply(jobs.all());
    if (console.json()) {
      console.resultAsJson(findings.stream().map(CheckCommand::json).toList());
    } else {
      Table table = Table.of("<what", "<verdict", "<detail");
      findings.forEach(finding ->
          table.row(
              Cell.of(finding.subject()), verdict(finding.verdict()), Cell.of(finding.detail())));
      console.result(table);
    }
    return ExitCode.worst(findings.stream().map(Finding::verdict).map(CheckCommand::code).toList());
  }

  private static Cell verdict(Verdict verdict) {
    return new Cell(word(verdict), verdict == Verdict.OK ? AnsiStyle.GOOD : AnsiStyle.BAD);
  }

  private static String word(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT);
  }

  private static ExitCode code(Verdict verdict) {
    return switch (verdict) {
      case OK, WARNING -> ExitCode.DONE;
      case PROBLEM -> ExitCode.FAILED;
      case MISCONFIGURED -> ExitCode.USAGE;
      case UNREACHABLE -> ExitCode.UNREACHABLE;
    };
  }

  private static Map<String, Object> json(Finding finding) {
    var json = new LinkedHashMap<String, Object>();
    json.put("what", finding.subject());
    json.put("verdict", word(finding.verdict()));
    json.put("detail", finding.detail());
    return json;
  }
}
