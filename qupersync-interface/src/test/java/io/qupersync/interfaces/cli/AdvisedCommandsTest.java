package io.qupersync.interfaces.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.application.sync.RunRequest.Scope;
import io.qupersync.domain.run.ShellCommand;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that messages advise run when they are pasted into a shell. */
class AdvisedCommandsTest {

  /** A command of ours in the words of a message: in quotes, or begun by the program's name. */
  private static final Pattern BY_HAND =
      Pattern.compile(
          "['`](?:run|watermark|dead-letters|runs|explain|verify|preview) [^']*%|qupersync (?:run|watermark|dead-letters|runs|explain|verify|preview) [^\"]*%");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-01 00:11:00",
        "2026-11-01T00:11:00Z",
        "4711",
        "-4711",
        "-infinity",
        "it's; rm -rf $HOME `id` \"x\" \\ * ?",
        "''",
        "#1",
        "~",
        "a=b",
        "!x",
        "ß €"
      })
  void reach_the_program_with_every_value_as_it_is(String value) throws Exception {
    String line = ShellCommand.of("run", "customers", "--from", value).line();

    assertThat(new CommandLineParser().parse(pasted(line)))
        .isInstanceOfSatisfying(
            ParsedLine.Call.class,
            call ->
                assertThat(call.command())
                    .isInstanceOfSatisfying(
                        Command.Run.class,
                        run ->
                            assertThat(run.scope())
                                .isEqualTo(
                                    new Scope.Backfill(Optional.of(value), Optional.empty()))));
  }

  @Test
  void are_all_understood() throws Exception {
    var seen = new ArrayList<String>();
    for (Path file : sources()) {
      for (String arguments : calls(Files.readString(file))) {
        String[] words =
            Stream.of(arguments.split(","))
                .map(String::strip)
                .map(word -> word.startsWith("\"") ? word.replace("\"", "") : "some.job-1")
                .toArray(String[]::new);
        String line = ShellCommand.of(words).line();
        assertThat(new CommandLineParser().parse(pasted(line)))
            .as("%s: %s", file.getFileName(), line)
            .isInstanceOf(ParsedLine.Call.class);
        seen.add(line);
      }
    }
    assertThat(seen)
        .hasSizeGreaterThan(10)
        .contains(
            "qupersync run some.job-1 --full",
            "qupersync run some.job-1 --from some.job-1",
            "qupersync watermark keep some.job-1");
  }

  /** What stands between the parentheses of each call. */
  private static List<String> calls(String source) {
    String call = "ShellCommand.of(";
    var found = new ArrayList<String>();
    for (int at = source.indexOf(call); at >= 0; at = source.indexOf(call, at + 1)) {
      int begin = at + call.length();
      int end = begin;
      for (int depth = 1; depth > 0; end++) {
        depth += source.charAt(end) == '(' ? 1 : source.charAt(end) == ')' ? -1 : 0;
      }
      found.add(source.substring(begin, end - 1));
    }
    return found;
  }

  @Test
  void are_written_in_one_place() throws IOException {
    for (Path file : sources()) {
      if (!file.toString().endsWith("Arguments.java")) {
        assertThat(Files.readString(file).lines().filter(line -> !line.strip().startsWith("//")))
            .as(file.toString())
            .noneMatch(line -> BY_HAND.matcher(line).find());
      }
    }
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("..").toRealPath(), 12)) {
      return files
          .filter(file -> file.toString().contains("/src/main/java/"))
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.toString().contains("/qupersync-sandbox/"))
          .toList();
    }
  }

  /** What a shell makes of the line, without the program's name. */
  private static String[] pasted(String line) throws Exception {
    Process shell =
        new ProcessBuilder("sh", "-c", "qupersync() { printf '%s\\0' \"$@\"; }\n" + line).start();
    try (InputStream out = shell.getInputStream()) {
      String words = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(shell.waitFor(10, TimeUnit.SECONDS)).isTrue();
      return words.split("\0", -1).length == 0
          ? new String[0]
          : words.substring(0, words.length() - 1).split("\0", -1);
    }
  }
}
