package io.qupersync.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whoever starts a process decides that, and it is true of all that it starts in turn. */
final class IgnoredSignals {

  private static final List<String> NAMES = List.of("HUP", "INT");

  private IgnoredSignals() {}

  /** Not where the system has no /proc to read it from. */
  static boolean contains(String name) {
    Path status = Path.of("/proc/self/status");
    try {
      return Files.exists(status)
          && Files.readAllLines(status).stream()
              .filter(line -> line.startsWith("SigIgn:"))
              .map(line -> line.substring("SigIgn:".length()).strip())
              .anyMatch(mask -> (Long.parseUnsignedLong(mask, 16) >> NAMES.indexOf(name) & 1) != 0);
    } catch (IOException unreadable) {
      return false;
    }
  }
}
