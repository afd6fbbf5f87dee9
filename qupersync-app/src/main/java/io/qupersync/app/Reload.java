package io.qupersync.app;

import io.qupersync.app.config.Configuration;
import io.qupersync.app.config.JobsInHeap;
import io.qupersync.app.config.Loading;
import io.qupersync.application.schedule.Reloaded;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the configuration again while the service goes on: all of it counts, or nothing changes.
/// Runs under way end by the definition they began with. Safe for use by many threads.
final class Reload {

  private static final Logger LOG = LoggerFactory.getLogger(Reload.class);

  /// What is wired into the process when it starts.
  private static final Map<String, Function<Configuration, Object>> FIXED = fixed();

  private final Supplier<Loading> loader;
  private final Consumer<Configuration> use;
  private Configuration current;

  /// @param current what the process was started with
  /// @param use puts the rest of a configuration into force
  Reload(Supplier<Loading> loader, Configuration current, Consumer<Configuration> use) {
    this.loader = loader;
    this.current = current;
    this.use = use;
  }

  synchronized Reloaded reload() {
    Reloaded outcome =
        switch (loader.get()) {
          case Loading.Done(Configuration next) -> changed(next);
          case Loading.Refused(var problems) ->
              new Reloaded.Refused(
                  problems.stream()
                      .map(problem -> "%s: %s".formatted(problem.place(), problem.message()))
                      .toList());
        };
    switch (outcome) {
      case Reloaded.Done(int jobs) -> LOG.info("the configuration was read again: {} jobs", jobs);
      case Reloaded.Refused(List<String> problems) ->
          problems.forEach(problem -> LOG.error("the configuration stays as it was: {}", problem));
    }
    return outcome;
  }

  private Reloaded changed(Configuration next) {
    List<String> needRestart =
        FIXED.entrySet().stream()
            .filter(part -> !part.getValue().apply(next).equals(part.getValue().apply(current)))
            .map(part ->
                "'%s' has changed, and counts from the start of the service only; restart it"
                    .formatted(part.getKey()))
            .toList();
    if (!needRestart.isEmpty()) {
      return new Reloaded.Refused(needRestart);
    }
    Optional<String> tooMany = JobsInHeap.objectionTo(next.jobs().all().size());
    if (tooMany.isPresent()) {
      return new Reloaded.Refused(List.of(tooMany.get()));
    }
    use.accept(next);
    current = next;
    return new Reloaded.Done(next.jobs().all().size());
  }

  private static Map<String, Function<Configuration, Object>> fixed() {
    var fixed = new LinkedHashMap<String, Function<Configuration, Object>>();
    fixed.put("source", Configuration::source);
    fixed.put("target", Configuration::target);
    fixed.put("server", Configuration::server);
    fixed.put("AWS_…", Configuration::aws);
    fixed.put("migrate", Configuration::migrate);
    fixed.put("log", Configuration::log);
    fixed.put("shutdown_grace", Configuration::shutdownGrace);
    return fixed;
  }
}
