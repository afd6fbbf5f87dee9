package io.qupersync.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import io.qupersync.app.config.LogFormat;
import io.qupersync.interfaces.cli.GlobalOptions;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.slf4j.LoggerFactory;

/// How much the log tells, and in which form; always on stderr.
final class Logs {

  private static final String OURS = "io.qupersync";

  /// The name of the one appender.
  static final String STDERR = "stderr";

  private static final Duration LAST_LINES = Duration.ofSeconds(2);

  private static final Set<String> LEVELS = Set.of("error", "warn", "info", "debug", "trace");

  private Logs() {}

  /// A command says what it did by its result, so its log is silent unless asked for: even an error
  /// is told once, by the command itself.
  static void configure(GlobalOptions options) {
    logger(Logger.ROOT_LOGGER_NAME).setLevel(options.verbose() ? Level.WARN : Level.OFF);
    logger(OURS).setLevel(options.verbose() ? Level.DEBUG : Level.OFF);
  }

  /// A service says what it does by its log. Libraries only warn, whatever the level of ours.
  static void tellEvents(LogFormat format) {
    logger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
    // who changed what is told whatever the level of the rest
    logger(OURS + ".audit").setLevel(Level.INFO);
    if (!logger(OURS).isDebugEnabled()) {
      logger(OURS).setLevel(Level.INFO);
    }
    if (format == LogFormat.JSON) {
      writeJson();
    }
  }

  /// One object a line: the moment in milliseconds of Unix time, level, thread, logger, job and run
  /// under `mdc`, the message, and what was thrown.
  private static void writeJson() {
    if (logger(Logger.ROOT_LOGGER_NAME).getAppender(STDERR)
        instanceof OutputStreamAppender<ILoggingEvent> appender) {
      appender.setEncoder(json());
    }
  }

  /// How many lines this process has dropped because nobody read them in time.
  static long droppedLines() {
    return logger(Logger.ROOT_LOGGER_NAME).getAppender(STDERR) instanceof StderrLog appender
        ? appender.dropped()
        : 0;
  }

  /// Before the process ends.
  static void flush() {
    if (logger(Logger.ROOT_LOGGER_NAME).getAppender(STDERR) instanceof StderrLog appender) {
      appender.flush(LAST_LINES);
    }
  }

  static JsonEncoder json() {
    var encoder = new JsonEncoder();
    encoder.setContext(logger(Logger.ROOT_LOGGER_NAME).getLoggerContext());
    encoder.setWithSequenceNumber(false);
    encoder.setWithNanoseconds(false);
    encoder.setWithContext(false);
    encoder.setWithMarkers(false);
    encoder.setWithKVPList(false);
    encoder.setWithMessage(false);
    encoder.setWithArguments(false);
    encoder.setWithFormattedMessage(true);
    encoder.start();
    return encoder;
  }

  /// How much our own loggers tell: one of `error`, `warn`, `info`, `debug` and `trace`.
  static String level() {
    Level level = logger(OURS).getEffectiveLevel();
    return (level == Level.OFF ? Level.ERROR : level).toString().toLowerCase(Locale.ROOT);
  }

  /// Changes it while the program runs. Libraries stay as they are: a driver would tell what is
  /// secret.
  ///
  /// @throws IllegalArgumentException when there is no such level
  static void setLevel(String word) {
    if (!LEVELS.contains(word)) {
      throw new IllegalArgumentException("no level '%s'".formatted(word));
    }
    logger(OURS).setLevel(Level.toLevel(word));
  }

  private static Logger logger(String name) {
    if (LoggerFactory.getLogger(name) instanceof Logger known) {
      return known;
    }
    throw new IllegalStateException("the log is not logback's");
  }
}
