package io.qupersync.interfaces.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@CommandLine.Command(name = "help", header = "Explain a command.")
final class HelpArguments {

  @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "The command to explain.")
  List<String> path = new ArrayList<>();
}
