package io.qupersync.interfaces.http.page;

import static java.util.Comparator.comparing;
import static java.util.Map.entry;

import io.qupersync.interfaces.http.view.JobView;
import io.qupersync.interfaces.text.Wording;
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

  private final Shell shell;
  private final Template template = Template.named("overview.html");

  public OverviewPage(Shell shell) {
    this.shell = shell;
  }

  /// Tells nothing of the jobs.
  ///
  /// @param headline what to say instead
  public Html without(String headline) {
    return page(headline, List.of(), Words.hidden(true), Top.SILENT, 1);
  }

  /// @param number which part of the table, from 1, where there are too many jobs for one document
  public Html of(List<JobView> jobs, Top top, int number) {
    List<Glance> glances = jobs.stream().map(Glance::of).sorted(Glance.WORST_FIRST).toList();
    return page(headline(glances), glances, Html.NOTHING, top, number);
  }

  /// The number of a part as it stands in an address; 1 for what is none.
  public static int number(@Nullable String text) {
    return text != null && NUMBER.matcher(text).matches() ? Integer.parseInt(text) : 1;
  }

  private static String headline(List<Glance> jobs) {
    long failing = jobs.stream().filter(job -> job.health().equals("failing")).count();
    long late = jobs.stream().filter(job -> job.health().equals("late")).count();
    long incomplete = jobs.stream().filter(job -> job.health().equals("incomplete")).count();
    var parts = new ArrayList<String>();
    if (failing > 0) {
      parts.add(Wording.count(failing, "job") + " failing");
    }
    if (late > 0) {
      parts.add(Wording.count(late) + " late");
    }
    if (incomplete > 0) {
      parts.add(Wording.count(incomplete) + " with rejected rows");
    }
    if (parts.isEmpty()) {
      return jobs.isEmpty() ? "No jobs yet" : "All is well";
    }
    return String.join(", ", parts);
  }

  private Html page(String headline, List<Glance> jobs, Html board, Top top, int number) {
    List<Glance> attention = jobs.stream().filter(Glance::needsAttention).toList();
    List<Glance> running = jobs.stream().filter(job -> job.running().isPresent()).toList();
    List<Glance> next =
        jobs.stream()
            .filter(job -> job.nextRun().isPresent() && !job.paused())
            .sorted(comparing(job -> job.nextRun().orElseThrow()))
            .toList();
    return shell.around(
        template,
        Map.ofEntries(
            entry("title", Html.text(attention.isEmpty() ? NAME : headline + " · " + NAME)),
            entry("headline", Html.text(headline)),
            entry("board", board),
            entry("alarm", Html.text(attention.isEmpty() ? "none" : attention.getFirst().health())),
            entry("attention-number", number(attention)),
            entry("attention", attention(attention)),
            entry("attention-none", Words.hidden(!attention.isEmpty())),
            entry("running-number", number(running)),
            entry("running", lines(running, OverviewPage::running)),
            entry("running-none", Words.hidden(!running.isEmpty())),
            entry("next", lines(next, job -> line(job, Words.nextRun(job), Html.NOTHING))),
            entry("next-none", Words.hidden(!next.isEmpty())),
            entry("rows", rows(jobs, number)),
            entry("more", more(jobs.size(), number)),
            entry("more-hidden", Words.hidden(jobs.size() <= ROWS)),
            entry("table-hidden", Words.hidden(jobs.isEmpty())),
            entry("empty", Words.hidden(!jobs.isEmpty()))),
        top);
  }

  private static Html number(List<Glance> jobs) {
    return jobs.isEmpty() ? Html.NOTHING : Html.text(Wording.count(jobs.size()));
  }

  private static Html lines(List<Glance> jobs, Function<Glance, Html> line) {
    return Html.joined(jobs.stream().limit(SHOWN).map(line).toList());
  }

  private static Html line(Glance job, Html side, Html below) {
    return Html.of(
        "<li><div class=\"line\">{}<span class=\"side\">{}</span></div>{}</li>",
        Words.link(job.id()),
        side,
        below);
  }

  /// Jobs that fail for one cause are one line.
  private static Html attention(List<Glance> jobs) {
    return Html.joined(
        Common.groups(jobs).stream()
            .limit(SHOWN)
            .map(group -> group.size() == 1 ? attention(group.getFirst()) : together(group))
            .toList());
  }

  private static Html together(List<Glance> group) {
    Glance first = group.getFirst();
    Html links =
        Html.joined(
            group.stream()
                .limit(ROWS)
                .map(job -> Html.of("<li>{}</li>", Words.link(job.id())))
                .toList());
    return Html.of(
        "<li><div class=\"line\"><strong>{}</strong><span class=\"side\">{}</span></div><p class=\"why\">{}</p><details><summary>Which</summary><ul class=\"which\">{}</ul></details></li>",
        Wording.count(group.size(), "job"),
        Words.state(first.health()),
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
        Wording.count(from + 1),
        Wording.count(to),
        Wording.count(jobs, "job"),
        next);
  }

  private static Html rows(List<Glance> jobs, int number) {
    Set<String> shared = Common.sharedCauses(jobs);
    return Html.joined(
        jobs.stream()
            .skip((long) (number - 1) * ROWS)
            .limit(ROWS)
            .map(job -> JobRow.of(job, job.cause().filter(shared::contains).isEmpty()))
            .toList());
  }

  private static Html attention(Glance job) {
    Html why = Html.of("<p class=\"why\">{}</p>", job.cause().orElse(""));
    String again = job.running().isPresent() ? ", running again" : "";
    return line(job, Html.of("{}{}", Words.state(job.health()), again), why);
  }

  private static Html running(Glance job) {
    return job.running()
        .map(run ->
            line(
                job,
                Html.text(Wording.count(run.rowsExtracted(), "row")),
                Html.of(
                    "<span class=\"bar\" aria-hidden=\"true\"></span><span class=\"side\">for {}</span>",
                    Words.time(run.startedAt(), "since"))))
        .orElse(Html.NOTHING);
  }
}
