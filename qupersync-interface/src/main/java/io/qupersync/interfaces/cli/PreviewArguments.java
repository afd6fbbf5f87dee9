package io.qupersync.interfaces.cli;

import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "preview",
    header = "Show rows as the next run would write them; writes nothing.",
    description = {
      "Reads the first rows of the next run, from the watermark on, and shapes them by the job's rules. Those that would be rejected are shown with the reason. The watermark stays where it is."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  qupersync preview orders", "  qupersync preview orders --limit 100 --json"})
final class PreviewArguments implements Arguments {

  private static final int MOST = 1000;

  @Parameters(paramLabel = "JOB", description = "The job.")
  String job = "";

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many rows are read, 1 to 1000; ${DEFAULT-VALUE} without it.")
  int limit;

  @Override
  public Command command() {
    return new Command.Preview(Arguments.job(job), Arguments.limit(limit, MOST));
  }
}
