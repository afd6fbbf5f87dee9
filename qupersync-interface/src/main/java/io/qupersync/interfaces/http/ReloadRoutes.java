package io.qupersync.interfaces.http;

import io.javalin.http.Context;
import io.qupersync.application.schedule.ReloadResult;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// `POST /api/v1/reload`: reads the configuration again, all or nothing.
public final class ReloadRoutes implements Resource {

  private final Supplier<ReloadResult> reload;

  public ReloadRoutes(Supplier<ReloadResult> reload) {
    this.reload = reload;
  }

  @Override
  public void addTo(Routes routes) {
    routes.post("/api/v1/reload", Access.OPERATOR, this::reload);
  }

  private void reload(Context request) {
    QueryParameters.of(request);
    Body.of(request);
    switch (reload.get()) {
      case ReloadResult.Done(int jobs) -> request.json(Map.of("jobs", jobs));
      case ReloadResult.Refused(List<String> problems) ->
          throw Problem.of(
                  ProblemType.NOT_POSSIBLE, "nothing has changed: " + String.join("; ", problems))
              .refusal();
    }
  }
}
