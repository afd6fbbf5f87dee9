package io.qupersync.interfaces.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Requests that no good client sends, byte by byte. */
@Timeout(120)
class HostileRequestsTest {

  private static final String TOKEN = "Authorization: Bearer do-all\r\n";
  private static final String JSON = "Content-Type: application/json\r\n";

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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/jobs",
        "/api/v1/runs",
        "/api/v1/jobs/orders",
        "/api/v1/events",
        "/metrics",
        "/api/v1/log-level",
        "/api/v1/jobs/orders/plan"
      })
  void to_look_at_the_head_takes_the_same_token_as_to_look_at_all(String path) throws Exception {
    assertThat(status("HEAD " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")).isEqualTo(401);
    assertThat(status("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-HTTP-Method-Override",
        "x-http-method-override",
        "X-HTTP-Method",
        "X-Method-Override",
        "_method"
      })
  void only_the_request_line_says_what_is_wanted(String header) throws Exception {
    String viewer = "Authorization: Bearer see-all\r\n";
    assertThat(
            status(
                "GET /api/v1/log-level HTTP/1.1\r\nHost: localhost\r\n%s%s: PUT\r\n\r\n"
                    .formatted(viewer, header)))
        .isEqualTo(200);
    assertThat(
            status(
                "PUT /api/v1/log-level HTTP/1.1\r\nHost: localhost\r\n%s%s%s: GET\r\nContent-Length: 17\r\n\r\n{\"level\":\"debug\"}"
                    .formatted(viewer, JSON, header)))
        .isEqualTo(403);
    assertThat(
            status(
                "POST /api/v1/log-level?_method=PUT HTTP/1.1\r\nHost: localhost\r\n%s%s%s: PUT\r\nContent-Length: 17\r\n\r\n{\"level\":\"debug\"}"
                    .formatted(TOKEN, JSON, header)))
        .isEqualTo(405);
    assertThat(audited()).allMatch(line -> line.contains("\"PUT ") || line.contains("\"POST "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PUT /api/v1/jobs/x%22%20status=200%20who=%22root/schedule",
        "PUT /api/v1/jobs/x\"y/schedule",
        "PUT /api/v1/jobs/x%0D%0Awho=root/schedule",
        "PUT /api/v1/jobs/x%1b[31m/schedule",
        "PUT /api/v1/jobs/x%5C%22/schedule"
      })
  void nothing_that_is_sent_passes_for_another_part_of_an_audit_line(String line) throws Exception {
    int status =
        status(line + " HTTP/1.1\r\nHost: localhost\r\n" + TOKEN + "Content-Length: 0\r\n\r\n");

    assertThat(status).isBetween(400, 499);
    assertThat(audited())
        .allMatch(told ->
            told.matches(
                "who=ops from=127\\.0\\.0\\.1 did=\"(?:[^\"\\\\\\p{Cntrl}]|\\\\.)*\" status=\\d+"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Type: application/json\r\nContent-Length: 9\r\n\r\n{\"level\":",
        "Content-Type: application/json\r\nContent-Length: 40\r\n\r\n{\"level\":\"debug\"}",
        "Content-Type: application/json\r\nContent-Length: 3\r\n\r\n\u00ff\u00fe{",
        "Content-Type: application/json; charset=nonsense\r\nContent-Length: 2\r\n\r\n{}",
        "Content-Type: application/json; charset=%%\r\nContent-Length: 2\r\n\r\n{}",
        "Content-Type: application/json; charset=\r\nContent-Length: 2\r\n\r\n{}",
        "Content-Type: application/json; charset=utf-16\r\nContent-Length: 2\r\n\r\n{}",
        "Content-Type: \u00ff\u00fe/;;==\r\nContent-Length: 2\r\n\r\n{}",
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 7\r\n\r\n%zz=%zz",
        "Content-Type: multipart/form-data\r\nContent-Length: 2\r\n\r\n{}",
        "Content-Length: 2\r\n\r\n{}",
        "Content-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
        "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
        "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{}",
        "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n{}\r\n0\r\n\r\n",
        "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n{}\r\n0\r\n\r\n",
        "Content-Type: application/json\r\nTransfer-Encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        "Content-Type: application/json\r\nContent-Length: -5\r\n\r\n{}",
        "Content-Type: application/json\r\nContent-Length: 99999999999999999999\r\n\r\n{}",
        "Content-Type: application/json\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        "Content-Type: application/json\r\nExpect: 200-ok\r\nContent-Length: 2\r\n\r\n{}",
      })
  void a_broken_body_is_the_senders_fault_and_leaves_no_trace(String rest) throws Exception {
    for (String path : List.of("PUT /api/v1/log-level", "POST /api/v1/runs")) {
      String answer = sendRaw(path + " HTTP/1.1\r\nHost: localhost\r\n" + TOKEN + rest);

      if (!answer.isEmpty()) {
        assertThat(answer).as("%s", path).startsWith("HTTP/1.1 4");
        assertThat(answer).doesNotContain("Exception", "at io.", "java.");
      }
    }
    assertThat(log.list)
        .noneMatch(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
        .noneMatch(event -> event.getThrowableProxy() != null && event.getLevel() != Level.DEBUG);
  }

  @Test
  void a_body_without_end_is_refused() throws Exception {
    String answer =
        sendRaw(
            "PUT /api/v1/log-level HTTP/1.1\r\nHost: localhost\r\n%s%sContent-Length: 200000\r\n\r\n%s"
                .formatted(TOKEN, JSON, " ".repeat(200_000)));

    assertThat(answer).startsWith("HTTP/1.1 413");
  }

  private List<String> audited() {
    return log.list.stream()
        .filter(event -> event.getLoggerName().equals(AuditLog.LOGGER))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  private int status(String request) throws IOException {
    String answer = sendRaw(request);
    return Integer.parseInt(answer.split(" ", 3)[1]);
  }

  private String sendRaw(String request) throws IOException {
    try (var socket = new Socket("127.0.0.1", api.address().getPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sec-Fetch-Site: cross-site\r\n",
        "Sec-Fetch-Site: same-site\r\n",
        "Origin: https://evil.example\r\n",
        "Origin: null\r\n"
      })
  void a_foreign_page_cannot_listen_to_a_service_without_tokens(String header) throws Exception {
    Served open = Served.openly();
    try (var socket = new Socket("127.0.0.1", open.address().getPort())) {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write(
              ("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                      + header
                      + "\r\n")
                  .getBytes(ISO_8859_1));

      assertThat(new String(socket.getInputStream().readNBytes(12), ISO_8859_1))
          .isEqualTo("HTTP/1.1 403");
    } finally {
      open.close();
    }
  }
}
