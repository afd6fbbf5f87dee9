package io.qupersync.interfaces.http;

import io.javalin.http.Context;
import io.qupersync.interfaces.http.view.LogLevelView;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// `/api/v1/log-level`: how much the log tells, until the process ends.
public final class LogLevelRoutes implements Resource {

  private static final String PATH = "/api/v1/log-level";
  private static final List<String> LEVELS = List.of("error", "warn", "info", "debug", "trace");

  private final Supplier<String> level;
  private final Consumer<String> set;

  /// @param level the present one, in small letters
  /// @param set takes one of `error`, `warn`, `info`, `debug` and `trace`
  public LogLevelRoutes(Supplier<String> level, Consumer<String> set) {
    this.level = level;
    this.set = set;
  }

  @Override
  public void addTo(Routes routes) {
    routes.get(PATH, Access.VIEWER, this::show);
    routes.put(PATH, Access.OPERATOR, this::change);
  }

  private void show(Context request) {
    QueryParameters.of(request);
    request.json(new LogLevelView(level.get()));
  }

  private void change(Context request) {
    QueryParameters.of(request);
    String wanted =
        Body.of(Body.required(request), "level")
            .text("level")
            .map(text -> text.toLowerCase(Locale.ROOT))
            .filter(LEVELS::contains)
            .orElseThrow(() ->
                Problem.ofField("level", "must be one of " + String.join(", ", LEVELS)).refusal());
    set.accept(wanted);
    AuditLog.note(request, "level=" + wanted);
    request.json(new LogLevelView(level.get()));
  }
}
