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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A database hangs, drops packets or comes back while many look at the page and at the API. */
@Timeout(180)
class DatabasesAwayTest {

  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration TOLD = Duration.ofSeconds(5);
  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final int PAGES = 40;
  private static final String CROWDED = "/api/v1/jobs?";

  private static final List<String> READS =
      List.of(
          "/",
          "/jobs/node_details_sync",
          "/api/v1/jobs",
          "/api/v1/jobs/node_details_sync",
          "/api/v1/jobs/node_details_sync/watermark",
          "/api/v1/jobs/node_details_sync/dead-letters",
          "/api/v1/runs",
          "/api/v1/runs?job=node_details_sync&limit=50",
          "/api/v1/runs/1",
          "/metrics",
          "/health/live",
          "/health/ready");

  @TempDir Path directory;
  private final HttpClient client = HttpClient.newHttpClient();
  private Trial trial;
  private NetworkLine toSource;
  private NetworkLine toTarget;
  private ServedProgram served;

  private record Answer(String path, int status, String body, Duration took) {

    JsonNode json() {
      return JsonMapper.shared().readTree(body);
    }
  }

  @BeforeEach
  void serve() throws Exception {
    trial = new Trial(directory);
    Map<String, String> environment = new HashMap<>(trial.environment());
    toSource = new NetworkLine(Integer.parseInt(environment.get("REDSHIFT_PORT")));
    toTarget = new NetworkLine(Integer.parseInt(environment.get("POSTGRES_PORT")));
    environment.put("REDSHIFT_PORT", Integer.toString(toSource.port()));
    environment.put("POSTGRES_PORT", Integer.toString(toTarget.port()));
    served = ServedProgram.of(environment, directory);
    Answer run = post("/api/v1/jobs/node_details_sync/runs?wait=30s");
    assertThat(run.status()).as(run.body()).isEqualTo(200);
    Instant until = Instant.now().plusSeconds(3);
    while (Instant.now().isBefore(until)) {
      assertThat(get("/api/v1/jobs").status()).isEqualTo(200);
    }
  }

  @AfterEach
  void stop() throws Exception {
    toSource.restore();
    toTarget.restore();
    served.close();
    client.shutdownNow();
    toSource.close();
    toTarget.close();
    trial.close();
  }

  @Test
  void nobody_waits_for_a_target_that_hangs_from_the_first_moment_on() throws Exception {
    toTarget.fallSilent();

    askedByMany().forEach(DatabasesAwayTest::isAnsweredSoon);
    isRefusedSoon(post("/api/v1/jobs/node_details_sync/runs"));
    isRefusedSoon(post("/api/v1/jobs/node_details_sync/pause"));
    awaitState("target", "away");
    List<Answer> later = askedByMany();
    later.forEach(DatabasesAwayTest::isAnsweredSoon);
    assertThat(later.getFirst().body())
        .contains("is away since", "What is shown was true at", "node_details_sync");
    isRefusedSoon(post("/api/v1/jobs/node_details_sync/runs"));

    toTarget.restore();
    awaitState("target", "there");
    assertThat(post("/api/v1/jobs/node_details_sync/pause").status()).isIn(200, 503);
  }

  @Test
  void nobody_waits_for_a_target_to_which_no_packet_gets_through() throws Exception {
    toTarget.dropPackets();

    askedByMany().forEach(DatabasesAwayTest::isAnsweredSoon);
    awaitState("target", "away");
    askedByMany().forEach(DatabasesAwayTest::isAnsweredSoon);
    isRefusedSoon(post("/api/v1/runs"));
  }

  @Test
  void the_same_of_a_source_that_hangs_is_told_to_all_who_listen() throws Exception {
    try (Stream<String> events =
        client
            .send(
                HttpRequest.newBuilder(served.address().resolve("/api/v1/events")).build(),
                BodyHandlers.ofLines())
            .body()) {
      toSource.fallSilent();
      Instant begin = Instant.now();
      String told =
          events.dropWhile(line -> !line.equals("event: databases")).skip(1).findFirst().orElse("");
      assertThat(Duration.between(begin, Instant.now())).isLessThan(TOLD);
      JsonNode databases = JsonMapper.shared().readTree(told.substring("data: ".length()));
      assertThat(databases.at("/source/state").asString()).isEqualTo("away");
      assertThat(databases.at("/source/name").asString()).startsWith("Redshift at ");
      assertThat(databases.at("/target/state").asString()).isEqualTo("there");
    }
    assertThat(get("/").body()).contains("Redshift at ").contains("is away since");
    assertThat(get("/health/ready").status()).isEqualTo(503);
    Answer plan = get("/api/v1/jobs/node_details_sync/plan");
    assertThat(plan.status()).isEqualTo(503);
    assertThat(plan.took()).isLessThan(SOON);
    assertThat(plan.body()).contains("Redshift at ");

    toSource.restore();
    awaitState("source", "there");
  }

  @Test
  void a_pool_without_a_free_connection_keeps_nobody_waiting() throws Exception {
    trial.atTarget(
        "create function public.wait() returns trigger language plpgsql as $$ begin perform pg_sleep(8); return new; end $$",
        "create trigger wait before insert on quper.leases for each row execute function public.wait()",
        "create trigger wait_too before update on quper.leases for each row execute function public.wait()");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var triggers = new ArrayList<Future<Answer>>();
      for (int i = 0; i < 12; i++) {
        triggers.add(threads.submit(() -> post("/api/v1/jobs/node_details_sync/runs")));
      }
      Answer pause = post("/api/v1/jobs/table_stats_sync/pause");
      assertThat(pause.took()).as(pause.body()).isLessThan(SOON.multipliedBy(2));
      askedByMany().forEach(DatabasesAwayTest::isAnsweredSoon);
      assertThat(get("/api/v1/jobs").json().at("/databases/target/state").asString())
          .isEqualTo("there");
      for (Future<Answer> trigger : triggers) {
        assertThat(trigger.get(60, TimeUnit.SECONDS).status()).isIn(202, 409, 503);
      }
    }
  }

  private static void isAnsweredSoon(Answer answer) {
    // of a crowd each waits for a processor too
    Duration bound = answer.path().equals(CROWDED) ? SOON.multipliedBy(2) : SOON;
    assertThat(answer.took()).as(answer.path()).isLessThan(bound);
    if (!answer.path().equals("/health/ready")) {
      assertThat(answer.status()).as("%s: %s", answer.path(), answer.body()).isEqualTo(200);
    }
  }

  private static void isRefusedSoon(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(503);
    assertThat(answer.took()).as(answer.path()).isLessThan(SOON);
    assertThat(answer.body()).contains("PostgreSQL at ");
  }

  private List<Answer> askedByMany() throws Exception {
    var asked = new ArrayList<Future<Answer>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (String path : READS) {
        asked.add(threads.submit(() -> get(path)));
      }
      for (int page = 0; page < PAGES; page++) {
        asked.add(threads.submit(() -> get(CROWDED)));
      }
    }
    var answers = new ArrayList<Answer>();
    for (Future<Answer> each : asked) {
      answers.add(each.get());
    }
    return answers;
  }

  private void awaitState(String database, String state) throws Exception {
    long end = System.nanoTime() + BOUND.toNanos();
    String now = "";
    while (!now.equals(state) && System.nanoTime() < end) {
      now = get("/api/v1/jobs").json().at("/databases/%s/state".formatted(database)).asString();
    }
    assertThat(now).isEqualTo(state);
  }

  private Answer get(String path) throws IOException, InterruptedException {
    return send(path, HttpRequest.newBuilder());
  }

  private Answer post(String path) throws IOException, InterruptedException {
    return send(path, HttpRequest.newBuilder().POST(BodyPublishers.noBody()));
  }

  private Answer send(String path, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    URI address = served.address().resolve(path);
    long begin = System.nanoTime();
    HttpResponse<String> answer =
        client.send(request.uri(address).timeout(BOUND).build(), BodyHandlers.ofString());
    return new Answer(
        path, answer.statusCode(), answer.body(), Duration.ofNanos(System.nanoTime() - begin));
  }
}
