package io.qupersync.interfaces.http;

import io.javalin.http.Context;
import io.qupersync.application.schedule.DoOnce;
import io.qupersync.application.schedule.TriggerRun;
import io.qupersync.application.schedule.Triggered;
import io.qupersync.application.sync.JobDefinitions;
import io.qupersync.application.sync.RunRequest;
import io.qupersync.domain.job.FlavoredJob;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.Trigger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/// `POST …/runs`: runs on demand.
public final class TriggerRoutes implements Resource {

  private static final JsonMapper JSON = Json.mapper();

  private final JobDefinitions jobs;
  private final TriggerRun trigger;
  private final RunAnswers answers;
  private final Idempotency idempotency;
  private final Standing standing;

  public TriggerRoutes(
      JobDefinitions jobs, TriggerRun trigger, DoOnce once, RunLines lines, Standing standing) {
    this.jobs = jobs;
    this.trigger = trigger;
    this.standing = standing;
    this.answers = new RunAnswers(lines);
    this.idempotency = new Idempotency(once);
  }

  @Override
  public void addTo(Routes routes) {
    routes.post("/api/v1/jobs/{job}/runs", Access.OPERATOR, this::triggerOne);
    routes.post("/api/v1/jobs/{job}/dead-letters/replay", Access.OPERATOR, this::replay);
    routes.post("/api/v1/runs", Access.OPERATOR, this::triggerAll);
  }

  private void triggerOne(Context request) {
    Duration patience = RunAnswers.patience(request);
    JobId job = known(PathParameters.job(request));
    Wish wish = Wish.of(Body.of(request, Wish.KEYS));
    start(request, wish.toString(), patience, () -> trigger.trigger(wish.forJob(job)));
  }

  private void replay(Context request) {
    Duration patience = RunAnswers.patience(request);
    JobId job = known(PathParameters.job(request));
    Body.of(request);
    start(request, "", patience, () -> trigger.replay(RunRequest.ordinary(job, Trigger.API)));
  }

  private void start(Context request, String wish, Duration patience, Supplier<Triggered> trigger) {
    JobId job = PathParameters.job(request);
    // a run that was started by an earlier request ends without telling
    var end = new AtomicReference<CompletableFuture<?>>(new CompletableFuture<Void>());
    String run =
        standing.change(() ->
            idempotency.under(
                request,
                wish,
                () -> {
                  Triggered.Started started = RunAnswers.started(job, trigger.get());
                  end.set(started.end());
                  return started.run().toString();
                }));
    answers.answer(request, new RunId(Long.parseLong(run)), end.get(), patience);
  }

  private void triggerAll(Context request) {
    Duration patience = RunAnswers.patience(request);
    Wish wish = Wish.of(Body.of(request, Wish.KEYS_FOR_ALL));
    var ends = new ArrayList<CompletableFuture<?>>();
    String answer =
        standing.change(
            () -> idempotency.under(request, wish.toString(), () -> triggerAll(wish, ends)));
    answers.answerAll(request, answer, ends, patience);
  }

  /// @param ends takes the end of each run that begins
  private String triggerAll(Wish wish, List<CompletableFuture<?>> ends) {
    var lines = new ArrayList<Map<String, Object>>();
    for (FlavoredJob job : jobs.current().all()) {
      Triggered triggered = trigger.trigger(wish.forJob(job.id()));
      if (lines.isEmpty()
          && triggered instanceof Triggered.Refused(FailureKind kind, String reason)
          && kind == FailureKind.UNREACHABLE) {
        // nor could any other run be noted down, and each would wait as long
        throw Problems.of(kind, reason).refusal();
      }
      if (triggered instanceof Triggered.Started(_, var end)) {
        ends.add(end);
      }
      lines.add(line(job.id(), triggered));
    }
    return JSON.writeValueAsString(Map.of("runs", lines));
  }

  private static Map<String, Object> line(JobId job, Triggered triggered) {
    var line = new LinkedHashMap<String, Object>();
    line.put("job", job.value());
    switch (triggered) {
      case Triggered.Started(RunId run, _) -> line.put("run", run.value());
      case Triggered.AlreadyRunning(RunId holder) ->
          line.put("problem", RunAnswers.alreadyRunning(job, holder).json());
      case Triggered.Refused(var kind, String reason) ->
          line.put("problem", Problems.of(kind, reason).json());
    }
    return line;
  }

  private JobId known(JobId job) {
    return jobs.find(job).orElseThrow(() -> PathParameters.noJob(job)).id();
  }
}
