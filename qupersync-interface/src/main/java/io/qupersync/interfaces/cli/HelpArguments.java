package io.qupersync.interfaces.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(name = "help", header = "Explain a command.")
final class HelpArguments {

  @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "The command to explain.")
  List<String> path = new ArrayList<>();

  @Option(
      names = "--man",
      description = "All of it as a manual page: qupersync help --man | man -l -")
  boolean man;
}
