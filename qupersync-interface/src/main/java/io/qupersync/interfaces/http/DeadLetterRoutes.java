package io.qupersync.interfaces.http;

import io.javalin.http.Context;
import io.qupersync.application.query.LastKnownState;
import io.qupersync.application.query.RejectedRows;
import io.qupersync.application.query.TargetCalls.Told;
import io.qupersync.application.sync.JobDefinitions;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.row.DeadLetter;
import io.qupersync.interfaces.http.view.DeadLetterView;
import io.qupersync.interfaces.http.view.DeadLettersView;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `/api/v1/jobs/{job}/dead-letters`: the rejected rows that wait for someone to look at them.
public final class DeadLetterRoutes implements Resource {

  private static final String PATH = "/api/v1/jobs/{job}/dead-letters";
  private static final int PAGE = 50;
  private static final int MAX_PAGE = 500;

  private final JobDefinitions jobs;
  private final RejectedRows letters;
  private final LastKnownState lastKnownState;
  private final TargetAnswers targetAnswers;

  /// @param lastKnownState tells while the target does not answer whether there are any
  public DeadLetterRoutes(
      JobDefinitions jobs,
      RejectedRows letters,
      LastKnownState lastKnownState,
      TargetAnswers targetAnswers) {
    this.jobs = jobs;
    this.letters = letters;
    this.lastKnownState = lastKnownState;
    this.targetAnswers = targetAnswers;
  }

  @Override
  public void addTo(Routes routes) {
    routes.get(PATH, Access.VIEWER, this::list);
    routes.delete(PATH, Access.OPERATOR, this::discard);
  }

  private void list(Context request) {
    var parameters = QueryParameters.of(request, "limit", "after");
    int limit = parameters.number("limit", 1, MAX_PAGE, PAGE);
    long after = parameters.text("after").map(cursor -> Cursor.read("after", cursor)).orElse(0L);
    JobId job = PathParameters.job(request);
    var told = targetAnswers.read(() -> page(job, after, limit), () -> noneKnown(job));
    if (told.value().deadLetters().isEmpty()) {
      requireDefined(job);
    }
    targetAnswers.answer(request, told.value(), told.asOf());
  }

  private DeadLettersView page(JobId job, long after, int limit) {
    List<DeadLetter> page = letters.list(job, after, limit);
    return new DeadLettersView(page.stream().map(DeadLetterView::of).toList(), next(job, page));
  }

  /// The rows themselves are not kept; that there are none is.
  private Optional<Told<DeadLettersView>> noneKnown(JobId job) {
    return lastKnownState
        .job(job)
        .filter(known -> known.value().filter(status -> status.deadLetters() == 0).isPresent())
        .map(known -> new Told<>(new DeadLettersView(List.of(), Optional.empty()), known.asOf()));
  }

  /// Large letters come fewer at a time than asked for, so only a look tells whether more follow.
  private Optional<String> next(JobId job, List<DeadLetter> page) {
    return page.isEmpty() || letters.list(job, page.getLast().id(), 1).isEmpty()
        ? Optional.empty()
        : Optional.of(Cursor.after(page.getLast().id()));
  }

  private void discard(Context request) {
    QueryParameters.of(request);
    Body.of(request);
    JobId job = PathParameters.job(request);
    long discarded = targetAnswers.change(() -> letters.discard(job));
    if (discarded == 0) {
      requireDefined(job);
    }
    AuditLog.note(request, "discarded=" + discarded);
    request.json(Map.of("discarded", discarded));
  }

  /// A job that is no longer defined may still have letters.
  private void requireDefined(JobId job) {
    if (jobs.find(job).isEmpty()) {
      throw PathParameters.noJob(job);
    }
  }
}
