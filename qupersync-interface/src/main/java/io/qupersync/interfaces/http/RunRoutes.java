package io.qupersync.interfaces.http;

import io.javalin.http.Context;
import io.qupersync.application.query.RunFilter;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.RunStatus;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/// `/api/v1/runs`: what ran, what runs and how far it is.
public final class RunRoutes implements Resource {

  private static final int PAGE = 50;
  private static final int MAX_PAGE = 500;

  private final RunListing lines;
  private final TargetAnswers targetAnswers;

  public RunRoutes(RunListing lines, TargetAnswers targetAnswers) {
    this.lines = lines;
    this.targetAnswers = targetAnswers;
  }

  @Override
  public void addTo(Routes routes) {
    routes.get("/api/v1/runs", Access.VIEWER, this::list);
    routes.get("/api/v1/runs/{run}", Access.VIEWER, this::find);
  }

  private void list(Context request) {
    var parameters = QueryParameters.of(request, "job", "status", "limit", "after");
    int limit = parameters.number("limit", 1, MAX_PAGE, PAGE);
    Optional<RunId> before =
        parameters.text("after").map(cursor -> new RunId(Cursor.read("after", cursor)));
    var page =
        lines.page(
            new RunFilter(
                parameters.text("job").map(RunRoutes::job),
                parameters.text("status").map(RunRoutes::status),
                before,
                limit));
    targetAnswers.answer(request, page.value(), page.asOf());
  }

  private void find(Context request) {
    QueryParameters.of(request);
    RunId run = PathParameters.run(request);
    var told = lines.told(run);
    targetAnswers.answer(
        request, told.value().orElseThrow(() -> PathParameters.noRun(run)), told.asOf());
  }

  private static JobId job(String name) {
    try {
      return new JobId(name);
    } catch (IllegalArgumentException invalid) {
      throw Problem.ofField("job", String.valueOf(invalid.getMessage())).refusal();
    }
  }

  private static RunStatus status(String word) {
    return Arrays.stream(RunStatus.values())
        .filter(status -> status.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            Problem.ofField(
                    "status",
                    "must be one of "
                        + Arrays.stream(RunStatus.values())
                            .map(RunStatus::word)
                            .collect(Collectors.joining(", ")))
                .refusal());
  }
}
