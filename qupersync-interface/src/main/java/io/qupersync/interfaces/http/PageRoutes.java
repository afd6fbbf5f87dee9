package io.qupersync.interfaces.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.qupersync.application.query.RunFilter;
import io.qupersync.domain.job.JobId;
import io.qupersync.interfaces.http.page.Asset;
import io.qupersync.interfaces.http.page.DatabaseBanner;
import io.qupersync.interfaces.http.page.Html;
import io.qupersync.interfaces.http.page.JobPage;
import io.qupersync.interfaces.http.page.OverviewPage;
import io.qupersync.interfaces.http.page.PageLayout;
import io.qupersync.interfaces.http.view.JobView;
import java.lang.ref.WeakReference;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// `/`, `/jobs/{job}` and what they need: the page for people. Everybody gets the documents; where
/// the server asks for tokens they tell nothing of the jobs, and the script, once it has a token,
/// asks the API for everything.
public final class PageRoutes implements Resource {

  private static final String HTML = "text/html; charset=utf-8";
  private static final int RUNS = 50;

  private final JobListing jobs;
  private final RunListing runs;
  private final TargetAnswers targetAnswers;
  private final boolean isLocked;
  private final OverviewPage overviewPage;
  private final Overviews overviews;
  private final JobPage jobPage;

  public PageRoutes(
      JobListing jobs, RunListing runs, TargetAnswers targetAnswers, HttpSettings settings) {
    this.jobs = jobs;
    this.runs = runs;
    this.targetAnswers = targetAnswers;
    this.isLocked = !settings.tokens().isEmpty();
    var pageLayout = new PageLayout(isLocked ? "tokens" : "open");
    this.overviewPage = new OverviewPage(pageLayout);
    this.overviews = new Overviews(overviewPage);
    this.jobPage = new JobPage(pageLayout);
  }

  @Override
  public void addTo(Routes routes) {
    routes.get("/", Access.OPEN, this::overview);
    routes.get("/jobs/{job}", Access.OPEN, this::job);
    Asset.all()
        .forEach(asset ->
            routes.get("/page/" + asset.name(), Access.OPEN, request -> send(request, asset)));
  }

  private void overview(Context request) {
    if (isLocked) {
      send(request, overviewPage.without("Jobs"));
    } else {
      request.contentType(HTML).result(overview(OverviewPage.number(request.queryParam("page"))));
    }
  }

  private byte[] overview(int number) {
    try {
      var told = jobs.all();
      return overviews.of(told.value(), top(told.asOf()), number);
    } catch (RuntimeException unreadable) {
      // the document comes all the same: its script asks the API, which says what is wrong
      return bytes(overviewPage.without("Jobs"));
    }
  }

  private static byte[] bytes(Html html) {
    return html.toString().getBytes(UTF_8);
  }

  /// The document that was made last is kept for all who ask for the same: with many jobs it is
  /// large, so it is made for one at a time.
  private static final class Overviews {
    private final OverviewPage page;
    private WeakReference<List<JobView>> jobs = new WeakReference<>(List.of());
    private Optional<DatabaseBanner> top = Optional.empty();
    private int number;
    private byte[] made = new byte[0];

    Overviews(OverviewPage page) {
      this.page = page;
    }

    synchronized byte[] of(List<JobView> all, DatabaseBanner at, int asked) {
      if (!jobs.refersTo(all) || !top.equals(Optional.of(at)) || number != asked) {
        made = bytes(page.of(all, at, asked));
        jobs = new WeakReference<>(all);
        top = Optional.of(at);
        number = asked;
      }
      return made;
    }
  }

  private void job(Context request) {
    String name = request.pathParam("job");
    if (isLocked) {
      send(request, jobPage.without(name, true));
      return;
    }
    Optional<Html> found;
    try {
      found = jobs.told(PathParameters.job(request)).value().map(this::job);
    } catch (ProblemException noSuchName) {
      found = Optional.empty();
    } catch (RuntimeException unreadable) {
      found = Optional.of(jobPage.without(name, true));
    }
    if (found.isEmpty()) {
      request.status(HttpStatus.NOT_FOUND);
    }
    send(request, found.orElseGet(() -> jobPage.without(name, false)));
  }

  private Html job(JobView job) {
    var latest =
        new RunFilter(Optional.of(new JobId(job.id())), Optional.empty(), Optional.empty(), RUNS);
    var told = runs.page(latest);
    return jobPage.of(job, told.value().runs(), top(told.asOf()));
  }

  private DatabaseBanner top(Instant asOf) {
    return DatabaseBanner.of(targetAnswers.databases(), asOf);
  }

  private static void send(Context request, Html html) {
    request.contentType(HTML).result(html.toString());
  }

  /// Browsers keep a file but ask each time whether it is still the same: no script ever meets the
  /// style sheet of another version.
  private static void send(Context request, Asset asset) {
    request.header("Cache-Control", "no-cache").header("ETag", asset.tag());
    if (asset.tag().equals(request.header("If-None-Match"))) {
      request.status(HttpStatus.NOT_MODIFIED);
    } else {
      request.contentType(asset.type()).result(asset.contents());
    }
  }
}
