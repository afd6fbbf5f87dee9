package io.qupersync.interfaces.http;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.qupersync.application.query.TargetCalls.Told;
import io.qupersync.domain.job.JobId;
import io.qupersync.interfaces.http.view.JobView;
import io.qupersync.interfaces.http.view.JobsView;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// `/api/v1/jobs`: what the jobs are and how they stand.
public final class JobRoutes implements Resource {

  private static final String LIMIT = "limit";
  private static final String AFTER = "after";
  private static final int MOST = 500;
  private static final int USUAL = 50;

  private final JobListing jobs;
  private final TargetAnswers targetAnswers;

  public JobRoutes(JobListing jobs, TargetAnswers targetAnswers) {
    this.jobs = jobs;
    this.targetAnswers = targetAnswers;
  }

  @Override
  public void addTo(Routes routes) {
    routes.get("/api/v1/jobs", Access.VIEWER, this::list);
    routes.get("/api/v1/jobs/{job}", Access.VIEWER, this::find);
  }

  private void list(Context request) throws IOException {
    QueryParameters query = QueryParameters.of(request, LIMIT, AFTER);
    if (query.text(LIMIT).isEmpty() && query.text(AFTER).isEmpty()) {
      jobs.sendAll(request);
    } else {
      Told<List<JobView>> all = jobs.all();
      JobsView page = page(all.value(), query);
      jobs.send(all.value().size(), () -> targetAnswers.answer(request, page, all.asOf()));
    }
  }

  private static JobsView page(List<JobView> all, QueryParameters query) {
    int limit = query.number(LIMIT, 1, MOST, USUAL);
    int from = query.text(AFTER).map(last -> behind(all, last)).orElse(0);
    int to = Math.min(all.size(), from + limit);
    List<JobView> page = all.subList(from, to);
    return new JobsView(
        page,
        to < all.size() && !page.isEmpty() ? Optional.of(page.getLast().id()) : Optional.empty());
  }

  private static int behind(List<JobView> all, String last) {
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).id().equals(last)) {
        return i + 1;
      }
    }
    throw Problem.ofField(AFTER, "there is no such job; give the 'next' of the page before")
        .refusal();
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
      targetAnswers.answer(request, job, told.asOf());
    }
  }
}
