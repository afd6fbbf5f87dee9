package io.qupersync.interfaces.cli;

import picocli.CommandLine;

@CommandLine.Command(
    name = "validate",
    header = "Check the configuration and list every mistake in it.",
    description = {
      "Prints each problem as file:line:column: message, with the nearest key where one was mistyped. Two jobs that write one table are a mistake, unless both say share_target: true. Connects to nothing. Ends with 0 when there is no problem, else with 2."
    })
final class ValidateArguments implements Arguments {

  @Override
  public Command command() {
    return new Command.Validate();
  }
}
