package io.qupersync.interfaces.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// The manual page, in the language of `man`, from what `--help` is made of: all commands on one
/// page, as long as they fit there.
///
/// @see <a href="https://man7.org/linux/man-pages/man7/groff_man.7.html">groff_man(7)</a>
final class ManualPage {

  private final CommandLine root;
  private final List<String> lines = new ArrayList<>();

  private ManualPage(CommandLine root) {
    this.root = root;
  }

  static String of(CommandLine root) {
    return new ManualPage(root).write();
  }

  private String write() {
    CommandSpec spec = root.getCommandSpec();
    lines.add(".TH QUPERSYNC 1 \"\" \"QuperSync %s\"".formatted(VersionCommand.version()));
    section("NAME");
    text("qupersync - " + String.join(" ", spec.usageMessage().header()));
    section("SYNOPSIS");
    lines.add("\\fBqupersync\\fR \\fICOMMAND\\fR [\\fIARGUMENT\\fR ...]");
    section("DESCRIPTION");
    text(spec.usageMessage().description());
    section("COMMANDS");
    root.getSubcommands().values().forEach(command -> command("", command));
    section("OPTIONS OF EVERY COMMAND");
    options(spec.options());
    section("EXIT STATUS");
    for (ExitCode code : ExitCode.values()) {
      item(bold(Integer.toString(code.code())), code.meaning());
    }
    section("FILES");
    item(bold("./qupersync.yaml"), "The configuration, unless --config names another.");
    item(bold("jobs.d/*.yaml"), "More jobs, beside the configuration.");
    section("EXAMPLES");
    lines.add(".nf");
    text(spec.usageMessage().footer());
    lines.add(".fi");
    return String.join("\n", lines) + "\n";
  }

  /// @param parent the names before this one's, each with a blank after it
  private void command(String parent, CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    if (spec.usageMessage().hidden()) {
      return;
    }
    String name = parent + spec.name();
    if (!command.getSubcommands().isEmpty()) {
      command.getSubcommands().values().forEach(sub -> command(name + " ", sub));
      return;
    }
    String parameters =
        spec.positionalParameters().stream().map(ManualPage::place).collect(Collectors.joining());
    lines.add(".SS \"%s%s\"".formatted(escaped(name), parameters));
    text(spec.usageMessage().header());
    text(spec.usageMessage().description());
    spec.positionalParameters()
        .forEach(parameter ->
            item("\\fI%s\\fR".formatted(escaped(parameter.paramLabel())), described(parameter)));
    options(spec.options().stream().filter(option -> !option.inherited()).toList());
  }

  private static String place(PositionalParamSpec parameter) {
    String label = "\\fI%s\\fR".formatted(escaped(parameter.paramLabel()));
    String several = parameter.arity().max() > 1 ? " ..." : "";
    return parameter.arity().min() > 0
        ? " %s%s".formatted(label, several)
        : " [%s%s]".formatted(label, several);
  }

  private void options(Collection<OptionSpec> options) {
    for (OptionSpec option : options) {
      if (!option.hidden()) {
        item(names(option), described(option));
      }
    }
  }

  private static String names(OptionSpec option) {
    String names =
        List.of(option.names()).stream().map(ManualPage::bold).collect(Collectors.joining(", "));
    boolean flag = option.arity().max() == 0;
    return flag ? names : names + " \\fI%s\\fR".formatted(escaped(option.paramLabel()));
  }

  private static String described(ArgSpec argument) {
    String text = String.join(" ", argument.description());
    return text.replace("${DEFAULT-VALUE}", String.valueOf(argument.defaultValueString(true)));
  }

  private void section(String title) {
    lines.add(".SH \"%s\"".formatted(title));
  }

  /// @param term in the page's language
  private void item(String term, String text) {
    lines.add(".TP");
    lines.add(term);
    text(text);
  }

  /// As picocli has it: `%n` ends a line, `%%` is a percent sign.
  private void text(String... texts) {
    for (String text : texts) {
      text.replace("%n", "\n").replace("%%", "%").lines().map(ManualPage::line).forEach(lines::add);
    }
  }

  private static String bold(String text) {
    return "\\fB%s\\fR".formatted(escaped(text));
  }

  /// A line that begins with a dot or a quote would be taken for a request.
  private static String line(String text) {
    String escaped = escaped(text);
    return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
  }

  /// A plain hyphen may come out as another sign than the one to type.
  private static String escaped(String text) {
    return text.replace("\\", "\\e").replace("-", "\\-").replace("…", "...").replace("\"", "\\(dq");
  }
}
