package io.qupersync.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import org.junit.jupiter.api.Test;

class LogSetupTest {

  private final LoggerContext context = new LoggerContext();

  @Test
  void logback_finds_it() throws JoranException {
    new ContextInitializer(context).autoConfig();

    assertThat(context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(Logs.STDERR)).isNotNull();
  }

  @Test
  void events_go_to_stderr_and_nowhere_else() {
    assertThat(new LogSetup().configure(context))
        .isEqualTo(Configurator.ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY);

    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    var appender = (ConsoleAppender<ILoggingEvent>) root.getAppender(Logs.STDERR);
    assertThat(appender.getTarget()).isEqualTo("System.err");
    assertThat(appender.isStarted()).isTrue();
    assertThat(((PatternLayoutEncoder) appender.getEncoder()).isStarted()).isTrue();
    assertThat(root.getLevel()).isEqualTo(Level.WARN);
  }

  @Test
  void a_file_of_the_users_own_comes_first() {
    String name = "logback.configurationFile";
    System.setProperty(name, "own.xml");
    try {
      assertThat(new LogSetup().configure(context))
          .isEqualTo(Configurator.ExecutionStatus.INVOKE_NEXT_IF_ANY);
      assertThat(context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(Logs.STDERR)).isNull();
    } finally {
      System.clearProperty(name);
    }
  }
}
