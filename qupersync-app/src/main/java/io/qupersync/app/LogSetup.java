package io.qupersync.app;

import ch.qos.logback.classic.ClassicConstants;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.status.NopStatusListener;

/// One line per event, on stderr: stdout belongs to results. [Logs] sets the levels.
///
/// In code and not in a `logback.xml`: to read that takes an XML parser and 400 classes of
/// logback's own, a tenth of what it takes to start. Logback finds this as a service, unless it is
/// told of a file of the user's own (`-Dlogback.configurationFile=…`).
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class LogSetup extends ContextAwareBase implements Configurator {

  /// What a thread works for, where it works for something; a message stays one line.
  static final String PATTERN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z',UTC} %-5level %logger{0} "
          + "%replace(job=%X{job} run=%X{run} ){'(job|run)= ', ''}%replace(%msg){'[\\r\\n]+', ' '}%n%ex{0}";

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    if (System.getProperty(ClassicConstants.CONFIG_FILE_PROPERTY) != null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    context.getStatusManager().add(new NopStatusListener());
    // warns of every lost connection, which our own line tells in the user's words
    context.getLogger("com.zaxxer.hikari").setLevel(Level.ERROR);
    // repeats, with a stack trace, what our own line tells when the port is taken
    context.getLogger("io.javalin").setLevel(Level.OFF);
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(stderr(context));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private static StderrLog stderr(LoggerContext context) {
    var lines = new PatternLayoutEncoder();
    lines.setContext(context);
    lines.setPattern(PATTERN);
    lines.start();
    var appender = new StderrLog();
    appender.setContext(context);
    appender.setName(Logs.STDERR);
    appender.setTarget("System.err");
    appender.setEncoder(lines);
    appender.start();
    return appender;
  }
}
