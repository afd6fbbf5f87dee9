package io.qupersync.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.interfaces.cli.ExitCode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Somebody drops QuperSync's own tables while the service runs. */
@Timeout(120)
class StateGoneTest {

  @TempDir Path directory;

  @Test
  void is_not_ready_and_says_what_to_do_and_goes_on_when_it_is_done() throws Exception {
    try (var trial = new Trial(directory);
        var served = ServedProgram.of(trial.environment(), directory);
        var client = HttpClient.newHttpClient()) {
      assertThat(awaitReady(client, served, 200).body()).doesNotContain("state");

      trial.atTarget("drop schema quper cascade");

      assertThat(awaitReady(client, served, 503).body())
          .contains("\"state\":{\"status\":\"broken\"", "run 'qupersync migrate'");
      HttpResponse<String> refused = trigger(client, served);
      assertThat(refused.statusCode()).isEqualTo(502);
      assertThat(refused.body()).contains("run 'qupersync migrate'").doesNotContain("the next run");

      assertThat(trial.run("migrate").exit()).isEqualTo(ExitCode.DONE);

      awaitReady(client, served, 200);
      assertThat(trigger(client, served).statusCode()).isEqualTo(200);
      trial.atTarget("drop table quper.dead_letters");
      assertThat(awaitReady(client, served, 503).body()).contains("dead_letters");
    }
  }

  private static HttpResponse<String> awaitReady(
      HttpClient client, ServedProgram served, int status) throws Exception {
    Instant end = Instant.now().plus(Duration.ofSeconds(20));
    HttpResponse<String> answer;
    do {
      answer =
          client.send(
              HttpRequest.newBuilder(served.address().resolve("/health/ready")).build(),
              BodyHandlers.ofString());
    } while (answer.statusCode() != status && Instant.now().isBefore(end));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return answer;
  }

  private static HttpResponse<String> trigger(HttpClient client, ServedProgram served)
      throws Exception {
    return client.send(
        HttpRequest.newBuilder(
                served.address().resolve("/api/v1/jobs/table_stats_sync/runs?wait=30s"))
            .POST(BodyPublishers.noBody())
            .build(),
        BodyHandlers.ofString());
  }
}
