package io.qupersync.interfaces.cli;

import picocli.CommandLine;

@CommandLine.Command(
    name = "serve",
    header = "Run jobs by their schedules, until a signal comes.",
    description = {
      "Runs each job by its schedule, and reads it whole by its full_schedule, if it has one. While transactions are open at the source a watermark waits for them, up to watermark.hold_back_max. Rows are read in plain transactions; source.read_only: true declares them read-only. source.search_path is for the names in a job's own query.",
      "",
      "SIGTERM and SIGINT: takes no new run, lets those under way end within shutdown_grace, cancels what is left, exits with 0. A second one cancels at once."
    })
final class ServeArguments implements Arguments {

  @Override
  public Command command() {
    return new Command.Serve();
  }
}
