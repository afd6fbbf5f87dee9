package io.qupersync.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.interfaces.cli.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where `serve` may listen, and where it refuses to. */
class ServingTest {

  private @TempDir Path directory;
  private Trial trial;

  @BeforeEach
  void open() throws SQLException {
    trial = new Trial(directory);
  }

  @AfterEach
  void close() {
    trial.close();
  }

  @Test
  void refuses_to_listen_to_everybody_without_tokens() {
    trial.file("qupersync.yaml", "server: { host: 0.0.0.0 }\n");
    Trial.Ended ended = trial.run("serve");
    assertThat(ended.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(ended.err())
        .contains("qupersync.yaml:1:")
        .contains("whoever reaches this host could command QuperSync; add tokens");
  }

  @Test
  void says_who_is_in_the_way_when_the_port_is_taken() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      trial.file("qupersync.yaml", "server: { port: %d }\n".formatted(taken.getLocalPort()));
      Trial.Ended ended = trial.run("serve");
      assertThat(ended.exit()).isEqualTo(ExitCode.USAGE);
      assertThat(ended.err())
          .contains("cannot listen on 127.0.0.1 port %d".formatted(taken.getLocalPort()))
          .doesNotContain("Exception");
    }
  }

  @Test
  void what_people_decide_about_a_schedule_survives_a_restart() throws Exception {
    try (var served = ServedProgram.of(trial.environment(), directory)) {
      ask(served, "PUT", "/api/v1/jobs/table_stats_sync/schedule", "{\"every\": \"7m\"}");
      ask(served, "POST", "/api/v1/jobs/table_stats_sync/pause", "");
    }
    try (var served = ServedProgram.of(trial.environment(), directory)) {
      JsonNode job = ask(served, "GET", "/api/v1/jobs/table_stats_sync", "");
      assertThat(job.at("/schedule/every_seconds").intValue()).isEqualTo(420);
      assertThat(job.at("/schedule/origin").stringValue()).isEqualTo("changed");
      assertThat(job.at("/paused").booleanValue()).isTrue();
    }
  }

  private static JsonNode ask(ServedProgram served, String method, String path, String body)
      throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(served.address().resolve(path))
              .header("Content-Type", "application/json")
              .method(method, BodyPublishers.ofString(body))
              .build();
      var answer = client.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return JsonMapper.builder().build().readTree(answer.body());
    }
  }
}
