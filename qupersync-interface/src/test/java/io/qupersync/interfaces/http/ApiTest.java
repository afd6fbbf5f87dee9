package io.qupersync.interfaces.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.application.schedule.ReloadResult;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.RunStatus;
import io.qupersync.domain.run.RunTally;
import io.qupersync.domain.run.SyncRun;
import io.qupersync.domain.run.Trigger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ApiTest {

  private final Served api = Served.openly();

  @AfterEach
  void stop() {
    api.close();
  }

  private RunId ran(RunStatus status) {
    RunId id = api.world.database.runs().nextId();
    var started =
        SyncRun.starting(
            id, World.ORDERS.id(), Trigger.API, api.world.clock.instant(), Optional.of("before"));
    api.world.database.runs().started(started);
    api.world.clock.tick(Duration.ofMillis(2500));
    if (status != RunStatus.RUNNING) {
      api.world
          .database
          .runs()
          .finished(
              new SyncRun(
                  id,
                  World.ORDERS.id(),
                  Trigger.API,
                  status,
                  started.startedAt(),
                  Optional.of(api.world.clock.instant()),
                  new RunTally(1200, 1000, 100, 98, 0, 2, 0),
                  2,
                  Optional.of("before"),
                  Optional.of("after"),
                  Optional.empty()));
    }
    return id;
  }

  @Test
  void tells_what_the_jobs_are_and_how_they_stand() {
    ran(RunStatus.SUCCESS);
    JsonNode jobs = api.get("/api/v1/jobs").json().get("jobs");
    assertThat(jobs).hasSize(2);
    JsonNode orders = jobs.get(0);
    assertThat(orders.get("id").stringValue()).isEqualTo("orders");
    assertThat(orders.get("mode").stringValue()).isEqualTo("incremental");
    assertThat(orders.get("last_run").get("rows_upserted").intValue()).isEqualTo(1100);
    assertThat(jobs.get(1).get("last_run").isNull()).isTrue();
    ObjectNode alone = api.get("/api/v1/jobs/orders").json().deepCopy().asObject();
    assertThat(alone.remove("as_of")).isNotNull();
    assertThat(alone.remove("databases")).isNotNull();
    assertThat(alone).isEqualTo(orders);
  }

  @Test
  void tells_of_a_run_under_the_names_of_the_run_log() {
    RunId run = ran(RunStatus.SUCCESS);
    JsonNode json = api.get("/api/v1/runs/" + run).json();
    assertThat(json.get("run_id").longValue()).isEqualTo(run.value());
    assertThat(json.get("sync_job_id").stringValue()).isEqualTo("orders");
    assertThat(json.get("status").stringValue()).isEqualTo("success");
    assertThat(json.get("started_at").stringValue()).isEqualTo("2026-03-02T08:00:00Z");
    assertThat(json.get("duration_ms").longValue()).isEqualTo(2500);
    assertThat(json.get("watermark_to").stringValue()).isEqualTo("after");
    assertThat(json.get("error").isNull()).isTrue();
  }

  @Test
  void gives_runs_page_by_page_latest_first() {
    RunId first = ran(RunStatus.SUCCESS);
    RunId second = ran(RunStatus.FAILED);
    RunId third = ran(RunStatus.SUCCESS);
    JsonNode page = api.get("/api/v1/runs?limit=2").json();
    assertThat(page.get("runs")).hasSize(2);
    assertThat(page.get("runs").get(0).get("run_id").longValue()).isEqualTo(third.value());
    assertThat(page.get("runs").get(1).get("run_id").longValue()).isEqualTo(second.value());
    String next = page.get("next").stringValue();
    JsonNode last = api.get("/api/v1/runs?limit=2&after=" + next).json();
    assertThat(last.get("runs")).hasSize(1);
    assertThat(last.get("runs").get(0).get("run_id").longValue()).isEqualTo(first.value());
    assertThat(last.get("next").isNull()).isTrue();
  }

  @Test
  void finds_runs_by_job_and_status() {
    ran(RunStatus.SUCCESS);
    ran(RunStatus.FAILED);
    assertThat(api.get("/api/v1/runs?job=orders&status=failed").json().get("runs")).hasSize(1);
    assertThat(api.get("/api/v1/runs?job=stock").json().get("runs")).isEmpty();
  }

  @Test
  void says_when_nothing_has_changed_since_one_asked() {
    String tag = api.get("/api/v1/jobs/orders").header("ETag");
    assertThat(tag).isNotEmpty();
    assertThat(knowing(tag).status()).isEqualTo(304);
    assertThat(knowing("\"other\", W/" + tag).status()).isEqualTo(304);
    ran(RunStatus.SUCCESS);
    Served.Answer changed = knowing(tag);
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.header("ETag").split("-")[0])
        .as("the definition is the same")
        .isEqualTo(tag.split("-")[0]);
  }

  private Served.Answer knowing(String tag) {
    return api.send("/api/v1/jobs/orders", request -> request.header("If-None-Match", tag));
  }

  @Test
  void changes_how_much_the_log_tells() {
    assertThat(api.get("/api/v1/log-level").text("/level")).isEqualTo("info");
    assertThat(api.put("/api/v1/log-level", "{\"level\": \"DEBUG\"}").text("/level"))
        .isEqualTo("debug");
    assertThat(api.world.level).hasValue("debug");
    assertThat(api.put("/api/v1/log-level", "{\"level\": \"loud\"}").text("/field"))
        .isEqualTo("level");
    assertThat(api.put("/api/v1/log-level", "").status()).isEqualTo(400);
  }

  @Test
  void moves_a_watermark_and_forgets_it() {
    assertThat(api.get("/api/v1/jobs/orders/watermark").text("/columns/0")).isEqualTo("id");
    Served.Answer set = api.put("/api/v1/jobs/orders/watermark", "{\"values\": [7]}");
    assertThat(set.text("/watermark")).isEqualTo("7");
    assertThat(set.text("/next_from")).isEqualTo("7");
    assertThat(api.put("/api/v1/jobs/orders/watermark", "{\"values\": [\"x\"]}").status())
        .isEqualTo(422);
    assertThat(api.delete("/api/v1/jobs/orders/watermark").json().get("watermark").isNull())
        .isTrue();
  }

  @Test
  void moves_no_watermark_under_a_run() {
    api.world.holdRunsUp();
    String run = api.post("/api/v1/jobs/orders/runs", "").text("/run_id");
    Served.Answer refused = api.put("/api/v1/jobs/orders/watermark", "{\"values\": [7]}");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text("/run")).isEqualTo(run);
  }

  @Test
  void shows_what_a_run_would_do() {
    Served.Answer plan = api.get("/api/v1/jobs/stock/plan");
    assertThat(plan.text("/source_sql")).contains("stock");
    assertThat(plan.json().get("target_ddl")).isNotEmpty();
    assertThat(plan.text("/columns/0/column")).isEqualTo("id");
  }

  @Test
  void reads_the_configuration_again_or_says_why_not() {
    assertThat(api.post("/api/v1/reload", "").text("/jobs")).isEqualTo("2");
    api.world.reloadResult =
        new ReloadResult.Refused(List.of("qupersync.yaml:3:1: unknown key 'jbos'"));
    Served.Answer refused = api.post("/api/v1/reload", "");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text("/detail")).contains("qupersync.yaml:3:1", "nothing has changed");
  }

  @Test
  void says_that_it_lives() {
    assertThat(api.get("/health/live").json().get("status").stringValue()).isEqualTo("live");
  }

  @Test
  void says_whether_both_databases_answer() {
    Served.Answer answer = api.get("/health/ready");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("status").stringValue()).isEqualTo("ready");
    assertThat(answer.json().get("checks").get("target").get("status").stringValue())
        .isEqualTo("ok");
  }

  @Test
  void tells_browsers_what_not_to_do() {
    Served.Answer answer = api.get("/api/v1/jobs");
    assertThat(answer.header("Content-Security-Policy")).startsWith("default-src 'self'");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(answer.header("Server")).isEmpty();
    assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void lists_jobs_page_by_page() {
    var all = new ArrayList<String>();
    api.get("/api/v1/jobs").json().get("jobs").forEach(job -> all.add(job.get("id").stringValue()));
    var paged = new ArrayList<String>();
    String after = "";
    do {
      var page = api.get("/api/v1/jobs?limit=1" + after).json();
      assertThat(page.get("jobs").size()).isEqualTo(1);
      paged.add(page.get("jobs").get(0).get("id").stringValue());
      after = page.hasNonNull("next") ? "&after=" + page.get("next").stringValue() : "";
    } while (!after.isEmpty());

    assertThat(paged).isEqualTo(all);
    assertThat(api.get("/api/v1/jobs?after=nobody").status()).isEqualTo(400);
    assertThat(api.get("/api/v1/jobs?limit=0").status()).isEqualTo(400);
  }
}
