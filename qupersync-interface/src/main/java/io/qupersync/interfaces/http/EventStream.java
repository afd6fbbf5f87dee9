package io.qupersync.interfaces.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;

/// Writes server-sent events, each at once. A client that does not read blocks its own request
/// thread only, until the server's idle time-out ends it.
///
/// @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">The format</a>
final class EventStream {

  private static final JsonMapper JSON = ApiJson.mapper();

  private final OutputStream out;
  private long number;

  EventStream(HttpServletResponse response) throws IOException {
    this.out = response.getOutputStream();
  }

  /// Tells the client when to come back after a lost connection.
  void begin() throws IOException {
    write("retry: 3000\n\n");
  }

  void event(String name, Object data) throws IOException {
    number++;
    write("id: %d\nevent: %s\ndata: %s\n\n".formatted(number, name, JSON.writeValueAsString(data)));
  }

  void comment(String text) throws IOException {
    write(": " + text + "\n\n");
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
