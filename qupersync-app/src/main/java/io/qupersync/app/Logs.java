package io.qupersync.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.qupersync.interfaces.cli.GlobalOptions;
import org.slf4j.LoggerFactory;

/// How much the log tells, on stderr.
final class Logs {

  private Logs() {}

  /// A command says what it did by its result, so its log is silent unless asked for: even an error
  /// is told once, by the command itself.
  static void configure(GlobalOptions options) {
    setLevel(Logger.ROOT_LOGGER_NAME, options.verbose() ? Level.WARN : Level.OFF);
    setLevel("io.qupersync", options.verbose() ? Level.DEBUG : Level.OFF);
  }

  private static void setLevel(String logger, Level level) {
    if (LoggerFactory.getLogger(logger) instanceof Logger known) {
      known.setLevel(level);
    }
  }
}
