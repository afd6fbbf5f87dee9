package io.qupersync.interfaces.http;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;

/// The request line alone says which method is wanted: a header that claims another one, which
/// Javalin would obey, is left out. Else a proxy that admits readers only could be talked past, and
/// the audit would name a method of the caller's choice.
final class RequestLine {

  private static final String OVERRIDE = "X-HTTP-Method-Override";

  private RequestLine() {}

  /// As Jetty asks for each request, before anybody else sees it.
  static Request alone(Request request, HttpFields.Mutable answer) {
    if (!request.getHeaders().contains(OVERRIDE)) {
      return request;
    }
    HttpFields without = HttpFields.build(request.getHeaders()).remove(OVERRIDE).asImmutable();
    return new Request.Wrapper(request) {
      @Override
      public HttpFields getHeaders() {
        return without;
      }
    };
  }
}
