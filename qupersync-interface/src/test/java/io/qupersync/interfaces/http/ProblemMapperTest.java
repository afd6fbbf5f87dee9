package io.qupersync.interfaces.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemMapperTest {

  private final Served api = Served.openly();

  @AfterEach
  void stop() {
    api.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/nowhere, 404, not-found",
    "/api/v1/jobs/unheard_of, 404, not-found",
    "/api/v1/jobs/%20, 404, not-found",
    "/api/v1/runs/99, 404, not-found",
    "/api/v1/runs/ninety, 404, not-found",
    "/api/v1/runs?limit=0, 400, invalid-request",
    "/api/v1/runs?limit=many, 400, invalid-request",
    "/api/v1/runs?status=fine, 400, invalid-request",
    "/api/v1/runs?after=!!, 400, invalid-request",
    "/api/v1/runs?after=AAAA, 400, invalid-request",
    "/api/v1/runs?limt=5, 400, invalid-request",
    "/api/v1/runs?limit=5&limit=6, 400, invalid-request",
    "/api/v1/runs?job=%ff, 400, invalid-request",
  })
  void say_what_is_wrong(String path, int status, String type) {
    Served.Answer answer = api.get(path);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.json().get("type").stringValue()).isEqualTo("/docs/problems#" + type);
    assertThat(answer.json().get("status").intValue()).isEqualTo(status);
    assertThat(answer.json().get("title").stringValue()).isNotBlank();
    assertThat(answer.json().get("detail").stringValue()).isNotBlank();
  }

  @Test
  void name_the_field() {
    assertThat(api.get("/api/v1/runs?limit=0").json().get("field").stringValue())
        .isEqualTo("limit");
    assertThat(api.get("/api/v1/runs?limt=0").json().get("field").stringValue()).isEqualTo("limt");
  }

  @Test
  void name_the_methods_that_a_path_knows() {
    Served.Answer answer = api.post("/api/v1/runs/1", "{}");
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Allow")).contains("GET");
    assertThat(answer.json().get("type").stringValue()).endsWith("#method-not-allowed");
  }

  /** What the server refuses before any route sees it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense\r\n\r\n",
        "GET /api/v1/jobs/%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /api/v1/%2e%2e/x HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
        "POST /api/v1/runs HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
      })
  void also_come_from_the_server_below(String request) throws IOException {
    String answer = sendRaw(request);
    assertThat(answer).startsWith("HTTP/1.1 ").doesNotContain("HTTP/1.1 5 ");
    assertThat(answer).contains("application/problem+json").contains("/docs/problems#");
    assertThat(answer).doesNotContain("Exception").doesNotContain("jetty").doesNotContain("<html");
  }

  @Test
  void refuse_headers_without_end() throws IOException {
    String answer =
        sendRaw("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(20_000) + "\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 431").contains("/docs/problems#too-large");
  }

  private String sendRaw(String request) throws IOException {
    try (var socket = new Socket("127.0.0.1", api.address().getPort())) {
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }
}
