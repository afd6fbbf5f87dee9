package io.qupersync.interfaces.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "watermark",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      WatermarkArguments.Show.class,
      WatermarkArguments.Set.class,
      WatermarkArguments.Reset.class,
      WatermarkArguments.Keep.class
    },
    header = "Show how far a job has read, or move it by hand.",
    description = {
      "The watermark is the value up to which a job has read its source. It moves by itself, when every batch of a run has been committed. What it was made for is kept with it: source, extraction, columns, key and target. When that has changed, or the target has lost its rows, a run stops before its first row, and it is for 'run --full', 'watermark reset' or 'watermark keep' to say how to go on."
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

  @CommandLine.Command(
      name = "set",
      header = "Move a job's watermark by hand, back or ahead.",
      description = {
        "The next run reads from there on, less the job's lookback. Rows between an earlier watermark and a later one that is set here are not read, unless by 'run --from --to' or 'run --full'. Refuses while a run of the job is under way."
      },
      footerHeading = "%nExamples:%n",
      footer = {"  qupersync watermark set orders \"2026-03-02 08:00:00\""})
  static final class Set implements Arguments {

    @Parameters(index = "0", paramLabel = "JOB", description = "The job.")
    String job = "";

    @Parameters(
        index = "1..*",
        arity = "1..*",
        paramLabel = "VALUE",
        description =
            "The value of the watermark's column; of several columns, one each, those at the end may be left out.")
    List<String> values = new ArrayList<>();

    @Override
    public Command command() {
      return new Command.WatermarkSet(Arguments.job(job), values);
    }
  }

  @CommandLine.Command(
      name = "reset",
      header = "Forget a job's watermark; the next run reads as the first did.",
      description = {
        "Rows that are already the same in the target are not written again. Refuses while a run of the job is under way."
      })
  static final class Reset implements Arguments {

    @Parameters(paramLabel = "JOB", description = "The job.")
    String job = "";

    @Override
    public Command command() {
      return new Command.WatermarkReset(Arguments.job(job));
    }
  }

  @CommandLine.Command(
      name = "keep",
      header = "Go on from a job's watermark although its definition or its target has changed.",
      description = {
        "For a change by which no row is missed, such as a query that is written otherwise and means the same, or a target that was moved with all its rows. Rows below the watermark are not read again. How late rows came is forgotten: rows that were deleted in the target and copied again look like late ones. Refuses while a run of the job is under way."
      })
  static final class Keep implements Arguments {

    @Parameters(paramLabel = "JOB", description = "The job.")
    String job = "";

    @Override
    public Command command() {
      return new Command.WatermarkKeep(Arguments.job(job));
    }
  }
}
