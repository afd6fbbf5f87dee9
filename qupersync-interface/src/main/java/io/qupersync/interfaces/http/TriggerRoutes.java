package io.qupersync.interfaces.http;

import io.javalin.http.Context;
import io.qupersync.application.schedule.IdempotentRequests;
import io.qupersync.application.schedule.TriggerResult;
import io.qupersync.application.schedule.TriggerRun;
import io.qupersync.application.sync.JobDefinitions;
import io.qupersync.application.sync.RunRequest;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.JobVariants;
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

  private static final JsonMapper JSON = ApiJson.mapper();

  private final JobDefinitions jobs;
  private final TriggerRun trigger;
  private final RunAnswers answers;
  private final Idempotency idempotency;
  private final TargetAnswers targetAnswers;

  public TriggerRoutes(
      JobDefinitions jobs,
      TriggerRun trigger,
      IdempotentRequests once,
      RunListing lines,
      TargetAnswers targetAnswers) {
    this.jobs = jobs;
    this.trigger = trigger;
    this.targetAnswers = targetAnswers;
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
    TriggerBody triggerBody = TriggerBody.of(Body.of(request, TriggerBody.KEYS));
    start(
        request, triggerBody.toString(), patience, () -> trigger.trigger(triggerBody.forJob(job)));
  }

  private void replay(Context request) {
    Duration patience = RunAnswers.patience(request);
    JobId job = known(PathParameters.job(request));
    Body.of(request);
    start(request, "", patience, () -> trigger.replay(RunRequest.ordinary(job, Trigger.API)));
  }

  private void start(
      Context request, String wish, Duration patience, Supplier<TriggerResult> trigger) {
    JobId job = PathParameters.job(request);
    // a run that was started by an earlier request ends without telling
    var end = new AtomicReference<CompletableFuture<?>>(new CompletableFuture<Void>());
    String run =
        targetAnswers.change(() ->
            idempotency.under(
                request,
                wish,
                () -> {
                  TriggerResult.Started started = RunAnswers.started(job, trigger.get());
                  end.set(started.end());
                  return started.run().toString();
                }));
    answers.answer(request, new RunId(Long.parseLong(run)), end.get(), patience);
  }

  private void triggerAll(Context request) {
    Duration patience = RunAnswers.patience(request);
    TriggerBody triggerBody = TriggerBody.of(Body.of(request, TriggerBody.KEYS_FOR_ALL));
    var ends = new ArrayList<CompletableFuture<?>>();
    String answer =
        targetAnswers.change(() ->
            idempotency.under(
                request, triggerBody.toString(), () -> triggerAll(triggerBody, ends)));
    answers.answerAll(request, answer, ends, patience);
  }

  /// @param ends takes the end of each run that begins
  private String triggerAll(TriggerBody triggerBody, List<CompletableFuture<?>> ends) {
    var lines = new ArrayList<Map<String, Object>>();
    for (JobVariants job : jobs.current().all()) {
      TriggerResult triggerResult = trigger.trigger(triggerBody.forJob(job.id()));
      if (lines.isEmpty()
          && triggerResult instanceof TriggerResult.Refused(FailureKind kind, String reason)
          && kind == FailureKind.UNREACHABLE) {
        // nor could any other run be noted down, and each would wait as long
        throw ProblemMapper.of(kind, reason).refusal();
      }
      if (triggerResult instanceof TriggerResult.Started(_, var end)) {
        ends.add(end);
      }
      lines.add(line(job.id(), triggerResult));
    }
    return JSON.writeValueAsString(Map.of("runs", lines));
  }

  private static Map<String, Object> line(JobId job, TriggerResult triggerResult) {
    var line = new LinkedHashMap<String, Object>();
    line.put("job", job.value());
    switch (triggerResult) {
      case TriggerResult.Started(RunId run, _) -> line.put("run", run.value());
      case TriggerResult.AlreadyRunning(RunId holder) ->
          line.put("problem", RunAnswers.alreadyRunning(job, holder).json());
      case TriggerResult.Refused(var kind, String reason) ->
          line.put("problem", ProblemMapper.of(kind, reason).json());
    }
    return line;
  }

  private JobId known(JobId job) {
    return jobs.find(job).orElseThrow(() -> PathParameters.noJob(job)).id();
  }
}
