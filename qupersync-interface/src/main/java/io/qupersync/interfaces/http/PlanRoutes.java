package io.qupersync.interfaces.http;

import io.javalin.http.Context;
import io.qupersync.application.inspect.JobPlan;
import io.qupersync.application.sync.JobDefinitions;
import io.qupersync.domain.job.FlavoredJob;
import io.qupersync.domain.job.JobId;
import io.qupersync.interfaces.http.view.PlanView;
import java.util.function.Function;

/// `GET /api/v1/jobs/{job}/plan`: what a run would do. Asks both databases, and changes nothing.
public final class PlanRoutes implements Resource {

  private final JobDefinitions jobs;
  private final Function<FlavoredJob, JobPlan> plan;
  private final Standing standing;

  public PlanRoutes(JobDefinitions jobs, Function<FlavoredJob, JobPlan> plan, Standing standing) {
    this.standing = standing;
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
    FlavoredJob known = jobs.find(job).orElseThrow(() -> PathParameters.noJob(job));
    request.json(PlanView.of(standing.readBoth(() -> plan.apply(known))));
  }
}
