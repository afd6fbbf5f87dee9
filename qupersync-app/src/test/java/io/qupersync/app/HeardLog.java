package io.qupersync.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Everything our own loggers say at any level, and libraries from warnings on, in the form that
 * users see.
 */
final class HeardLog implements AutoCloseable {

  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
  private final OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final Logger ours = (Logger) LoggerFactory.getLogger("io.qupersync");
  private final Level rootBefore = root.getLevel();
  private final Level oursBefore = ours.getLevel();

  private HeardLog(Encoder<ILoggingEvent> encoder) {
    appender.setContext(root.getLoggerContext());
    appender.setEncoder(encoder);
    appender.setOutputStream(heard);
    appender.start();
    root.addAppender(appender);
    root.setLevel(Level.WARN);
    ours.setLevel(Level.TRACE);
  }

  static HeardLog asText() {
    return new HeardLog(shippedPattern());
  }

  static HeardLog asJson() {
    return new HeardLog(Logs.json());
  }

  private static Encoder<ILoggingEvent> shippedPattern() {
    var pattern = new PatternLayoutEncoder();
    pattern.setContext(new LoggerContext());
    pattern.setPattern(LogSetup.PATTERN);
    pattern.start();
    return pattern;
  }

  List<String> lines() {
    return text().lines().toList();
  }

  String text() {
    return heard.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    root.detachAppender(appender);
    appender.stop();
    root.setLevel(rootBefore);
    ours.setLevel(oursBefore);
  }
}
