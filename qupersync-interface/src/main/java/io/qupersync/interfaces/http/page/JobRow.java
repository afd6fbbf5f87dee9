package io.qupersync.interfaces.http.page;

import io.qupersync.interfaces.http.view.JobView;
import io.qupersync.interfaces.http.view.RunView;
import io.qupersync.interfaces.text.HumanText;

/// A job's row in the overview's table; the script makes the same one, with a button.
final class JobRow {

  private JobRow() {}

  /// @param saysWhy false where the cause is told of many jobs together
  static Html of(JobCard jobCard, boolean saysWhy) {
    JobView job = jobCard.job();
    return Html.of(
        """
        <tr role="row"><th scope="row" role="rowheader"><span class="name">{}</span>{}</th>\
        <td role="cell" class="health">{}</td><td role="cell" class="last" data-label="Last run">{}</td>\
        <td role="cell" class="lag" data-label="Behind the source">–</td>\
        <td role="cell" class="next" data-label="Next run">{}<span class="sub">{}</span></td>\
        <td role="cell" class="letters" data-label="Rejected rows">{}</td><td role="cell" class="do"></td></tr>
        """,
        HtmlFragments.link(job.id()),
        note(jobCard, saysWhy),
        HtmlFragments.state(jobCard.health()),
        job.lastRun().map(JobRow::last).orElse(Html.text("–")),
        HtmlFragments.nextRun(jobCard),
        job.schedule().text(),
        letters(job));
  }

  private static Html note(JobCard jobCard, boolean saysWhy) {
    JobView job = jobCard.job();
    if (saysWhy && jobCard.needsAttention() && jobCard.cause().isPresent()) {
      return Html.of("<div class=\"note\" data-why=\"\">{}</div>", jobCard.cause().get());
    }
    String about = job.description().orElse(job.source() + " → " + job.target());
    return Html.of("<div class=\"note\">{}</div>", about);
  }

  private static Html last(RunView run) {
    return Html.of(
        "{}<span class=\"sub\">{}, {}</span>",
        HtmlFragments.time(run.completedAt().orElse(run.startedAt()), "ago"),
        run.status(),
        HumanText.count(run.rowsExtracted(), "row"));
  }

  private static Html letters(JobView job) {
    return job.deadLetters() == 0
        ? Html.text("–")
        : Html.of(
            "<a href=\"/jobs/{}#dead-letters\">{}</a>",
            job.id(),
            HumanText.count(job.deadLetters()));
  }
}
