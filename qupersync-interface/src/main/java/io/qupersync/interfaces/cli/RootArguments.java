package io.qupersync.interfaces.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The options that every command takes, before its name or after it.
@Command(
    name = "qupersync",
    synopsisSubcommandLabel = "COMMAND",
    header = "Copies tables and metrics from Amazon Redshift into PostgreSQL, resumably.",
    description = "'qupersync COMMAND --help' explains a command.",
    subcommands = {
      DemoArguments.class,
      DrillArguments.class,
      BenchArguments.class,
      ServeArguments.class,
      RunArguments.class,
      PlanArguments.class,
      ValidateArguments.class,
      JobsArguments.class,
      StatusArguments.class,
      RunsArguments.class,
      WatermarkArguments.class,
      VerifyArguments.class,
      ExplainArguments.class,
      DeadLettersArguments.class,
      PreviewArguments.class,
      CheckArguments.class,
      DiscoverArguments.class,
      MigrateArguments.class,
      VersionArguments.class,
      CompletionArguments.class,
      HelpArguments.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  qupersync demo --once                  see it work, with nothing but a JDK",
      "  qupersync validate -c my.yaml          find every mistake in a configuration",
      "  qupersync plan orders -c my.yaml       what a run would do; touches nothing",
      "  qupersync run --all                    run every job once",
      "  qupersync status --json                for scripts and monitoring"
    })
final class RootArguments {

  // said, not left out: a flag that is given before the command and after it would else count as
  // given and taken back
  private static final String NO = "false";

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description =
          "The configuration. Without it ./qupersync.yaml, and where there is none the environment (REDSHIFT_HOST, POSTGRES_HOST, ...).")
  @Nullable Path config;

  @Option(
      names = "--json",
      defaultValue = NO,
      scope = ScopeType.INHERIT,
      description = "Results as JSON: one array of objects.")
  boolean json;

  @Option(
      names = {"-v", "--verbose"},
      defaultValue = NO,
      scope = ScopeType.INHERIT,
      description = "Log lines, and stack traces of errors, on stderr.")
  boolean verbose;

  @Option(
      names = {"-q", "--quiet"},
      defaultValue = NO,
      scope = ScopeType.INHERIT,
      description = "No progress on stderr, only errors.")
  boolean quiet;

  @Option(
      names = "--no-color",
      defaultValue = NO,
      scope = ScopeType.INHERIT,
      description = "No colours, as with NO_COLOR=1 in the environment.")
  boolean noColor;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Explain, and do nothing.")
  boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Print the version, and do nothing.")
  boolean version;

  GlobalOptions options() {
    return new GlobalOptions(Optional.ofNullable(config), json, verbose, quiet, noColor);
  }
}
