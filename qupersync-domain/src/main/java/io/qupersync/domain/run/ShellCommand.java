package io.qupersync.domain.run;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A call of this program that a message advises, to be pasted into a POSIX shell as it stands. The
/// one place that writes such calls, so that whatever is in a value reaches the program.
public final class ShellCommand {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+=,-]+");

  private final String line;

  private ShellCommand(String line) {
    this.line = line;
  }

  /// @param words the subcommand and all that follows it, unquoted
  public static ShellCommand of(String... words) {
    return new ShellCommand(
        Arrays.stream(words)
            .map(ShellCommand::quoted)
            .collect(Collectors.joining(" ", "qupersync ", "")));
  }

  /// Within single quotes nothing means anything to a shell but the quote itself.
  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /// What is to be pasted.
  public String line() {
    return line;
  }

  /// As it stands in a sentence: between backticks.
  @Override
  public String toString() {
    return "`" + line + "`";
  }
}
