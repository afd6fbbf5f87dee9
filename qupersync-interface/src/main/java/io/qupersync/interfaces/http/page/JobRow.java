package io.qupersync.interfaces.http.page;

import io.qupersync.interfaces.http.view.JobView;
import io.qupersync.interfaces.http.view.RunView;
import io.qupersync.interfaces.text.Wording;

/// A job's row in the overview's table; the script makes the same one, with a button.
final class JobRow {

  private JobRow() {}

  /// @param saysWhy false where the cause is told of many jobs together
  static Html of(Glance glance, boolean saysWhy) {
    JobView job = glance.job();
    return Html.of(
        """
        <tr role="row"><th scope="row" role="rowheader"><span class="name">{}</span>{}</th>\
        <td role="cell" class="health">{}</td><td role="cell" class="last" data-label="Last run">{}</td>\
        <td role="cell" class="lag" data-label="Behind the source">–</td>\
        <td role="cell" class="next" data-label="Next run">{}<span class="sub">{}</span></td>\
        <td role="cell" class="letters" data-label="Rejected rows">{}</td><td role="cell" class="do"></td></tr>
        """,
        Words.link(job.id()),
        note(glance, saysWhy),
        Words.state(glance.health()),
        job.lastRun().map(JobRow::last).orElse(Html.text("–")),
        Words.nextRun(glance),
        job.schedule().text(),
        letters(job));
  }

  private static Html note(Glance glance, boolean saysWhy) {
    JobView job = glance.job();
    if (saysWhy && glance.needsAttention() && glance.cause().isPresent()) {
      return Html.of("<div class=\"note\" data-why=\"\">{}</div>", glance.cause().get());
    }
    String about = job.description().orElse(job.source() + " → " + job.target());
    return Html.of("<div class=\"note\">{}</div>", about);
  }

  private static Html last(RunView run) {
    return Html.of(
        "{}<span class=\"sub\">{}, {}</span>",
        Words.time(run.completedAt().orElse(run.startedAt()), "ago"),
        run.status(),
        Wording.count(run.rowsExtracted(), "row"));
  }

  private static Html letters(JobView job) {
    return job.deadLetters() == 0
        ? Html.text("–")
        : Html.of(
            "<a href=\"/jobs/{}#dead-letters\">{}</a>", job.id(), Wording.count(job.deadLetters()));
  }
}
