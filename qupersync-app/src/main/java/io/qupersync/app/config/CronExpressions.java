package io.qupersync.app.config;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/// Checks cron expressions of five fields.
final class CronExpressions {

  private static final String FORM =
      "write minute, hour, day, month and weekday, such as '0 2 * * *' for two o'clock every night";
  private static final ZonedDateTime SOME_TIME =
      ZonedDateTime.of(2000, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

  private CronExpressions() {}

  /// The expression, its blanks made single.
  ///
  /// @throws IllegalArgumentException when it is none, or names a date that never comes
  static String checked(String text) {
    String expression = text.strip().replaceAll("\\s+", " ");
    if (ExecutionTime.forCron(parsed(expression)).nextExecution(SOME_TIME).isEmpty()) {
      throw new IllegalArgumentException("'%s' names a date that never comes".formatted(text));
    }
    return expression;
  }

  private static Cron parsed(String expression) {
    var parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
    try {
      return parser.parse(expression).validate();
    } catch (IllegalArgumentException refused) {
      throw new IllegalArgumentException(
          "'%s' is no cron expression; %s".formatted(expression, FORM), refused);
    }
  }
}
