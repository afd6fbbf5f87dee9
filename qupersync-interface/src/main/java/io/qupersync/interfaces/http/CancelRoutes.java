package io.qupersync.interfaces.http;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.qupersync.application.schedule.CancelRun;
import io.qupersync.domain.run.RunId;
import io.qupersync.interfaces.http.view.RunView;

/// `POST /api/v1/runs/{run}/cancel`: the batch in flight ends, then the run does.
public final class CancelRoutes implements Resource {

  private final CancelRun cancel;
  private final RunListing lines;
  private final TargetAnswers targetAnswers;

  public CancelRoutes(CancelRun cancel, RunListing lines, TargetAnswers targetAnswers) {
    this.cancel = cancel;
    this.lines = lines;
    this.targetAnswers = targetAnswers;
  }

  @Override
  public void addTo(Routes routes) {
    routes.post("/api/v1/runs/{run}/cancel", Access.OPERATOR, this::cancel);
  }

  private void cancel(Context request) {
    QueryParameters.of(request);
    Body.of(request);
    RunId run = PathParameters.run(request);
    RunView line = lines.find(run).orElseThrow(() -> PathParameters.noRun(run));
    if (line.completedAt().isPresent()) {
      throw conflict("run %s has ended: %s".formatted(run, line.status()));
    }
    boolean isCancelled = targetAnswers.change(() -> cancel.cancel(run));
    if (!isCancelled) {
      throw conflict("run %s is not under way any more; its line will tell".formatted(run));
    }
    request.status(HttpStatus.ACCEPTED);
    request.json(line);
  }

  private static ProblemException conflict(String detail) {
    return Problem.of(ProblemType.CONFLICT, detail).refusal();
  }
}
