package io.qupersync.interfaces.http;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.qupersync.domain.job.JobId;
import io.qupersync.interfaces.http.view.JobView;

/// `/api/v1/jobs`: what the jobs are and how they stand.
public final class JobRoutes implements Resource {

  private final JobLines jobs;
  private final Standing standing;

  public JobRoutes(JobLines jobs, Standing standing) {
    this.jobs = jobs;
    this.standing = standing;
  }

  @Override
  public void addTo(Routes routes) {
    routes.get("/api/v1/jobs", Access.VIEWER, this::list);
    routes.get("/api/v1/jobs/{job}", Access.VIEWER, this::find);
  }

  private void list(Context request) {
    QueryParameters.of(request);
    request.contentType("application/json").result(jobs.json());
  }

  private void find(Context request) {
    QueryParameters.of(request);
    JobId id = PathParameters.job(request);
    var told = jobs.told(id);
    JobView job = told.value().orElseThrow(() -> PathParameters.noJob(id));
    Etag tag = Etag.of(job);
    tag.addTo(request);
    if (tag.isKnownTo(request)) {
      request.status(HttpStatus.NOT_MODIFIED);
    } else {
      standing.answer(request, job, told.asOf());
    }
  }
}
