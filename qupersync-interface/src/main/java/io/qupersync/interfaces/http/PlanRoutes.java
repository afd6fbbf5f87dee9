package io.qupersync.interfaces.http;

import io.javalin.http.Context;
import io.qupersync.application.inspect.JobPlan;
import io.qupersync.application.sync.JobDefinitions;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.interfaces.http.view.PlanView;
import java.util.function.Function;

/// `GET /api/v1/jobs/{job}/plan`: what a run would do. Asks both databases, and changes nothing.
public final class PlanRoutes implements Resource {

  private final JobDefinitions jobs;
  private final Function<JobVariants, JobPlan> plan;
  private final TargetAnswers targetAnswers;

  public PlanRoutes(
      JobDefinitions jobs, Function<JobVariants, JobPlan> plan, TargetAnswers targetAnswers) {
    this.targetAnswers = targetAnswers;
    this.jobs = jobs;
    this.plan = plan;
  }

  @Override
  public void addTo(Routes routes) {
    routes.get("/api/v1/jobs/{job}/plan", Access.VIEWER, this::plan);
  }

  private void plan(Context request) {
    QueryParameters.of(request);
    JobId job = PathParameters.job(request);
    JobVariants known = jobs.find(job).orElseThrow(() -> PathParameters.noJob(job));
    request.json(PlanView.of(targetAnswers.readBoth(() -> plan.apply(known))));
  }
}
