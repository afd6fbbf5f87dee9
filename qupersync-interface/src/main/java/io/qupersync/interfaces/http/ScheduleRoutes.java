package io.qupersync.interfaces.http;

import io.javalin.http.Context;
import io.qupersync.application.schedule.JobControl;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.Schedule;
import io.qupersync.interfaces.http.view.JobView;
import java.util.function.BiConsumer;

/// When a job runs by itself, as people decide: `…/schedule`, `…/pause`, `…/resume`. What they
/// decide holds for all instances, outlives them, and wins over the file.
public final class ScheduleRoutes implements Resource {

  private static final String JOB = "/api/v1/jobs/{job}";

  private final JobListing jobs;
  private final JobControl control;
  private final ScheduleReader schedules;
  private final TargetAnswers targetAnswers;

  public ScheduleRoutes(
      JobListing jobs, JobControl control, ScheduleReader schedules, TargetAnswers targetAnswers) {
    this.jobs = jobs;
    this.targetAnswers = targetAnswers;
    this.control = control;
    this.schedules = schedules;
  }

  @Override
  public void addTo(Routes routes) {
    routes.put(JOB + "/schedule", Access.OPERATOR, this::change);
    routes.delete(
        JOB + "/schedule", Access.OPERATOR, request -> decide(request, control::restoreSchedule));
    routes.post(JOB + "/pause", Access.OPERATOR, request -> decide(request, control::pause));
    routes.post(JOB + "/resume", Access.OPERATOR, request -> decide(request, control::resume));
  }

  private void change(Context request) {
    QueryParameters.of(request);
    JobView job = required(request);
    Etag.of(job).requireMatch(request);
    Schedule schedule = schedules.read(Body.required(request));
    try {
      String by = Gatekeeper.callerOf(request).name();
      targetAnswers.changeOnly(() -> control.changeSchedule(new JobId(job.id()), schedule, by));
    } catch (IllegalArgumentException unfit) {
      String reason = String.valueOf(unfit.getMessage());
      throw schedule instanceof Schedule.Cron
          ? Problem.ofField("cron", reason).refusal()
          : Problem.of(ProblemType.NOT_POSSIBLE, reason).refusal();
    }
    answer(request);
  }

  private void decide(Context request, BiConsumer<JobId, String> decision) {
    QueryParameters.of(request);
    Body.of(request);
    JobView job = required(request);
    String by = Gatekeeper.callerOf(request).name();
    targetAnswers.changeOnly(() -> decision.accept(new JobId(job.id()), by));
    answer(request);
  }

  private void answer(Context request) {
    jobs.forget();
    JobView job = required(request);
    AuditLog.note(request, "schedule=\"%s\"".formatted(job.schedule().text()));
    Etag.of(job).addTo(request);
    request.json(job);
  }

  private JobView required(Context request) {
    JobId job = PathParameters.job(request);
    return jobs.find(job).orElseThrow(() -> PathParameters.noJob(job));
  }
}
