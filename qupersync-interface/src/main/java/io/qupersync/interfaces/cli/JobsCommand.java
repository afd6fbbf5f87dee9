package io.qupersync.interfaces.cli;

import io.qupersync.domain.job.FlavoredJob;
import io.qupersync.domain.job.JobRegistry;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.interfaces.cli.text.Table;
import io.qupersync.interfaces.cli.text.Table.Cell;
import io.qupersync.interfaces.cli.text.Wording;
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
    for (FlavoredJob flavored : jobs.all()) {
      SyncJob job = flavored.provisioned();
      table.row(
          Cell.of(job.id().value()),
          Cell.of(JobTexts.mode(job.mode())),
          Cell.of(JobTexts.source(flavored)),
          Cell.of(JobTexts.target(job)),
          Cell.of(Wording.shortened(String.join(", ", job.destination().key()), KEY_WIDTH)),
          Cell.of(JobTexts.schedule(job.schedule())));
    }
    return table;
  }

  private static Map<String, Object> json(FlavoredJob flavored) {
    SyncJob job = flavored.provisioned();
    var json = new LinkedHashMap<String, Object>();
    json.put("job", job.id().value());
    json.put("mode", JobTexts.mode(job.mode()));
    json.put("source", JobTexts.source(flavored));
    json.put("target", JobTexts.target(job));
    json.put("key", job.destination().key());
    json.put("watermark_columns", JobTexts.watermarkColumns(job));
    json.put("schedule", JobTexts.schedule(job.schedule()));
    return json;
  }
}
