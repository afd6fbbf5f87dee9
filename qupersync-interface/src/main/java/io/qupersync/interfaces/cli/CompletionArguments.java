package io.qupersync.interfaces.cli;

import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "completion",
    header = "Print a script that completes commands and options.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  source <(qupersync completion bash)          for this shell",
      "  qupersync completion bash > ~/.local/share/bash-completion/completions/qupersync"
    })
final class CompletionArguments {

  /// One script serves both: in zsh it turns on zsh's own support for bash completions.
  private static final Set<String> SHELLS = Set.of("bash", "zsh");

  @Parameters(
      arity = "0..1",
      paramLabel = "SHELL",
      defaultValue = "bash",
      description = "bash or zsh; ${DEFAULT-VALUE} without it.")
  String shell = "bash";

  void check() {
    if (!SHELLS.contains(shell)) {
      throw new WrongUsage("completion knows the shells bash and zsh, not '%s'".formatted(shell));
    }
  }
}
