package io.qupersync.interfaces.cli;

import picocli.CommandLine;

@CommandLine.Command(
    name = "jobs",
    header = "List the jobs that are defined.",
    description = {"Mode, source, target, key and schedule. Connects to nothing."})
final class JobsArguments implements Arguments {

  @Override
  public Command command() {
    return new Command.Jobs();
  }
}
