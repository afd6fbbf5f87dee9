package io.qupersync.interfaces.cli;

import io.qupersync.domain.job.JobRegistry;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.interfaces.text.HumanText;
import io.qupersync.interfaces.text.JobTexts;
import io.qupersync.interfaces.text.Table;
import io.qupersync.interfaces.text.Table.Cell;
import java.util.LinkedHashMap;
import java.util.Map;

/// `jobs`: lists what is defined. Asks no database.
public final class JobsCommand {

  private static final int KEY_WIDTH = 40;

  private final JobRegistry jobs;
  private final Console console;

  public JobsCommand(JobRegistry jobs, Console console) {
    this.jobs = jobs;
    this.console = console;
  }

  public ExitCode execute() {
    if (console.json()) {
      console.resultAsJson(jobs.all().stream().map(JobsCommand::json).toList());
    } else if (jobs.all().isEmpty()) {
      console.result("no jobs are defined");
    } else {
      console.result(table());
    }
    return ExitCode.DONE;
  }

  private Table table() {
    Table table = Table.of("<job", "<mode", "<source", "<target", "<key", "<schedule");
    for (JobVariants flavored : jobs.all()) {
      table.row(
          Cell.of(flavored.id().value()),
          Cell.of(JobTexts.mode(flavored)),
          Cell.of(JobTexts.source(flavored)),
          Cell.of(JobTexts.target(flavored)),
          Cell.of(
              HumanText.shortened(
                  JobTexts.either(flavored, job -> String.join(", ", job.destination().key())),
                  KEY_WIDTH)),
          Cell.of(JobTexts.either(flavored, job -> JobTexts.schedule(job.schedule()))));
    }
    return table;
  }

  private static Map<String, Object> json(JobVariants flavored) {
    var json = new LinkedHashMap<String, Object>();
    json.put("job", flavored.id().value());
    json.put("mode", JobTexts.mode(flavored));
    json.put("source", JobTexts.source(flavored));
    json.put("target", JobTexts.target(flavored));
    json.put("key", JobTexts.key(flavored));
    json.put("watermark_columns", JobTexts.watermarkColumns(flavored));
    json.put("schedule", JobTexts.either(flavored, job -> JobTexts.schedule(job.schedule())));
    return json;
  }
}
