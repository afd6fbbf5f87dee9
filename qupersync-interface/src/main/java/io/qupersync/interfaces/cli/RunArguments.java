package io.qupersync.interfaces.cli;

import io.qupersync.application.sync.RunRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "run",
    header = "Run jobs once, show their progress, print a table.",
    customSynopsis = "qupersync run (JOB... | --all) [--full | --from T --to T] [OPTIONS]",
    description = {
      "What becomes of a job's watermark, up to which it has read its source:",
      "  without options  read from the watermark on (less the job's lookback),",
      "                   then move it to the highest value seen",
      "  --full           read everything, whatever the watermark says, then move it",
      "                   likewise; it never moves back",
      "  --from, --to     read what lies between the two, both included; the",
      "                   watermark stays where it is",
      "",
      "A run that fails leaves the watermark where it was. Rows that are already the same in the target are not written again, so running twice does no harm."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  qupersync run orders customers",
      "  qupersync run --all --json",
      "  qupersync run orders --full",
      "  qupersync run orders --from 2026-01-01 --to \"2026-01-31 23:59:59\""
    })
final class RunArguments implements Arguments {

  @Parameters(
      arity = "0..*",
      paramLabel = "JOB",
      description = "The jobs to run; 'qupersync jobs' lists them.")
  List<String> jobs = new ArrayList<>();

  @Option(names = "--all", description = "Run every job.")
  boolean all;

  @Option(names = "--full", description = "Read everything, not only from the watermark on.")
  boolean full;

  @Option(
      names = "--from",
      paramLabel = "T",
      description =
          "Read from this value of the watermark's column on; without it, from the very beginning.")
  @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "T",
      description = "Read up to this value of the watermark's column; without it, to the very end.")
  @Nullable String to;

  @Option(
      names = "--allow-deletes",
      description =
          "Let a mirror delete as much as its source lacks, even if that is most of its target.")
  boolean allowDeletes;

  @Override
  public Command command() {
    return new Command.Run(
        choice(), scope(), allowDeletes ? RunRequest.Deletes.ALLOWED : RunRequest.Deletes.LIMITED);
  }

  private JobChoice choice() {
    if (all && !jobs.isEmpty()) {
      throw new WrongUsage("name jobs or say --all, not both");
    }
    if (!all && jobs.isEmpty()) {
      throw new WrongUsage("name the jobs to run, or say --all for every job");
    }
    return all ? new JobChoice.All() : new JobChoice.Named(Arguments.jobs(jobs));
  }

  private RunRequest.Scope scope() {
    boolean backfill = from != null || to != null;
    if (full && backfill) {
      throw new WrongUsage("--full reads everything, so --from and --to say nothing beside it");
    }
    if (backfill) {
      return new RunRequest.Scope.Backfill(Optional.ofNullable(from), Optional.ofNullable(to));
    }
    return full ? new RunRequest.Scope.Full() : new RunRequest.Scope.Ordinary();
  }
}
