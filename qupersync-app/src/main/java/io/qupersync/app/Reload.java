package io.qupersync.app;

import io.qupersync.app.config.Configuration;
import io.qupersync.app.config.JobsInHeap;
import io.qupersync.app.config.LoadResult;
import io.qupersync.application.schedule.ReloadResult;
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

  private final Supplier<LoadResult> loader;
  private final Consumer<Configuration> use;
  private Configuration current;

  /// @param current what the process was started with
  /// @param use puts the rest of a configuration into force
  Reload(Supplier<LoadResult> loader, Configuration current, Consumer<Configuration> use) {
    this.loader = loader;
    this.current = current;
    this.use = use;
  }

  synchronized ReloadResult reload() {
    ReloadResult outcome =
        switch (loader.get()) {
          case LoadResult.Done(Configuration next) -> changed(next);
          case LoadResult.Refused(var problems) ->
              new ReloadResult.Refused(
                  problems.stream()
                      .map(problem -> "%s: %s".formatted(problem.place(), problem.message()))
                      .toList());
        };
    switch (outcome) {
      case ReloadResult.Done(int jobs) ->
          LOG.info("the configuration was read again: {} jobs", jobs);
      case ReloadResult.Refused(List<String> problems) ->
          problems.forEach(problem -> LOG.error("the configuration stays as it was: {}", problem));
    }
    return outcome;
  }

  private ReloadResult changed(Configuration next) {
    List<String> needRestart =
        FIXED.entrySet().stream()
            .filter(part -> !part.getValue().apply(next).equals(part.getValue().apply(current)))
            .map(part ->
                "'%s' has changed, and counts from the start of the service only; restart it"
                    .formatted(part.getKey()))
            .toList();
    if (!needRestart.isEmpty()) {
      return new ReloadResult.Refused(needRestart);
    }
    Optional<String> tooMany = JobsInHeap.objectionTo(next.jobs().all().size());
    if (tooMany.isPresent()) {
      return new ReloadResult.Refused(List.of(tooMany.get()));
    }
    use.accept(next);
    current = next;
    return new ReloadResult.Done(next.jobs().all().size());
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
