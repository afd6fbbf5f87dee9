package io.qupersync.interfaces.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// What stdout and stderr lead to.
///
/// @param outIsTerminal a person, not a file or a pipe, reads stdout
/// @param errIsTerminal a person reads stderr
/// @param colours the terminal shows colours and nobody has forbidden them
public record Screen(boolean outIsTerminal, boolean errIsTerminal, boolean colours) {

  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  /// Neither stream leads to a terminal.
  public static Screen none() {
    return new Screen(false, false, false);
  }

  /// @see <a href="https://no-color.org">NO_COLOR</a>
  public static Screen of(Map<String, String> environment) {
    boolean dumb = environment.getOrDefault("TERM", "").equals("dumb");
    boolean forbidden = !environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Screen(isTerminal(1) && !dumb, isTerminal(2) && !dumb, !dumb && !forbidden);
  }

  /// Java itself speaks only of stdin and stdout together, and cannot tell a redirected stderr:
  /// where the system shows its descriptors, they are asked.
  private static boolean isTerminal(int descriptor) {
    Path link = DESCRIPTORS.resolve(Integer.toString(descriptor));
    if (!Files.isSymbolicLink(link)) {
      return javaSeesTerminal();
    }
    try {
      String device = Files.readSymbolicLink(link).toString();
      return device.startsWith("/dev/pts/")
          || device.startsWith("/dev/tty")
          || device.equals("/dev/console");
    } catch (IOException unreadable) {
      return false;
    }
  }

  // Error Prone holds that it is never null; without a terminal JDK 25 begs to differ
  @SuppressWarnings("SystemConsoleNull")
  private static boolean javaSeesTerminal() {
    java.io.Console console = System.console();
    return console != null && console.isTerminal();
  }
}
