package io.qupersync.interfaces.http.page;

import static java.util.Map.entry;

import io.qupersync.interfaces.http.view.JobView;
import io.qupersync.interfaces.http.view.RunView;
import io.qupersync.interfaces.text.HumanText;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The document at `/jobs/{job}`: one job, its facts and its last runs; the script adds the rest.
public final class JobPage {

  private final PageLayout pageLayout;
  private final HtmlTemplate htmlTemplate = HtmlTemplate.named("job.html");

  public JobPage(PageLayout pageLayout) {
    this.pageLayout = pageLayout;
  }

  /// Tells no more than the caller knows, the job's name.
  ///
  /// @param isKnown false to say that there is no such job
  public Html without(String name, boolean isKnown) {
    return pageLayout.around(
        htmlTemplate,
        Map.ofEntries(
            entry("title", title(name)),
            entry("name", Html.text(name)),
            entry("missing", HtmlFragments.hidden(isKnown)),
            entry("board", HtmlFragments.hidden(true)),
            entry("health", Html.NOTHING),
            entry("about", Html.NOTHING),
            entry("why", Html.NOTHING),
            entry("why-hidden", HtmlFragments.hidden(true)),
            entry("runs", Html.NOTHING),
            entry("facts", Html.NOTHING),
            entry("letters", Html.NOTHING)),
        DatabaseBanner.SILENT);
  }

  /// @param runs the latest first
  public Html of(JobView job, List<RunView> runs, DatabaseBanner databaseBanner) {
    JobCard jobCard = JobCard.of(job);
    Optional<String> why = jobCard.reason().filter(_ -> jobCard.needsAttention());
    return pageLayout.around(
        htmlTemplate,
        Map.ofEntries(
            entry("title", title(job.id())),
            entry("name", Html.text(job.id())),
            entry("missing", HtmlFragments.hidden(true)),
            entry("board", Html.NOTHING),
            entry("health", HtmlFragments.state(jobCard.health())),
            entry("about", Html.text(job.description().orElse(""))),
            entry("why", Html.text(why.orElse(""))),
            entry("why-hidden", HtmlFragments.hidden(why.isEmpty())),
            entry("runs", Html.joined(runs.stream().map(JobPage::run).toList())),
            entry("facts", facts(jobCard)),
            entry("letters", letters(job.deadLetters()))),
        databaseBanner);
  }

  private static Html title(String name) {
    return Html.text(name + " · QuperSync");
  }

  private static Html letters(long number) {
    return Html.text(number == 0 ? "" : HumanText.count(number, "row") + " waiting");
  }

  private static Html facts(JobCard jobCard) {
    JobView job = jobCard.job();
    return Html.joined(
        List.of(
            fact("Next run", HtmlFragments.nextRun(jobCard)),
            job.nextFullRun()
                .map(next -> fact("Next full run", HtmlFragments.time(next, "due")))
                .orElse(Html.NOTHING),
            fact("Schedule", Html.text(job.schedule().text())),
            fact("Last success", job.lastSuccess().map(JobPage::ago).orElse(Html.text("Never"))),
            fact("Watermark", Html.text(job.watermark().orElse("–"))),
            fact("Reads", Html.of("<span class=\"mono\">{}</span>", job.source())),
            fact("Writes", Html.of("<span class=\"mono\">{}</span>", job.target())),
            fact("Mode", Html.text(job.mode())),
            fact("Key", Html.of("<span class=\"mono\">{}</span>", String.join(", ", job.key())))));
  }

  private static Html ago(Instant instant) {
    return HtmlFragments.time(instant, "ago");
  }

  private static Html fact(String name, Html value) {
    return Html.of("<dt>{}</dt><dd>{}</dd>", name, value);
  }

  private static Html run(RunView run) {
    return Html.of(
        """
        <tr><th scope="row">{}</th><td class="time">{}</td><td class="outcome">{}{}</td><td class="number">{}</td>\
        <td class="number">{}</td><td class="number">{}</td><td class="number">{}</td><td>{}</td></tr>
        """,
        run.runId(),
        HtmlFragments.time(run.startedAt(), "clock"),
        HtmlFragments.state(run.status()),
        run.error().or(run::remark).map(JobPage::said).orElse(Html.NOTHING),
        HtmlFragments.took(run),
        HumanText.count(run.rowsExtracted()),
        HumanText.count(HtmlFragments.written(run)),
        HumanText.count(run.rowsSkipped()),
        run.trigger());
  }

  private static Html said(String text) {
    return Html.of("<p class=\"said\">{}</p>", text);
  }
}
