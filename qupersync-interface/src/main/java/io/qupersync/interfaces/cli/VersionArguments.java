package io.qupersync.interfaces.cli;

import picocli.CommandLine;

@CommandLine.Command(name = "version", header = "Print the versions of QuperSync and of Java.")
final class VersionArguments implements Arguments {

  @Override
  public Command command() {
    return new Command.Version();
  }
}
