package io.qupersync.interfaces.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class ManualPageTest {

  private static final Path GROFF = Path.of("/usr/bin/groff");

  @TempDir Path directory;

  private static String page() {
    var parsed = new CommandLineParser().parse("help", "--man");
    return ((ParsedLine.Information) parsed).text();
  }

  @Test
  void names_every_command_and_every_option() {
    String plain = page().replace("\\-", "-").replaceAll("\\\\f[BIR]", "");

    everyCommand(HelpLayout.of(new RootArguments()), plain);
  }

  private static void everyCommand(CommandLine line, String page) {
    line.getSubcommands()
        .forEach((name, command) -> {
          if (command.getSubcommands().isEmpty()) {
            assertThat(page).containsPattern("\\.SS \"([a-z-]+ )?" + name + "[ \"]");
          }
          for (OptionSpec option : command.getCommandSpec().options()) {
            assertThat(page).as(name).contains(option.longestName());
          }
          everyCommand(command, page);
        });
  }

  @Test
  void leaves_nothing_of_picoclis_own_language_in_the_text() {
    assertThat(page()).doesNotContain("${").doesNotContain("%n").doesNotContain("@|");
  }

  @Test
  void man_has_nothing_to_complain_about() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(GROFF), "groff is not installed here");
    Path file = Files.writeString(directory.resolve("qupersync.1"), page());

    assertThat(groff("-z", file)).isEmpty();
    assertThat(groff("-Tutf8", file))
        .contains("EXIT STATUS")
        .contains("a database cannot be reached")
        .contains("--config");
  }

  private static String groff(String option, Path file) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                List.of(GROFF.toString(), "-ww", "-man", "-P-cbou", option, file.toString()))
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return printed;
  }
}
