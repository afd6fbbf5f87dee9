package io.qupersync.interfaces.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class TriggerTest {

  private static final String RUNS = "/api/v1/jobs/orders/runs";

  private final Served api = Served.openly();

  @AfterEach
  void stop() {
    api.close();
  }

  private Served.Answer triggerUnder(String key, String body) {
    return api.send(
        RUNS,
        request ->
            request
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(body)));
  }

  @Test
  void answers_at_once_and_says_where_to_look() {
    api.world.holdRunsUp();
    Served.Answer answer = api.post(RUNS, "");
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.text("/status")).isEqualTo("running");
    assertThat(answer.text("/trigger")).isEqualTo("api");
    String location = answer.header("Location");
    assertThat(location).isEqualTo("/api/v1/runs/" + answer.text("/run_id"));
    assertThat(api.get(location).text("/status")).isEqualTo("running");

    api.world.letRunsThrough();
    api.world.awaitRuns();
    assertThat(api.get(location).text("/status")).isEqualTo("success");
  }

  @Test
  void answers_when_the_run_has_ended_if_it_is_to_wait() {
    api.world.order(1, "one");
    api.world.order(2, "two");
    Served.Answer answer = api.post(RUNS + "?wait=30s", "{}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text("/status")).isEqualTo("success");
    assertThat(answer.text("/rows_inserted")).isEqualTo("2");
  }

  @Test
  void does_not_wait_longer_than_it_is_to() {
    api.world.holdRunsUp();
    assertThat(api.post(RUNS + "?wait=20ms", "").status()).isEqualTo(202);
  }

  @Test
  void names_the_run_under_way() {
    api.world.holdRunsUp();
    String first = api.post(RUNS, "").text("/run_id");
    Served.Answer second = api.post(RUNS, "");
    assertThat(second.status()).isEqualTo(409);
    assertThat(second.text("/type")).isEqualTo("/docs/problems#already-running");
    assertThat(second.text("/run")).isEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "orders | {\"from\": \"abc\"}             | from | 'from': 'abc' is not a",
        "orders | {\"to\": \"2026-01-01\"}        | to   | 'to': '2026-01-01' is not a",
        "orders | {\"from\": 10, \"to\": 9}       | from | 'from' lies after 'to'; swap them",
        "orders | {\"from\": 1, \"to\": \"1e99\"} | to   | 'to': '1e99' is not a",
        "stock  | {\"from\": 1}                   | from | so 'from' and 'to' say nothing; run it with 'full'",
        "stock  | {\"to\": \"2026-01-01\"}        | from | has no watermark",
      })
  void refuses_wrong_ends_of_a_backfill_without_a_run(
      String job, String body, String field, String detail) {
    Served.Answer answer = api.post("/api/v1/jobs/" + job + "/runs", body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("/field")).isEqualTo(field);
    assertThat(answer.text("/detail")).contains(detail);
    assertThat(api.get("/api/v1/runs").json().at("/runs").size()).isZero();
  }

  @Test
  void reads_everything_or_a_slice_when_asked() {
    api.world.order(1, "one");
    api.world.order(2, "two");
    api.world.order(3, "three");
    api.post(RUNS + "?wait=30s", "");
    assertThat(api.post(RUNS + "?wait=30s", "").text("/rows_extracted")).isEqualTo("1");
    assertThat(api.post(RUNS + "?wait=30s", "{\"full\": true}").text("/rows_extracted"))
        .isEqualTo("3");
    assertThat(api.post(RUNS + "?wait=30s", "{\"from\": 1, \"to\": \"2\"}").text("/rows_extracted"))
        .isEqualTo("2");
  }

  @Test
  void runs_all_jobs() {
    api.world.holdRunsUp();
    String running = api.post(RUNS, "").text("/run_id");
    Served.Answer all = api.post("/api/v1/runs", "{}");
    assertThat(all.status()).isEqualTo(202);
    assertThat(all.text("/runs/0/job")).isEqualTo("orders");
    assertThat(all.text("/runs/0/problem/run")).isEqualTo(running);
    assertThat(all.text("/runs/1/job")).isEqualTo("stock");
    assertThat(all.json().at("/runs/1/run").isNumber()).isTrue();
  }

  @Test
  void answers_when_all_runs_have_ended_if_it_is_to_wait() {
    api.world.order(1, "one");
    Served.Answer all = api.post("/api/v1/runs?wait=30s", "{}");
    assertThat(all.status()).as(all.response().body()).isEqualTo(200);
    assertThat(all.text("/runs/0/status")).isEqualTo("success");
    assertThat(all.text("/runs/1/status")).isEqualTo("success");
    api.world.holdRunsUp();
    Served.Answer early = api.post("/api/v1/runs?wait=20ms", "{}");
    assertThat(early.status()).isEqualTo(202);
    assertThat(early.text("/runs/0/status")).isEqualTo("running");
    assertThat(api.post("/api/v1/runs?wait=6m", "{}").text("/field")).isEqualTo("wait");
  }

  @Test
  void cancels_a_run() {
    api.world.holdRunsUp();
    String location = api.post(RUNS, "").header("Location");
    assertThat(api.post(location + "/cancel", "").status()).isEqualTo(202);
    api.world.awaitRuns();
    assertThat(api.get(location).text("/status")).isEqualTo("cancelled");
    assertThat(api.post(location + "/cancel", "").status()).as("once more").isEqualTo(409);
  }

  @Test
  void does_a_request_once_under_one_key() {
    api.world.holdRunsUp();
    Served.Answer first = triggerUnder("k-1", "");
    Served.Answer again = triggerUnder("k-1", "");
    assertThat(again.status()).isEqualTo(202);
    assertThat(again.text("/run_id")).isEqualTo(first.text("/run_id"));

    api.world.letRunsThrough();
    api.world.awaitRuns();
    Served.Answer later = triggerUnder("k-1", "{}");
    assertThat(later.status()).isEqualTo(202);
    assertThat(later.text("/run_id")).isEqualTo(first.text("/run_id"));
    assertThat(later.text("/status")).isEqualTo("success");
    assertThat(triggerUnder("k-2", "").text("/run_id")).isNotEqualTo(first.text("/run_id"));
  }

  @Test
  void refuses_a_key_that_named_another_request() {
    triggerUnder("k-1", "");
    Served.Answer other = triggerUnder("k-1", "{\"full\": true}");
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.text("/type")).endsWith("#idempotency-key-reused");
    assertThat(triggerUnder("two words", "").status()).isEqualTo(400);
  }

  @Test
  void leaves_a_key_free_under_which_nothing_was_done() {
    api.world.holdRunsUp();
    api.post(RUNS, "");
    assertThat(triggerUnder("k-1", "").status()).isEqualTo(409);
    api.world.letRunsThrough();
    api.world.awaitRuns();
    assertThat(triggerUnder("k-1", "").status()).isEqualTo(202);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"ful\": true}          | 400 | ful",
        "{\"full\": \"yes\"}      | 400 | full",
        "{\"full\": 1}            | 400 | full",
        "{\"full\":true,\"to\":1} | 400 | full",
        "{\"from\": 1.5}          | 400 | from",
        "{\"from\": []}           | 400 | from",
        "[]                       | 400 | ",
        "{\"full\": true          | 400 | ",
        "{\"full\":true,\"full\":true} | 400 | ",
        "{} {}                    | 400 | ",
        "nonsense                 | 400 | ",
      })
  void says_what_is_wrong_with_a_body(String body, int status, String field) {
    Served.Answer answer = api.post(RUNS, body);
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
    assertThat(answer.json().path("field").asString(null)).isEqualTo(field);
  }

  @Test
  void bounds_what_it_reads() {
    assertThat(api.post(RUNS, " ".repeat(Body.MAX_BYTES) + "{}").status()).isEqualTo(413);
    assertThat(api.post(RUNS, "[".repeat(5000)).status()).isEqualTo(400);
    assertThat(api.post(RUNS + "?wait=6m", "").text("/field")).isEqualTo("wait");
    assertThat(api.post(RUNS + "?wait=soon", "").text("/field")).isEqualTo("wait");
  }

  @Test
  void takes_json_in_utf_8_only() {
    Served.Answer form =
        api.send(
            RUNS,
            request ->
                request
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString("full=true")));
    assertThat(form.status()).isEqualTo(415);
    Served.Answer latin =
        api.send(
            RUNS,
            request ->
                request
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofByteArray(new byte[] {'{', '"', (byte) 0xe9, '"'})));
    assertThat(latin.status()).isEqualTo(400);
  }

  @Test
  void refuses_what_it_does_not_know() {
    assertThat(api.post("/api/v1/jobs/unheard_of/runs", "").status()).isEqualTo(404);
    assertThat(api.post("/api/v1/runs/4711/cancel", "").status()).isEqualTo(404);
  }
}
