package io.qupersync.interfaces.cli;

import io.qupersync.domain.table.TableRef;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "discover",
    header = "List the source's tables and views, or draft a job for one.",
    description = {
      "With --job, prints a job ready to be pasted into the configuration, its key and watermark guessed from what is declared and from the columns' names; what is doubtful stands there as comments. Changes nothing."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  qupersync discover",
      "  qupersync discover \"sales.*\"",
      "  qupersync discover --job public.orders >> jobs.d/orders.yaml"
    })
final class DiscoverArguments implements Arguments {

  @Parameters(
      arity = "0..1",
      paramLabel = "PATTERN",
      description =
          "schema.table or table, where * stands for any text; without it, all but the system's own.")
  @Nullable String pattern;

  @Option(names = "--job", paramLabel = "TABLE", description = "Draft a job for this table.")
  @Nullable String table;

  @Override
  public Command command() {
    if (pattern != null && table != null) {
      throw new WrongUsage("name a pattern or a --job, not both");
    }
    if (table == null) {
      return new Command.Discover(pattern == null ? "*" : pattern);
    }
    try {
      return new Command.Draft(TableRef.parse(table, "public"));
    } catch (IllegalArgumentException noTable) {
      throw new WrongUsage(String.valueOf(noTable.getMessage()));
    }
  }
}
