package io.qupersync.interfaces.cli;

import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "watermark",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = WatermarkArguments.Show.class,
    header = "Show how far a job has read.",
    description = {
      "The watermark is the value up to which a job has read its source. It moves by itself, when every batch of a run has been committed."
    })
final class WatermarkArguments implements Arguments {

  @Override
  public Command command() {
    throw new WrongUsage("say what to do with the watermark, such as 'show JOB'");
  }

  @CommandLine.Command(
      name = "show",
      header = "Show how far a job has read, and where a run that died resumes.")
  static final class Show implements Arguments {

    @Parameters(paramLabel = "JOB", description = "The job.")
    String job = "";

    @Override
    public Command command() {
      return new Command.WatermarkShow(Arguments.job(job));
    }
  }
}
