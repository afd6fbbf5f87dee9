package io.qupersync.interfaces.cli;

import picocli.CommandLine;

@CommandLine.Command(
    name = "serve",
    header = "Run jobs by their schedules, until a signal comes.",
    description = {
      "SIGTERM and SIGINT: takes no new run, lets those under way end within shutdown_grace, cancels what is left, exits with 0. A second one cancels at once."
    })
final class ServeArguments implements Arguments {

  @Override
  public Command command() {
    return new Command.Serve();
  }
}
