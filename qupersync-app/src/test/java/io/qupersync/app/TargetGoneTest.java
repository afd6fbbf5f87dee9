package io.qupersync.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The target goes away while the service answers: each route of the document is asked. */
@Timeout(180)
class TargetGoneTest {

  /** What says something without the target, and how it answers. */
  private static final Map<String, Integer> NEEDS_NO_TARGET =
      Map.of(
          "GET /health/live", 200,
          "GET /metrics", 200,
          "GET /api/v1/log-level", 200,
          "PUT /api/v1/log-level", 200,
          // this service was started without a file to read again
          "POST /api/v1/reload", 422);

  /** What is told of the time before, and of when that was. */
  private static final Set<String> KNOWN =
      Set.of(
          "GET /api/v1/jobs",
          "GET /api/v1/jobs/{job}",
          "GET /api/v1/jobs/{job}/watermark",
          "GET /api/v1/jobs/{job}/dead-letters",
          "GET /api/v1/runs",
          "GET /api/v1/runs/{run}");

  private static final Duration SOON = Duration.ofSeconds(1);

  /** Never ends, and tells of the runs of this process. */
  private static final Set<String> ENDLESS = Set.of("GET /api/v1/events");

  private static final Map<String, String> BODIES =
      Map.of(
          "PUT /api/v1/jobs/{job}/schedule", "{\"every\": \"5m\"}",
          "PUT /api/v1/jobs/{job}/watermark", "{\"values\": [\"2026-11-20 00:00:00\"]}",
          "PUT /api/v1/log-level", "{\"level\": \"info\"}");

  @TempDir Path directory;

  private record Asked(String route, HttpResponse<String> answer, Duration took) {}

  @Test
  void every_route_tells_what_is_known_or_says_at_once_when_to_come_back() throws Exception {
    try (var trial = new Trial(directory);
        var served = ServedProgram.of(trial.environment(), directory);
        var client = HttpClient.newHttpClient()) {
      JsonNode paths = document(client, served.address()).path("paths");
      Asked run = ask(client, served.address(), "POST /api/v1/jobs/{job}/runs?wait=30s");
      assertThat(run.answer().statusCode()).as(run.answer().body()).isEqualTo(200);
      KNOWN.forEach(route ->
          assertThat(quietly(client, served.address(), route).answer().statusCode())
              .as(route)
              .isEqualTo(200));
      awaitSnapshotOf(client, served.address());
      trial.stopTarget();
      awaitNotReady(client, served.address());

      List<Asked> all = askAll(client, served.address(), paths);

      assertThat(all).hasSizeGreaterThan(20);
      assertThat(all).allSatisfy(TargetGoneTest::isRight);
    }
  }

  private static void isRight(Asked asked) {
    boolean isKnown = KNOWN.contains(asked.route());
    int expected = isKnown ? 200 : NEEDS_NO_TARGET.getOrDefault(asked.route(), 503);
    assertThat(asked.took()).as(asked.route()).isLessThan(SOON);
    if (isKnown) {
      JsonNode told = JsonMapper.shared().readTree(asked.answer().body());
      assertThat(told.path("as_of").asString()).as(asked.route()).isNotEmpty();
      assertThat(told.at("/databases/target/state").asString()).as(asked.route()).isEqualTo("away");
      assertThat(told.at("/databases/target/name").asString()).startsWith("PostgreSQL at ");
    }
    HttpResponse<String> answer = asked.answer();
    assertThat(answer.statusCode()).as("%s: %s", asked.route(), answer.body()).isEqualTo(expected);
    if (expected == 503 && !asked.route().equals("GET /health/ready")) {
      assertThat(answer.headers().firstValue("Content-Type").orElse(""))
          .as(asked.route())
          .startsWith("application/problem+json");
      assertThat(answer.headers().firstValue("Retry-After")).as(asked.route()).isPresent();
      JsonNode problem = JsonMapper.shared().readTree(answer.body());
      assertThat(problem.path("type").asString())
          .as(asked.route())
          .isEqualTo("/docs/problems#unavailable");
      assertThat(problem.path("detail").asString()).as(asked.route()).contains("PostgreSQL");
    }
    assertThat(answer.body()).as(asked.route()).doesNotContain("Exception", "at io.qupersync");
  }

  /** So that what is told without the target is known: it is read while somebody looks. */
  private static void awaitSnapshotOf(HttpClient client, URI address) throws Exception {
    // the run's line is read with the jobs, a second later at the latest
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    Instant began = Instant.now();
    while (System.nanoTime() < end && Instant.now().isBefore(began.plusSeconds(3))) {
      ask(client, address, "GET /api/v1/jobs");
    }
  }

  private static void awaitNotReady(HttpClient client, URI address) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    int status = 200;
    while (status == 200 && System.nanoTime() < end) {
      status = ask(client, address, "GET /health/ready").answer().statusCode();
    }
    assertThat(status).as("ready, five seconds after the target has gone").isEqualTo(503);
  }

  private static Asked quietly(HttpClient client, URI address, String route) {
    try {
      return ask(client, address, route);
    } catch (IOException | InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static JsonNode document(HttpClient client, URI address)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(address.resolve("/openapi.json")).build();
    return JsonMapper.shared().readTree(client.send(request, BodyHandlers.ofString()).body());
  }

  /** All at once, for each may wait for the target as long as it is patient. */
  private static List<Asked> askAll(HttpClient client, URI address, JsonNode paths)
      throws Exception {
    var asked = new ArrayList<Future<Asked>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      paths.forEachEntry((path, item) ->
          item.forEachEntry((method, _) -> {
            String route = method.toUpperCase(Locale.ROOT) + " " + path;
            if (!ENDLESS.contains(route)) {
              asked.add(threads.submit(() -> ask(client, address, route)));
            }
          }));
    }
    var answers = new ArrayList<Asked>();
    for (Future<Asked> each : asked) {
      answers.add(each.get());
    }
    return answers;
  }

  private static Asked ask(HttpClient client, URI address, String route)
      throws IOException, InterruptedException {
    String[] parts = route.split(" ", 2);
    String path = parts[1].replace("{job}", "query_history_sync").replace("{run}", "1");
    var begin = System.nanoTime();
    var request =
        HttpRequest.newBuilder(address.resolve(path))
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/json")
            .method(parts[0], BodyPublishers.ofString(BODIES.getOrDefault(route, "")))
            .build();
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    return new Asked(route, answer, Duration.ofNanos(System.nanoTime() - begin));
  }
}
