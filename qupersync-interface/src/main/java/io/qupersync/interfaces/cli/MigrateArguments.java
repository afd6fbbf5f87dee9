package io.qupersync.interfaces.cli;

import picocli.CommandLine;

@CommandLine.Command(
    name = "migrate",
    header = "Bring the state schema in the target up to date.",
    description = {"Every run does so too, unless the configuration says migrate: false."})
final class MigrateArguments implements Arguments {

  @Override
  public Command command() {
    return new Command.Migrate();
  }
}
