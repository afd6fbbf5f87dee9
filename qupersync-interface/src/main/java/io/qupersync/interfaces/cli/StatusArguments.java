package io.qupersync.interfaces.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "status",
    header = "Show how the jobs stand.",
    description = {
      "Last run, watermark, how far it lies behind the present, rejected rows that wait."
    })
final class StatusArguments implements Arguments {

  @Parameters(
      arity = "0..1",
      paramLabel = "JOB",
      description = "Show this job in detail, instead of all in a table.")
  @Nullable String job;

  @Override
  public Command command() {
    return new Command.Status(Optional.ofNullable(job).map(Arguments::job));
  }
}
