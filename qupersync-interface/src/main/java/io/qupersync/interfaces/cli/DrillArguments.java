package io.qupersync.interfaces.cli;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

@CommandLine.Command(
    name = "drill",
    header = "See it survive: kills, cuts and crashes, then every row compared.",
    description = {
      "Starts two databases of its own and runs QuperSync between them as separate processes, which it kills, stops and cuts off at random moments. After each round the jobs must come to a good end by themselves; then every row of source and target is compared, and nothing may be left behind on either side.",
      "",
      "Touches no other database. Prints one line per drill; exit code 1 when anything differs or is left behind, with the seed that makes it happen again."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  qupersync drill --rounds 2",
      "  qupersync drill --only sigkill,target-crash --rounds 50 --seed 7"
    })
final class DrillArguments implements Arguments {

  private static final int MOST = 100_000;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Rounds of each drill; 10 without it, of sigkill 100.")
  @Nullable Integer rounds;

  @Option(
      names = "--only",
      paramLabel = "NAME",
      split = ",",
      description = "Only these drills, by the names in the table.")
  List<String> only = List.of();

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Where chance begins; another one each time without it.")
  @Nullable Long seed;

  @Override
  public Command command() {
    if (rounds != null && (rounds < 1 || rounds > MOST)) {
      throw new WrongUsage("--rounds must be 1 to %d, was %d".formatted(MOST, rounds));
    }
    return new Command.Drill(
        rounds == null ? OptionalInt.empty() : OptionalInt.of(rounds),
        only,
        seed == null ? OptionalLong.empty() : OptionalLong.of(seed));
  }
}
