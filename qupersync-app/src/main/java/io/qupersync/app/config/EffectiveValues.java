package io.qupersync.app.config;

import io.qupersync.domain.job.JobRegistry;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.interfaces.text.Durations;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Writes a configuration as lines. It walks the records instead of naming their components, so
/// that a key that is added later cannot be forgotten here.
final class EffectiveValues {

  private static final Pattern WORD_START = Pattern.compile("(?=\\p{Lu})");

  private final List<String> lines = new ArrayList<>();

  private EffectiveValues() {}

  static List<String> of(Configuration configuration) {
    var values = new EffectiveValues();
    values.components("", configuration);
    return List.copyOf(values.lines);
  }

  private void components(String path, Record values) {
    for (RecordComponent component : values.getClass().getRecordComponents()) {
      value(join(path, key(component.getName())), read(component, values));
    }
  }

  private void value(String path, Object value) {
    switch (value) {
      case Optional<?> maybe -> maybe.ifPresent(present -> value(path, present));
      case Duration duration -> line(path, Durations.text(duration));
      case AuthSetting auth -> line(path, Values.word(auth, '_'));
      case Enum<?> constant -> line(path, Values.word(constant, '-'));
      case DriverOptions options ->
          options.shown().forEach((name, option) -> line(join(path, name), option));
      case List<?> items -> items(path, items);
      case JobRegistry jobs -> jobs.all().forEach(this::job);
      case Record values -> components(path, values);
      default -> line(path, value.toString());
    }
  }

  private void items(String path, List<?> items) {
    for (int i = 0; i < items.size(); i++) {
      value("%s[%d]".formatted(path, i), items.get(i));
    }
  }

  private void job(JobVariants job) {
    if (job.dependsOnFlavor()) {
      line("jobs.%s (provisioned)".formatted(job.id()), JobSummary.of(job.provisioned()));
      line("jobs.%s (serverless)".formatted(job.id()), JobSummary.of(job.serverless()));
    } else {
      line("jobs." + job.id(), JobSummary.of(job.provisioned()));
    }
  }

  private void line(String path, String value) {
    lines.add(path + ": " + value);
  }

  private static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /// `maxConnections` is `max_connections` in the file.
  private static String key(String component) {
    return WORD_START.matcher(component).replaceAll("_").toLowerCase(Locale.ROOT);
  }

  private static Object read(RecordComponent component, Record values) {
    try {
      return component.getAccessor().invoke(values);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
