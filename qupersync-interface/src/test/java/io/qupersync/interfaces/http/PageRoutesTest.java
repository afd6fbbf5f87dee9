package io.qupersync.interfaces.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.RunStatus;
import io.qupersync.domain.run.RunTally;
import io.qupersync.domain.run.SyncRun;
import io.qupersync.domain.run.Trigger;
import io.qupersync.interfaces.http.Served.Answer;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PageRoutesTest {

  private Served served = Served.openly();

  @AfterEach
  void stop() {
    served.close();
  }

  private void failed(String error) {
    failed(World.ORDERS.id(), error);
  }

  private void failed(JobId job, String error) {
    RunId id = served.database.runs().nextId();
    var started =
        SyncRun.starting(id, job, Trigger.SCHEDULE, served.clock.instant(), Optional.empty());
    served.database.runs().started(started);
    served
        .database
        .runs()
        .finished(
            new SyncRun(
                id,
                job,
                Trigger.SCHEDULE,
                RunStatus.FAILED,
                started.startedAt(),
                Optional.of(served.clock.instant()),
                RunTally.zero(),
                4,
                Optional.empty(),
                Optional.empty(),
                Optional.of(error)));
  }

  @Test
  void tells_without_a_script_which_jobs_fail_and_why() {
    failed("permission denied for relation orders");
    Answer page = served.get("/");
    assertThat(page.header("Content-Type")).matches("text/html; ?charset=utf-8");
    assertThat(page.response().body())
        .contains("<h1 id=\"headline\">1 job failing</h1>", "permission denied for relation orders")
        .contains("<a href=\"/jobs/orders\">orders</a>", "<a href=\"/jobs/stock\">stock</a>")
        .doesNotContain("{{");
  }

  @Test
  void jobs_that_fail_for_one_cause_are_one_line_that_begins_with_the_cause() {
    String cause = "Redshift at r:5439/dev accepts no connection; check source.host";
    failed(World.ORDERS.id(), "cannot read job 'orders': " + cause);
    failed(World.STOCK.id(), "cannot read job 'stock': " + cause);
    String page = served.get("/").response().body();
    assertThat(page)
        .contains("<h1 id=\"headline\">2 jobs failing</h1>", "<p class=\"why\">" + cause)
        .doesNotContain("cannot read job");
    assertThat(page.split(cause, -1)).as("told once").hasSize(2);
  }

  @Test
  void tells_of_both_databases_how_they_stand() {
    assertThat(served.get("/").response().body())
        .contains("Redshift at test:5439/dev", "PostgreSQL at test:5432/quper")
        .contains("data-state=\"there\"")
        .doesNotContain("is away since");
  }

  @Test
  void shows_what_a_run_said_as_text_only() {
    failed("<img src=x onerror=alert(1)>");
    assertThat(served.get("/").response().body() + served.get("/jobs/orders").response().body())
        .contains("&lt;img src=x onerror=alert(1)&gt;")
        .doesNotContain("<img");
  }

  @Test
  void gives_each_job_an_address_of_its_own() {
    failed("permission denied for relation orders");
    assertThat(served.get("/jobs/orders").response().body())
        .contains("<h1 id=\"name\">orders</h1>", "permission denied", "analytics.orders")
        .doesNotContain("{{");
  }

  @Test
  void says_that_there_is_no_such_job() {
    for (String name : new String[] {"nothing", "%3Cb%3E"}) {
      Answer page = served.get("/jobs/" + name);
      assertThat(page.status()).isEqualTo(404);
      assertThat(page.response().body()).contains("There is no such job").doesNotContain("<b>");
    }
  }

  @Test
  void tells_nothing_of_the_jobs_where_a_token_is_needed() {
    served.close();
    served = Served.withTokens(AccessToken.of("board", "see-all", Access.VIEWER));
    failed("permission denied for relation orders");
    Answer overview = served.get("/");
    assertThat(overview.status()).isEqualTo(200);
    assertThat(overview.response().body())
        .contains("data-access=\"tokens\"", "<div id=\"board\" hidden>")
        .doesNotContain("orders", "stock", "permission denied");
    Answer job = served.get("/jobs/orders");
    assertThat(job.response().body()).doesNotContain("permission denied", "analytics");
    assertThat(served.get("/jobs/nothing").status()).as("nor which there are").isEqualTo(200);
  }

  @Test
  void a_browser_that_has_a_file_is_told_so() {
    Answer first = served.get("/page/page.css");
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.header("Cache-Control")).isEqualTo("no-cache");
    assertThat(first.header("Content-Type")).matches("text/css; ?charset=utf-8");
    Answer second =
        served.send(
            "/page/page.css", request -> request.header("If-None-Match", first.header("ETag")));
    assertThat(second.status()).isEqualTo(304);
    assertThat(second.response().body()).isEmpty();
  }

  @Test
  void has_no_script_or_style_inside_its_documents() {
    for (String path : new String[] {"/", "/jobs/orders"}) {
      assertThat(served.get(path).response().body())
          .doesNotContain("style=", "<style", " onclick", "javascript:")
          .doesNotContainPattern("<script[^>]*>[^<]");
    }
  }

  @Test
  void keeps_every_document_from_being_stored() {
    assertThat(served.get("/").header("Cache-Control")).isEqualTo("no-store");
    assertThat(served.get("/").header("Content-Security-Policy")).contains("default-src 'self'");
  }
}
