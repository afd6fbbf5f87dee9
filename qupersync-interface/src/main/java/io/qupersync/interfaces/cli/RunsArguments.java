package io.qupersync.interfaces.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

@CommandLine.Command(
    name = "runs",
    header = "Show the run log, the latest run first.",
    footerHeading = "%nExamples:%n",
    footer = {"  qupersync runs --job orders --limit 5", "  qupersync runs --json"})
final class RunsArguments implements Arguments {

  private static final int MOST = 1000;

  @Option(names = "--job", paramLabel = "JOB", description = "Only the runs of this job.")
  @Nullable String job;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many runs, 1 to 1000; ${DEFAULT-VALUE} without it.")
  int limit;

  @Override
  public Command command() {
    return new Command.Runs(
        Optional.ofNullable(job).map(Arguments::job), Arguments.limit(limit, MOST));
  }
}
