package io.qupersync.interfaces.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

@CommandLine.Command(
    name = "bench",
    header = "See how fast it is beside psql, dblink and plain COPY, on this machine.",
    description = {
      "Starts two databases of its own, makes data, and lets QuperSync and its rivals do the same work in turns, from the same beginnings. After each work the copies are compared cell by cell.",
      "",
      "Touches no other database, but with --against: then it reads a table of your own, from the Redshift and into the PostgreSQL that the environment names (REDSHIFT_HOST, POSTGRES_HOST, ...), where it makes a schema qupersync_bench and drops it at the end; nobody should write to the table meanwhile. Nothing but memory has a goal then.",
      "",
      "Prints what was wanted and what was measured, as medians of ratios over the rounds; exit code 1 when something falls short or a copy is wrong."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  qupersync bench",
      "  qupersync bench --only a,c --rows 1000000 --rounds 5",
      "  qupersync bench --only a,b,c,d,e --rounds 9 --beside before.jar",
      "  qupersync bench --against public.orders --key order_id"
    })
final class BenchArguments implements Arguments {

  private static final int MOST_ROUNDS = 1000;

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "Rows of the table of orders; 5000000 without it. The others go along.")
  @Nullable Long rows;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Rounds of each contestant; 3 without it.")
  @Nullable Integer rounds;

  @Option(
      names = "--only",
      paramLabel = "NAME",
      split = ",",
      description = "Only these works, by their letters in the table.")
  List<String> only = List.of();

  @Option(
      names = "--write",
      paramLabel = "DIR",
      description =
          "Writes performance.md and images/performance.svg there, with a profile from an extra round.")
  @Nullable Path write;

  @Option(
      names = "--beside",
      paramLabel = "JAR",
      description =
          "Measures another build, say the one before a change, in turns with this one, instead of the rivals: whether this one is as fast.")
  @Nullable Path beside;

  @Option(
      names = "--against",
      paramLabel = "TABLE",
      description = "Measures with this table of your own Redshift, and your own PostgreSQL.")
  @Nullable String against;

  @Option(
      names = "--key",
      paramLabel = "COLUMN",
      split = ",",
      description = "What makes a row of that table.")
  List<String> key = List.of();

  @Override
  public Command command() {
    if (rounds != null && (rounds < 1 || rounds > MOST_ROUNDS)) {
      throw new WrongUsage("--rounds must be 1 to %d, was %d".formatted(MOST_ROUNDS, rounds));
    }
    return new Command.Bench(
        rows == null ? OptionalLong.empty() : OptionalLong.of(rows),
        rounds == null ? OptionalInt.empty() : OptionalInt.of(rounds),
        only,
        Optional.ofNullable(write),
        other(),
        ownTable());
  }

  private Optional<Path> other() {
    if (beside != null && !Files.isRegularFile(beside)) {
      throw new WrongUsage("--beside names no file: " + beside);
    }
    return Optional.ofNullable(beside);
  }

  private Optional<Command.Bench.OwnTable> ownTable() {
    if (against == null && key.isEmpty()) {
      return Optional.empty();
    }
    if (against == null || key.isEmpty()) {
      throw new WrongUsage("--against TABLE and --key COLUMN go together");
    }
    if (rows != null || write != null || beside != null || !only.isEmpty()) {
      throw new WrongUsage("--against takes --key and --rounds, nothing else");
    }
    return Optional.of(new Command.Bench.OwnTable(against, key));
  }
}
