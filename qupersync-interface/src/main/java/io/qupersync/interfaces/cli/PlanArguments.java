package io.qupersync.interfaces.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "plan",
    header = "Show what a run would do; touches nothing.",
    description = {
      "Prints the query the source would be sent, with its bounds, the changes to the target's tables, the statement that would write the rows, and the columns with their types on both sides. Conversions that lose something, and values that are checked when they are written, are listed at the end, and a watermark that looks back by nothing (see lookback, defaults.lookback)."
    })
final class PlanArguments implements Arguments {

  @Parameters(
      arity = "0..*",
      paramLabel = "JOB",
      description = "The jobs to plan; all of them when none is named.")
  List<String> jobs = new ArrayList<>();

  @Override
  public Command command() {
    return new Command.Plan(
        jobs.isEmpty() ? new JobChoice.All() : new JobChoice.Named(Arguments.jobs(jobs)));
  }
}
