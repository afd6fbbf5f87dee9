package io.qupersync.interfaces.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Every route with wrong types, sizes and encodings, as the OpenAPI document and chance suggest
 * them: no answer is a 5xx, and each is what the document says. `-Dqupersync.requests=N` makes more
 * of them, `-Dqupersync.seed=S` the same ones again.
 */
@Timeout(300)
class FuzzTest {

  private static final int REQUESTS = Integer.getInteger("qupersync.requests", 2_000);
  private static final long SEED = Long.getLong("qupersync.seed", 20_260_302);
  private static final int LONGEST_SHOWN = 600;

  private final Served api = Served.openly();

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void no_request_meets_a_defect() throws IOException {
    var requests = new RequestFuzz(SEED, api.address().getPort());
    Map<Integer, Integer> statuses = new TreeMap<>();
    for (int i = 0; i < REQUESTS; i++) {
      RequestFuzz.Odd odd = requests.next();
      byte[] answer = send(odd.bytes());
      int status = statusOf(answer);
      statuses.merge(status, 1, Integer::sum);
      assertThat(status)
          .as("request %d of seed %d: %s\n%s", i, SEED, shown(odd.bytes()), shown(answer))
          .isBetween(200, 499);
      assertThat(contradictions(odd, status, answer))
          .as("request %d of seed %d: %s", i, SEED, shown(odd.bytes()))
          .isEmpty();
      // so that the limits do not answer for the routes
      api.world.clock.tick(Duration.ofSeconds(1));
    }
    assertThat(statuses.keySet())
        .as("the requests are odd in many ways: %s", statuses)
        .contains(200, 202, 400, 404, 405, 413, 415);
  }

  private static List<String> contradictions(RequestFuzz.Odd odd, int status, byte[] answer) {
    String[] parts = new String(answer, ISO_8859_1).split("\r\n\r\n", 2);
    String type =
        parts[0]
            .lines()
            .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-type:"))
            .map(line -> line.substring("content-type:".length()).strip())
            .findFirst()
            .orElse("");
    boolean refusedBelow = status == 400 || status == 414 || status == 431 || status == 429;
    return refusedBelow && type.equals("application/problem+json")
        ? List.of()
        : Described.contradictions(
            odd.method(), odd.path(), status, type, new String(body(parts), UTF_8));
  }

  /** Answers come whole: the server knows their length. */
  private static byte[] body(String[] parts) {
    return parts.length == 1 ? new byte[0] : parts[1].getBytes(ISO_8859_1);
  }

  private byte[] send(byte[] request) throws IOException {
    try (var socket = new Socket("127.0.0.1", api.address().getPort())) {
      socket.setSoTimeout(30_000);
      var answer = new ByteArrayOutputStream();
      try {
        socket.getOutputStream().write(request);
        socket.getOutputStream().flush();
      } catch (IOException refused) {
        // the server has heard enough and closes; its answer is there to be read
      }
      try {
        socket.getInputStream().transferTo(answer);
      } catch (IOException reset) {
        // after the answer
      }
      return answer.toByteArray();
    }
  }

  private static int statusOf(byte[] answer) {
    String line = new String(answer, 0, Math.min(answer.length, 12), ISO_8859_1);
    return line.matches("HTTP/1\\.1 \\d{3}") ? Integer.parseInt(line.substring(9)) : 0;
  }

  private static String shown(byte[] bytes) {
    return new String(Arrays.copyOf(bytes, Math.min(bytes.length, LONGEST_SHOWN)), ISO_8859_1);
  }
}
