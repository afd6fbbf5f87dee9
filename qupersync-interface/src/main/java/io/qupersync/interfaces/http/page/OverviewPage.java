package io.qupersync.interfaces.http.page;

import static java.util.Comparator.comparing;
import static java.util.Map.entry;

import io.qupersync.interfaces.cli.text.Wording;
import io.qupersync.interfaces.http.view.JobView;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The document at `/`: how every job stands, whole without a script; where there is one, it goes
/// on from here.
public final class OverviewPage {

  private static final String NAME = "QuperSync";
  private static final int SHOWN = 5;

  private final Shell shell;
  private final Template template = Template.named("overview.html");

  public OverviewPage(Shell shell) {
    this.shell = shell;
  }

  /// Tells nothing of the jobs.
  ///
  /// @param headline what to say instead
  public Html without(String headline) {
    return page(headline, List.of(), Words.hidden(true), Top.SILENT);
  }

  public Html of(List<JobView> jobs, Top top) {
    List<Glance> glances = jobs.stream().map(Glance::of).sorted(Glance.WORST_FIRST).toList();
    return page(headline(glances), glances, Html.NOTHING, top);
  }

  private static String headline(List<Glance> jobs) {
    long failing = jobs.stream().filter(job -> job.health().equals("failing")).count();
    long late = jobs.stream().filter(job -> job.health().equals("late")).count();
    if (failing + late == 0) {
      return jobs.isEmpty() ? "No jobs yet" : "All is well";
    }
    if (failing == 0) {
      return Wording.count(late) + " late";
    }
    String worst = Wording.count(failing, "job") + " failing";
    return late == 0 ? worst : worst + ", " + Wording.count(late) + " late";
  }

  private Html page(String headline, List<Glance> jobs, Html board, Top top) {
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
            entry("attention", lines(attention, OverviewPage::attention)),
            entry("attention-none", Words.hidden(!attention.isEmpty())),
            entry("running-number", number(running)),
            entry("running", lines(running, OverviewPage::running)),
            entry("running-none", Words.hidden(!running.isEmpty())),
            entry("next", lines(next, job -> line(job, Words.nextRun(job), Html.NOTHING))),
            entry("next-none", Words.hidden(!next.isEmpty())),
            entry("rows", Html.joined(jobs.stream().map(JobRow::of).toList())),
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

  private static Html attention(Glance job) {
    Html why = Html.of("<p class=\"why\">{}</p>", job.reason().orElse(""));
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
