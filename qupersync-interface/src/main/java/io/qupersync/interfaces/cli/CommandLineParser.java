package io.qupersync.interfaces.cli;

import java.util.List;
import java.util.Locale;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Understands the command line. Reads no file, connects to nothing, prints nothing.
public final class CommandLineParser {

  private static final String PROGRAM = "qupersync";

  /// @param arguments as the process got them
  public ParsedLine parse(String... arguments) {
    return ServeLine.of(arguments).orElseGet(() -> parseAny(arguments));
  }

  /// By all rules there are.
  static ParsedLine parseAny(String... arguments) {
    var root = new RootArguments();
    CommandLine line = HelpLayout.of(root);
    try {
      line.parseArgs(arguments);
      return arguments.length == 0 ? information(line) : understood(line, root);
    } catch (UnmatchedArgumentException unmatched) {
      return new ParsedLine.UsageError(HelpLayout.explained(unmatched));
    } catch (ParameterException refused) {
      return new ParsedLine.UsageError(withHelp(refused, refused.getCommandLine()));
    }
  }

  private static ParsedLine understood(CommandLine line, RootArguments root) {
    List<CommandLine> path = line.getParseResult().asCommandLineList();
    CommandLine last = path.getLast();
    if (path.stream().anyMatch(CommandLine::isUsageHelpRequested)) {
      return information(last);
    }
    if (root.version) {
      return new ParsedLine.Call(new Command.Version(), root.options());
    }
    try {
      return meaning(line, last, root.options());
    } catch (WrongUsage wrong) {
      return new ParsedLine.UsageError(withHelp(wrong, last));
    }
  }

  private static ParsedLine meaning(CommandLine line, CommandLine last, GlobalOptions options) {
    return switch (last.getCommand()) {
      case Arguments arguments -> new ParsedLine.Call(arguments.command(), options);
      case HelpArguments help when help.man ->
          new ParsedLine.Information(ManualPage.of(line).stripTrailing());
      case HelpArguments help -> explained(line, help.path);
      case CompletionArguments completion -> {
        completion.check();
        yield new ParsedLine.Information(AutoComplete.bash(PROGRAM, line));
      }
      default -> throw new WrongUsage("say what to do");
    };
  }

  private static ParsedLine explained(CommandLine line, List<String> path) {
    CommandLine found = line;
    for (String name : path) {
      CommandLine next = found.getSubcommands().get(name);
      if (next == null) {
        return new ParsedLine.UsageError(HelpLayout.unknownCommand(name, found));
      }
      found = next;
    }
    return information(found);
  }

  private static ParsedLine.Information information(CommandLine line) {
    return new ParsedLine.Information(line.getUsageMessage(CommandLine.Help.Ansi.OFF));
  }

  /// The message in this program's voice: one line, no capital, no full stop, and where to read on.
  private static String withHelp(RuntimeException wrong, CommandLine line) {
    String message = String.valueOf(wrong.getMessage());
    String uncapped = message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
    return "%s; see '%s --help'".formatted(uncapped, line.getCommandSpec().qualifiedName(" "));
  }
}
