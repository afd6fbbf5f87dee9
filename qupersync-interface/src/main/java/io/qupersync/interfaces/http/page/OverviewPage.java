package io.qupersync.interfaces.http.page;

import static java.util.Comparator.comparing;
import static java.util.Map.entry;

import io.qupersync.interfaces.http.view.JobView;
import io.qupersync.interfaces.text.HumanText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The document at `/`: how every job stands, whole without a script; where there is one, it goes
/// on from here.
public final class OverviewPage {

  private static final String NAME = "QuperSync";
  private static final int SHOWN = 5;

  /// Rows of the table in one document, and names under one cause.
  static final int ROWS = 500;

  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,4}");

  private final PageLayout pageLayout;
  private final HtmlTemplate htmlTemplate = HtmlTemplate.named("overview.html");

  public OverviewPage(PageLayout pageLayout) {
    this.pageLayout = pageLayout;
  }

  /// Tells nothing of the jobs.
  ///
  /// @param headline what to say instead
  public Html without(String headline) {
    return page(headline, List.of(), HtmlFragments.hidden(true), DatabaseBanner.SILENT, 1);
  }

  /// @param number which part of the table, from 1, where there are too many jobs for one document
  public Html of(List<JobView> jobs, DatabaseBanner databaseBanner, int number) {
    List<JobCard> glances = jobs.stream().map(JobCard::of).sorted(JobCard.WORST_FIRST).toList();
    return page(headline(glances), glances, Html.NOTHING, databaseBanner, number);
  }

  /// The number of a part as it stands in an address; 1 for what is none.
  public static int number(@Nullable String text) {
    return text != null && NUMBER.matcher(text).matches() ? Integer.parseInt(text) : 1;
  }

  private static String headline(List<JobCard> jobs) {
    long failing = jobs.stream().filter(job -> job.health().equals("failing")).count();
    long late = jobs.stream().filter(job -> job.health().equals("late")).count();
    long incomplete = jobs.stream().filter(job -> job.health().equals("incomplete")).count();
    var parts = new ArrayList<String>();
    if (failing > 0) {
      parts.add(HumanText.count(failing, "job") + " failing");
    }
    if (late > 0) {
      parts.add(HumanText.count(late) + " late");
    }
    if (incomplete > 0) {
      parts.add(HumanText.count(incomplete) + " with rejected rows");
    }
    if (parts.isEmpty()) {
      return jobs.isEmpty() ? "No jobs yet" : "All is well";
    }
    return String.join(", ", parts);
  }

  private Html page(
      String headline, List<JobCard> jobs, Html board, DatabaseBanner databaseBanner, int number) {
    List<JobCard> attention = jobs.stream().filter(JobCard::needsAttention).toList();
    List<JobCard> running = jobs.stream().filter(job -> job.running().isPresent()).toList();
    List<JobCard> next =
        jobs.stream()
            .filter(job -> job.nextRun().isPresent() && !job.paused())
            .sorted(comparing(job -> job.nextRun().orElseThrow()))
            .toList();
    return pageLayout.around(
        htmlTemplate,
        Map.ofEntries(
            entry("title", Html.text(attention.isEmpty() ? NAME : headline + " · " + NAME)),
            entry("headline", Html.text(headline)),
            entry("board", board),
            entry("alarm", Html.text(attention.isEmpty() ? "none" : attention.getFirst().health())),
            entry("attention-number", number(attention)),
            entry("attention", attention(attention)),
            entry("attention-none", HtmlFragments.hidden(!attention.isEmpty())),
            entry("running-number", number(running)),
            entry("running", lines(running, OverviewPage::running)),
            entry("running-none", HtmlFragments.hidden(!running.isEmpty())),
            entry("next", lines(next, job -> line(job, HtmlFragments.nextRun(job), Html.NOTHING))),
            entry("next-none", HtmlFragments.hidden(!next.isEmpty())),
            entry("rows", rows(jobs, number)),
            entry("more", more(jobs.size(), number)),
            entry("more-hidden", HtmlFragments.hidden(jobs.size() <= ROWS)),
            entry("table-hidden", HtmlFragments.hidden(jobs.isEmpty())),
            entry("empty", HtmlFragments.hidden(!jobs.isEmpty()))),
        databaseBanner);
  }

  private static Html number(List<JobCard> jobs) {
    return jobs.isEmpty() ? Html.NOTHING : Html.text(HumanText.count(jobs.size()));
  }

  private static Html lines(List<JobCard> jobs, Function<JobCard, Html> line) {
    return Html.joined(jobs.stream().limit(SHOWN).map(line).toList());
  }

  private static Html line(JobCard job, Html side, Html below) {
    return Html.of(
        "<li><div class=\"line\">{}<span class=\"side\">{}</span></div>{}</li>",
        HtmlFragments.link(job.id()),
        side,
        below);
  }

  /// Jobs that fail for one cause are one line.
  private static Html attention(List<JobCard> jobs) {
    return Html.joined(
        CommonCauses.groups(jobs).stream()
            .limit(SHOWN)
            .map(group -> group.size() == 1 ? attention(group.getFirst()) : together(group))
            .toList());
  }

  private static Html together(List<JobCard> group) {
    JobCard first = group.getFirst();
    Html links =
        Html.joined(
            group.stream()
                .limit(ROWS)
                .map(job -> Html.of("<li>{}</li>", HtmlFragments.link(job.id())))
                .toList());
    return Html.of(
        "<li><div class=\"line\"><strong>{}</strong><span class=\"side\">{}</span></div><p class=\"why\">{}</p><details><summary>Which</summary><ul class=\"which\">{}</ul></details></li>",
        HumanText.count(group.size(), "job"),
        HtmlFragments.state(first.health()),
        first.cause().orElse(""),
        links);
  }

  /// Where there are more rows than are shown; a script that goes on from here shows them itself.
  private static Html more(int jobs, int number) {
    if (jobs <= ROWS) {
      return Html.NOTHING;
    }
    int from = Math.min(jobs, (number - 1) * ROWS);
    int to = Math.min(jobs, from + ROWS);
    Html next =
        to < jobs
            ? Html.of("<a href=\"/?page={}\">Next</a>", number + 1)
            : Html.of("<a href=\"/\">First</a>");
    return Html.of(
        "{} to {} of {}<noscript> {}</noscript>",
        HumanText.count(from + 1),
        HumanText.count(to),
        HumanText.count(jobs, "job"),
        next);
  }

  private static Html rows(List<JobCard> jobs, int number) {
    Set<String> shared = CommonCauses.sharedCauses(jobs);
    return Html.joined(
        jobs.stream()
            .skip((long) (number - 1) * ROWS)
            .limit(ROWS)
            .map(job -> JobRow.of(job, job.cause().filter(shared::contains).isEmpty()))
            .toList());
  }

  private static Html attention(JobCard job) {
    Html why = Html.of("<p class=\"why\">{}</p>", job.cause().orElse(""));
    String again = job.running().isPresent() ? ", running again" : "";
    return line(job, Html.of("{}{}", HtmlFragments.state(job.health()), again), why);
  }

  private static Html running(JobCard job) {
    return job.running()
        .map(run ->
            line(
                job,
                Html.text(HumanText.count(run.rowsExtracted(), "row")),
                Html.of(
                    "<span class=\"bar\" aria-hidden=\"true\"></span><span class=\"side\">for {}</span>",
                    HtmlFragments.time(run.startedAt(), "since"))))
        .orElse(Html.NOTHING);
  }
}
