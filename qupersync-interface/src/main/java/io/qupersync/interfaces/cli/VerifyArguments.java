package io.qupersync.interfaces.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "verify",
    header = "Compare source and target, row by row where they differ.",
    description = {
      "Counts and checksums of key ranges first, then the rows of the ranges that differ. Of a job with a watermark, compares what lies up to it; rows beyond are the next run's. Exit code 1 when a row is missing or differs, or when a mirror has one too many.",
      "",
      "Changes nothing unless --repair is said, and never the watermark. Both sides are read whole, in a stream; --repair reads them once more."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  qupersync verify", "  qupersync verify orders --repair"})
final class VerifyArguments implements Arguments {

  @Parameters(
      arity = "0..*",
      paramLabel = "JOB",
      description = "The jobs to verify; all of them when none is named.")
  List<String> jobs = new ArrayList<>();

  @Option(
      names = "--repair",
      description =
          "Copy the key ranges that differ, then compare again. The watermark stays where it is. A mirror is simply run.")
  boolean repair;

  @Override
  public Command command() {
    return new Command.Verify(
        jobs.isEmpty() ? new JobChoice.All() : new JobChoice.Named(Arguments.jobs(jobs)), repair);
  }
}
