package io.qupersync.interfaces.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class AuditLogTest {

  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Logger audit = (Logger) LoggerFactory.getLogger(AuditLog.LOGGER);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Served api =
      Served.withTokens(
          AccessToken.of("board", "see-all", Access.VIEWER),
          AccessToken.of("ops", "do-all", Access.OPERATOR));

  @BeforeEach
  void listen() {
    audit.setLevel(Level.INFO);
    log.start();
    root.addAppender(log);
  }

  @AfterEach
  void stop() {
    api.close();
    root.detachAppender(log);
    audit.setLevel(null);
  }

  private Served.Answer put(String path, String token, String body) {
    return api.send(
        path,
        request ->
            request
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(body)));
  }

  private List<String> lines() {
    return log.list.stream()
        .filter(event -> event.getLoggerName().equals(AuditLog.LOGGER))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  @Test
  void tells_who_changed_what_from_where() {
    assertThat(put("/api/v1/log-level", "do-all", "{\"level\": \"debug\"}").status())
        .isEqualTo(200);
    assertThat(lines())
        .containsExactly(
            "who=ops from=127.0.0.1 did=\"PUT /api/v1/log-level\" status=200 level=debug");
  }

  @Test
  void tells_of_what_was_refused_too() {
    put("/api/v1/log-level", "see-all", "{\"level\": \"debug\"}");
    put("/api/v1/log-level", "guessed", "{\"level\": \"debug\"}");
    put("/api/v1/log-level", "do-all", "{\"level\": \"loud\"}");
    assertThat(lines())
        .containsExactly(
            "who=board from=127.0.0.1 did=\"PUT /api/v1/log-level\" status=403",
            "who=anonymous from=127.0.0.1 did=\"PUT /api/v1/log-level\" status=401",
            "who=ops from=127.0.0.1 did=\"PUT /api/v1/log-level\" status=400");
  }

  @Test
  void is_silent_about_who_only_reads() {
    api.send("/api/v1/jobs", request -> request.header("Authorization", "Bearer see-all"));
    assertThat(lines()).isEmpty();
  }

  @Test
  void no_log_line_holds_a_token() {
    put("/api/v1/log-level", "do-all", "{\"level\": \"debug\"}");
    put("/api/v1/log-level", "guessed", "{\"level\": \"debug\"}");
    assertThat(log.list)
        .isNotEmpty()
        .extracting(ILoggingEvent::getFormattedMessage)
        .noneMatch(line -> line.contains("do-all") || line.contains("guessed"));
  }

  @Test
  void a_path_cannot_forge_a_line() {
    put("/api/v1/nowhere%0Awho=ops", "do-all", "{}");
    assertThat(lines()).allMatch(line -> line.lines().count() == 1);
  }
}
