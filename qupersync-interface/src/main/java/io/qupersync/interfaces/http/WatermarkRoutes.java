package io.qupersync.interfaces.http;

import io.javalin.http.Context;
import io.qupersync.application.query.JobQueries;
import io.qupersync.application.query.JobStatus;
import io.qupersync.application.query.LastKnownState;
import io.qupersync.application.query.RunQueries;
import io.qupersync.application.sync.JobDefinitions;
import io.qupersync.application.sync.MoveWatermark;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.run.RunStatus;
import io.qupersync.domain.run.SyncRun;
import io.qupersync.interfaces.http.view.WatermarkView;
import io.qupersync.interfaces.text.JobTexts;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// `/api/v1/jobs/{job}/watermark`: how far a job has read, and moving that by hand.
public final class WatermarkRoutes implements Resource {

  private static final String PATH = "/api/v1/jobs/{job}/watermark";

  private final JobDefinitions jobs;
  private final JobQueries stands;
  private final RunQueries runs;
  private final MoveWatermark move;
  private final Function<Throwable, Optional<FailureKind>> kinds;
  private final TargetAnswers targetAnswers;
  private final LastKnownState lastKnownState;

  /// @param lastKnownState what is told while the target does not answer
  /// @param kinds the kind of a failure whose message is meant for the user; empty for a defect
  public WatermarkRoutes(
      JobDefinitions jobs,
      JobQueries stands,
      RunQueries runs,
      MoveWatermark move,
      Function<Throwable, Optional<FailureKind>> kinds,
      LastKnownState lastKnownState,
      TargetAnswers targetAnswers) {
    this.lastKnownState = lastKnownState;
    this.targetAnswers = targetAnswers;
    this.jobs = jobs;
    this.stands = stands;
    this.runs = runs;
    this.move = move;
    this.kinds = kinds;
  }

  @Override
  public void addTo(Routes routes) {
    routes.get(PATH, Access.VIEWER, this::show);
    routes.put(PATH, Access.OPERATOR, this::set);
    routes.delete(PATH, Access.OPERATOR, this::reset);
    routes.post(PATH + "/keep", Access.OPERATOR, this::keep);
  }

  private void show(Context request) {
    QueryParameters.of(request);
    JobVariants job = jobOf(request);
    var told = targetAnswers.read(() -> stands.find(job.id()), () -> lastKnownState.job(job.id()));
    targetAnswers.answer(request, view(job, told.value(), Optional.empty()), told.asOf());
  }

  private void set(Context request) {
    QueryParameters.of(request);
    JobVariants job = jobOf(request);
    List<String> values = Body.of(Body.required(request), "values").texts("values");
    MoveWatermark.Moved moved =
        targetAnswers.change(() -> unlessRunning(job.id(), () -> move.set(job, values)));
    AuditLog.note(request, "watermark=\"%s\"".formatted(moved.watermark()));
    answer(request, job, moved.nextFrom());
  }

  private void reset(Context request) {
    QueryParameters.of(request);
    Body.of(request);
    JobVariants job = jobOf(request);
    targetAnswers.changeOnly(() ->
        unlessRunning(
            job.id(),
            () -> {
              move.reset(job.id());
              return job;
            }));
    answer(request, job, Optional.empty());
  }

  private void keep(Context request) {
    QueryParameters.of(request);
    Body.of(request);
    JobVariants job = jobOf(request);
    MoveWatermark.Kept kept =
        targetAnswers.change(() -> unlessRunning(job.id(), () -> move.keep(job)));
    answer(request, job, kept.nextFrom());
  }

  private void answer(Context request, JobVariants job, Optional<Watermark> nextFrom) {
    request.json(view(job, targetAnswers.read(() -> stands.find(job.id())), nextFrom));
  }

  private static WatermarkView view(
      JobVariants job, Optional<JobStatus> status, Optional<Watermark> nextFrom) {
    return status
        .map(known -> WatermarkView.of(JobTexts.watermarkColumns(job), known.progress(), nextFrom))
        .orElseThrow(() -> PathParameters.noJob(job.id()));
  }

  private JobVariants jobOf(Context request) {
    JobId job = PathParameters.job(request);
    return jobs.find(job).orElseThrow(() -> PathParameters.noJob(job));
  }

  /// The store refuses while a run is under way; its line tells which.
  private <T> T unlessRunning(JobId job, Supplier<T> change) {
    try {
      return change.get();
    } catch (RuntimeException failure) {
      if (kinds.apply(failure).equals(Optional.of(FailureKind.LEASE_LOST))) {
        Optional<SyncRun> running =
            runs
                .list(Optional.of(job), Optional.of(RunStatus.RUNNING), Optional.empty(), 1)
                .stream()
                .findFirst();
        if (running.isPresent()) {
          throw RunAnswers.alreadyRunning(job, running.get().id()).refusal();
        }
      }
      throw failure;
    }
  }
}
