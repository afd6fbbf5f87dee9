package io.qupersync.interfaces.http;

import io.javalin.http.HttpStatus;
import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import tools.jackson.databind.json.JsonMapper;

/// Writes what the server itself refuses, before any route sees it, in the API's form: a request
/// line that is none, headers too large, a path that may mean two things.
final class JettyProblems extends ErrorHandler {

  private final JsonMapper json;
  private final Map<String, String> headers;

  /// @param headers of every answer
  JettyProblems(JsonMapper json, Map<String, String> headers) {
    this.json = json;
    this.headers = headers;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int code = response.getStatus();
    HttpStatus status = HttpStatus.forStatus(code);
    headers.forEach(response.getHeaders()::put);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, ProblemMapper.CONTENT_TYPE);
    byte[] body = json.writeValueAsBytes(problem(code, status).json());
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }

  // Jetty's own words may repeat what the client sent, so they stay out
  private static Problem problem(int code, HttpStatus status) {
    return Problem.ofStatus(
        status,
        switch (code) {
          case 414 -> "the path and its query are too long";
          case 431 -> "the headers are too large";
          case 408 -> "the request took too long to arrive";
          case 505 -> "speak HTTP/1.1";
          default ->
              code < 500
                  ? "this is no HTTP request that can be understood"
                  : "the request could not be served";
        });
  }
}
