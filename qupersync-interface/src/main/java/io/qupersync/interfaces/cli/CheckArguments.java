package io.qupersync.interfaces.cli;

import picocli.CommandLine;

@CommandLine.Command(
    name = "check",
    header = "Connect to both databases and ask whether every job could run.",
    description = {
      "Versions, users, encryption; whether the source's user may read what the jobs read, and the target's user may write what they write. What is missing comes with the GRANT that helps. Warns of a user who sees only his own rows, of a narrow encoding, of a superuser, and of triggers that need target.search_path. Changes nothing.",
      "",
      "Exit code 1 when something is missing, 3 when a database cannot be reached."
    })
final class CheckArguments implements Arguments {

  @Override
  public Command command() {
    return new Command.Check();
  }
}
