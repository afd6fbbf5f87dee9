package io.qupersync.interfaces.cli;

import io.qupersync.interfaces.text.Suggestion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.UnmatchedArgumentException;

/// What picocli is told about the command line beyond the annotations.
final class HelpLayout {

  private static final int HELP_WIDTH = 90;

  /// Picocli's order, but for the commands, which come before the options.
  private static final List<String> SECTIONS =
      List.of(
          UsageMessageSpec.SECTION_KEY_HEADER_HEADING,
          UsageMessageSpec.SECTION_KEY_HEADER,
          UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING,
          UsageMessageSpec.SECTION_KEY_SYNOPSIS,
          UsageMessageSpec.SECTION_KEY_DESCRIPTION_HEADING,
          UsageMessageSpec.SECTION_KEY_DESCRIPTION,
          UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING,
          UsageMessageSpec.SECTION_KEY_COMMAND_LIST,
          UsageMessageSpec.SECTION_KEY_PARAMETER_LIST_HEADING,
          UsageMessageSpec.SECTION_KEY_PARAMETER_LIST,
          UsageMessageSpec.SECTION_KEY_OPTION_LIST,
          UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST_HEADING,
          UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST,
          UsageMessageSpec.SECTION_KEY_FOOTER_HEADING,
          UsageMessageSpec.SECTION_KEY_FOOTER);

  private HelpLayout() {}

  static CommandLine of(RootArguments root) {
    // saying --json before and after the command is no mistake
    var line = new CommandLine(root).setOverwrittenOptionsAllowed(true);
    // a name that begins with @ is a name, not a file to read arguments from
    line.setExpandAtFiles(false);
    dress(line);
    return line;
  }

  private static Map<String, String> exitCodes() {
    var codes = new LinkedHashMap<String, String>();
    for (ExitCode code : ExitCode.values()) {
      codes.put(Integer.toString(code.code()), code.meaning());
    }
    return codes;
  }

  /// Of every command: what it takes itself first, what all take after it.
  private static void dress(CommandLine line) {
    UsageMessageSpec usage = line.getCommandSpec().usageMessage();
    usage.width(HELP_WIDTH);
    usage.abbreviateSynopsis(true);
    usage.synopsisHeading("%nUsage: ");
    usage.descriptionHeading(usage.description().length == 0 ? "" : "%n");
    usage.sortOptions(false);
    usage.parameterListHeading("%n");
    usage.exitCodeListHeading("%nExit codes:%n");
    usage.exitCodeList(exitCodes());
    usage.commandListHeading("%nCommands:%n");
    line.setHelpSectionKeys(SECTIONS);
    line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpLayout::options);
    line.getSubcommands().values().forEach(HelpLayout::dress);
  }

  private static String options(Help help) {
    CommandSpec command = help.commandSpec();
    boolean isRoot = command.parent() == null;
    List<OptionSpec> own =
        command.options().stream().filter(option -> !option.inherited() && !isRoot).toList();
    List<OptionSpec> everywhere =
        command.options().stream().filter(option -> option.inherited() || isRoot).toList();
    return titled("", own, help) + titled("\nOptions of every command:\n", everywhere, help);
  }

  private static String titled(String title, List<OptionSpec> options, Help help) {
    return options.isEmpty() ? "" : title + help.optionListExcludingGroups(options);
  }

  /// Names the first word nobody expected, and the one that was meant.
  static String explained(UnmatchedArgumentException unmatched) {
    String word = unmatched.getUnmatched().getFirst();
    CommandLine line = unmatched.getCommandLine();
    if (unmatched.isUnknownOption()) {
      List<String> options =
          line.getCommandSpec().options().stream().map(OptionSpec::longestName).toList();
      return "unknown option '%s'; %s".formatted(word, hint(word, options, line));
    }
    return line.getSubcommands().isEmpty()
        ? "there is one word too many, '%s'; see '%s --help'".formatted(word, name(line))
        : unknownCommand(word, line);
  }

  static String unknownCommand(String word, CommandLine parent) {
    List<String> commands = List.copyOf(parent.getSubcommands().keySet());
    return "unknown command '%s'; %s".formatted(word, hint(word, commands, parent));
  }

  private static String hint(String word, List<String> known, CommandLine line) {
    return Suggestion.of(word, known)
        .map("did you mean '%s'?"::formatted)
        .orElse("see '%s --help'".formatted(name(line)));
  }

  private static String name(CommandLine line) {
    return line.getCommandSpec().qualifiedName(" ");
  }
}
