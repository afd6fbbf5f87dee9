package io.qupersync.interfaces.cli;

import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "dead-letters",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DeadLettersArguments.ListThem.class,
      DeadLettersArguments.Replay.class,
      DeadLettersArguments.Discard.class
    },
    header = "Look at rejected rows, try them again, or throw them away.",
    description = {
      "A row that cannot be written stops nothing: it is kept, with its values and the reason, until somebody looks at it. None of these commands moves a watermark."
    })
final class DeadLettersArguments implements Arguments {

  private static final int MOST = 1000;

  @Override
  public Command command() {
    throw new WrongUsage("say what to do with the dead letters, such as 'list JOB'");
  }

  @CommandLine.Command(
      name = "list",
      header = "Show a job's rejected rows, the oldest first.",
      description = "Values are cut short in the table, and whole with --json.")
  static final class ListThem implements Arguments {

    @Parameters(paramLabel = "JOB", description = "The job.")
    String job = "";

    @Option(
        names = "--limit",
        paramLabel = "N",
        defaultValue = "100",
        description = "How many, 1 to 1000; ${DEFAULT-VALUE} without it.")
    int limit;

    @Override
    public Command command() {
      return new Command.DeadLettersList(Arguments.job(job), Arguments.limit(limit, MOST));
    }
  }

  @CommandLine.Command(
      name = "replay",
      header = "Try a job's rejected rows again, by its present rules.",
      description = {
        "A run of the job over its dead letters alone: those that can be written now are, and are gone from the list; the others stay. A row that the target has in a newer form is not overwritten. The watermark stays where it is."
      })
  static final class Replay implements Arguments {

    @Parameters(paramLabel = "JOB", description = "The job.")
    String job = "";

    @Override
    public Command command() {
      return new Command.DeadLettersReplay(Arguments.job(job));
    }
  }

  @CommandLine.Command(
      name = "discard",
      header = "Throw a job's rejected rows away, without asking.",
      description =
          "The rows at the source stay, of course; a run that reads one again rejects it again.")
  static final class Discard implements Arguments {

    @Parameters(paramLabel = "JOB", description = "The job.")
    String job = "";

    @Override
    public Command command() {
      return new Command.DeadLettersDiscard(Arguments.job(job));
    }
  }
}
