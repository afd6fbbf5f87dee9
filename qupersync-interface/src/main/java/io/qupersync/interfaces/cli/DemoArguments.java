package io.qupersync.interfaces.cli;

import picocli.CommandLine;
import picocli.CommandLine.Option;

@CommandLine.Command(
    name = "demo",
    header = "See it work: eight jobs, with nothing but a JDK.",
    description = {
      "Runs the built-in jobs from a stand-in for Redshift, filled with the metrics of a lively cluster, into a PostgreSQL that it starts itself. Needs no database, no account and no configuration.",
      "",
      "The databases stay up until Ctrl-C, so that one can look around in them."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  qupersync demo --once", "  qupersync demo --once --scale 3 --json"})
final class DemoArguments implements Arguments {

  private static final int MOST = 20;

  @Option(names = "--once", description = "End after the table.")
  boolean once;

  @Option(
      names = "--scale",
      paramLabel = "N",
      defaultValue = "1",
      description = "N times the usual amount of data, 1 to 20; ${DEFAULT-VALUE} without it.")
  int scale;

  @Override
  public Command command() {
    if (scale < 1 || scale > MOST) {
      throw new WrongUsage("--scale must be 1 to %d, was %d".formatted(MOST, scale));
    }
    return new Command.Demo(once, scale);
  }
}
