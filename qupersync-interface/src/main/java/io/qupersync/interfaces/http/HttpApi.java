package io.qupersync.interfaces.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.json.JavalinJackson3;
import io.javalin.util.JavalinException;
import io.qupersync.domain.run.FailureKind;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import tools.jackson.databind.json.JsonMapper;

/// The HTTP server: what programs and the page talk to. Each request is one virtual thread.
public final class HttpApi implements AutoCloseable {

  private static final int MAX_HEADER_BYTES = 8 * 1024;
  private static final long IDLE_MILLIS = 60_000;

  private final Javalin javalin;
  private final HttpSettings settings;

  private HttpApi(Javalin javalin, HttpSettings settings) {
    this.javalin = javalin;
    this.settings = settings;
  }

  /// Starts to listen at once.
  ///
  /// @throws AddressTaken when the address cannot be had
  public static HttpApi start(
      HttpSettings settings,
      List<Resource> resources,
      Function<Throwable, Optional<FailureKind>> kinds,
      InstantSource clock) {
    HttpApi api = of(settings, resources, kinds, clock);
    api.listen();
    return api;
  }

  /// Ready to listen: half of what it takes to serve is done here, and disturbs nobody.
  ///
  /// @param kinds the kind of a failure whose message is meant for the user; empty for a defect
  public static HttpApi of(
      HttpSettings settings,
      List<Resource> resources,
      Function<Throwable, Optional<FailureKind>> kinds,
      InstantSource clock) {
    JsonMapper json = ApiJson.mapper();
    Map<String, String> headers = SecurityHeaders.of(settings.tls().isPresent());
    var problemMapper = new ProblemMapper(kinds, json);
    var gatekeeper =
        new Gatekeeper(new Authentication(settings.tokens()), new RequestLimits(clock));
    Javalin javalin =
        Javalin.create(config -> {
          configure(config, json, headers);
          // instead of Javalin's own, unencrypted one
          settings
              .tls()
              .ifPresent(files ->
                  config.jetty.addConnector(
                      (server, http) -> TlsConnector.of(server, http, settings, files)));
          config.routes.before(answer -> headers.forEach(answer::header));
          gatekeeper.addTo(config.routes);
          problemMapper.addTo(config.routes);
          AuditLog.addTo(config.routes);
          routesOf(resources).addTo(config.routes);
        });
    return new HttpApi(javalin, settings);
  }

  /// To be called once.
  ///
  /// @throws AddressTaken when the address cannot be had
  public void listen() {
    try {
      javalin.start(settings.host(), settings.port());
    } catch (JavalinException refused) {
      throw new AddressTaken(settings, refused);
    }
  }

  static Routes routesOf(List<Resource> resources) {
    var routes = new Routes();
    resources.forEach(resource -> resource.addTo(routes));
    return routes;
  }

  private static void configure(
      JavalinConfig config, JsonMapper json, Map<String, String> headers) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    // waits five seconds to complain of a server that was not started
    config.startup.startupWatcherEnabled = false;
    config.concurrency.useVirtualThreads = true;
    config.jsonMapper(new JavalinJackson3(json, true));
    config.http.prefer405over404 = true;
    config.http.defaultContentType = "application/json";
    config.jetty.modifyHttpConfiguration(HttpApi::configure);
    config.jetty.modifyServer(server -> configure(server, json, headers));
  }

  private static void configure(HttpConfiguration http) {
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(MAX_HEADER_BYTES);
    http.setIdleTimeout(IDLE_MILLIS);
    http.addCustomizer(RequestLine::alone);
  }

  private static void configure(Server server, JsonMapper json, Map<String, String> headers) {
    server.setErrorHandler(new JettyProblems(json, headers));
  }

  /// Where it listens, with the port it really got.
  public URI address() {
    String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
    return URI.create("%s://%s:%d".formatted(settings.scheme(), host, javalin.port()));
  }

  /// Takes no more requests.
  @Override
  public void close() {
    javalin.stop();
  }
}
