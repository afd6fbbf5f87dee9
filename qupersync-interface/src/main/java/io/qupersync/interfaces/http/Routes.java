package io.qupersync.interfaces.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.ArrayList;
import java.util.List;

/// Collects the routes of all resources: none is without an [Access].
public final class Routes {

  private final List<Route> all = new ArrayList<>();

  /// @param path with parameters in braces, as in `/api/v1/runs/{run}`
  record Route(HandlerType method, String path, Access access, Handler handler) {}

  public void get(String path, Access access, Handler handler) {
    add(HandlerType.GET, path, access, handler);
  }

  public void post(String path, Access access, Handler handler) {
    add(HandlerType.POST, path, access, handler);
  }

  public void put(String path, Access access, Handler handler) {
    add(HandlerType.PUT, path, access, handler);
  }

  public void delete(String path, Access access, Handler handler) {
    add(HandlerType.DELETE, path, access, handler);
  }

  private void add(HandlerType method, String path, Access access, Handler handler) {
    all.add(new Route(method, path, access, handler));
  }

  List<Route> all() {
    return List.copyOf(all);
  }

  void addTo(RoutesConfig javalin) {
    all.forEach(route -> add(route, javalin));
  }

  /// What answers a GET answers a HEAD as well: by the same rules and with the same headers. The
  /// server under the API leaves the body out.
  private static void add(Route route, RoutesConfig javalin) {
    Handler handler = withErrorsAsExceptions(route.handler());
    javalin.addHttpHandler(route.method(), route.path(), handler, route.access());
    if (route.method().equals(HandlerType.GET)) {
      javalin.addHttpHandler(HandlerType.HEAD, route.path(), handler, route.access());
    }
  }

  /// Javalin gives its handlers of exceptions no [Error], and swallows it.
  private static Handler withErrorsAsExceptions(Handler handler) {
    return request -> {
      try {
        handler.handle(request);
      } catch (Error error) {
        throw new IllegalStateException("an error of the virtual machine", error);
      }
    };
  }
}
