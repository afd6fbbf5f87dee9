package io.qupersync.interfaces.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.qupersync.application.testkit.SettableClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A route that meets a defect: the log has all of it, the caller none. */
class DefectTest {

  private final Logger problems = (Logger) LoggerFactory.getLogger(ProblemMapper.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final HttpApi api =
      HttpApi.start(
          new HttpSettings("127.0.0.1", 0, List.of()),
          List.of(routes -> {
            routes.get(
                "/api/v1/broken",
                Access.OPEN,
                _ -> {
                  throw new IllegalStateException("select secret from vault");
                });
            routes.get(
                "/api/v1/unlinked",
                Access.OPEN,
                _ -> {
                  throw new NoClassDefFoundError("select secret from vault");
                });
          }),
          _ -> Optional.empty(),
          SettableClock.atSomeMorning());

  @BeforeEach
  void listen() {
    log.start();
    problems.addAppender(log);
    problems.setLevel(Level.ERROR);
  }

  @AfterEach
  void stop() {
    api.close();
    problems.detachAppender(log);
    problems.setLevel(null);
  }

  @Test
  void is_logged_with_its_trace_and_answered_without_internals() throws Exception {
    HttpResponse<String> answer;
    try (var client = HttpClient.newHttpClient()) {
      URI address = URI.create(api.address() + "/api/v1/broken");
      answer = client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    }

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    JsonNode problem = JsonMapper.shared().readTree(answer.body());
    assertThat(problem.propertyNames())
        .containsExactlyInAnyOrder("type", "title", "status", "detail");
    assertThat(problem.get("type").asString()).isEqualTo("/docs/problems#internal-error");
    assertThat(answer.body()).doesNotContain("secret", "Exception", "io.qupersync", "java.");
    assertThat(log.list)
        .singleElement()
        .satisfies(line -> {
          assertThat(line.getFormattedMessage()).isEqualTo("GET /api/v1/broken met a defect");
          assertThat(line.getThrowableProxy().getMessage()).isEqualTo("select secret from vault");
          assertThat(line.getThrowableProxy().getStackTraceElementProxyArray()).isNotEmpty();
        });
  }

  @Test
  void of_the_virtual_machine_is_answered_like_any_other() throws Exception {
    HttpResponse<String> answer;
    try (var client = HttpClient.newHttpClient()) {
      URI address = URI.create(api.address() + "/api/v1/unlinked");
      answer = client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    }

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(JsonMapper.shared().readTree(answer.body()).get("type").asString())
        .isEqualTo("/docs/problems#internal-error");
    assertThat(answer.body()).doesNotContain("secret", "Error", "io.qupersync", "java.");
    assertThat(log.list).hasSize(1);
  }
}
