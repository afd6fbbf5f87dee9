package io.qupersync.interfaces.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.RunOutcome;
import io.qupersync.domain.run.RunTally;
import io.qupersync.domain.run.SyncRun;
import io.qupersync.domain.run.Trigger;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class EventsTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final JobId ORDERS = World.ORDERS.id();

  private final Served api = Served.openly();

  @AfterEach
  void stop() {
    api.close();
  }

  private RunId begin() {
    RunId id = api.world.database.runs().nextId();
    api.world
        .database
        .runs()
        .started(
            SyncRun.starting(id, ORDERS, Trigger.API, api.world.clock.instant(), Optional.empty()));
    api.world.events.started(ORDERS, id);
    return id;
  }

  private static String next(Iterator<String> lines, String prefix) {
    while (true) {
      String line = lines.next();
      if (line.startsWith(prefix)) {
        return line.substring(prefix.length());
      }
    }
  }

  private static JsonNode data(Iterator<String> lines) {
    return JSON.readTree(next(lines, "data: "));
  }

  @Test
  void tell_of_a_run_from_its_start_to_its_end() {
    try (Stream<String> stream = api.stream("/api/v1/events")) {
      Iterator<String> lines = stream.iterator();
      assertThat(next(lines, "retry: ")).isEqualTo("3000");
      RunId run = begin();
      assertThat(next(lines, "event: ")).isEqualTo("run.started");
      assertThat(data(lines).get("status").stringValue()).isEqualTo("running");

      api.world.clock.tick(Duration.ofSeconds(2));
      api.world.events.read(ORDERS, run, 5000);
      assertThat(next(lines, "event: ")).isEqualTo("run.progress");
      JsonNode progress = data(lines);
      assertThat(progress.get("run_id").longValue()).isEqualTo(run.value());
      assertThat(progress.get("rows_read").longValue()).isEqualTo(5000);
      assertThat(progress.get("rows_per_second").doubleValue()).isEqualTo(2500);

      api.world.events.ended(ORDERS, run, new RunOutcome.Cancelled(run, RunTally.zero()));
      assertThat(next(lines, "event: ")).isEqualTo("run.ended");
    }
  }

  @Test
  void tell_late_comers_what_is_under_way() {
    begin();
    try (Stream<String> stream = api.stream("/api/v1/events")) {
      assertThat(next(stream.iterator(), "event: ")).isEqualTo("run.progress");
    }
  }

  @Test
  void beat_while_nothing_happens() {
    try (Stream<String> stream = api.stream("/api/v1/events")) {
      assertThat(next(stream.iterator(), ": ")).isEqualTo("still here");
    }
  }

  @Test
  void end_when_the_service_stops() {
    try (Stream<String> stream = api.stream("/api/v1/events")) {
      api.world.events.close();
      assertThat(stream.toList()).isNotNull();
    }
  }

  @Test
  void show_how_far_a_run_is_to_those_who_ask_for_it() {
    RunId run = begin();
    api.world.clock.tick(Duration.ofSeconds(1));
    api.world.events.read(ORDERS, run, 100);
    JsonNode json = api.get("/api/v1/runs/" + run).json();
    assertThat(json.get("rows_read").longValue()).isEqualTo(100);
    assertThat(json.get("rows_per_second").doubleValue()).isEqualTo(100);
  }
}
