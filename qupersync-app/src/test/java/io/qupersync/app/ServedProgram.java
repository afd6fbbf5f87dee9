package io.qupersync.app;

import io.qupersync.app.config.Configuration;
import io.qupersync.app.config.ConfigurationLoader;
import io.qupersync.app.config.LoadResult;
import io.qupersync.app.config.ServerConfig;
import io.qupersync.application.sync.RunObserver;
import io.qupersync.interfaces.http.MetricsRoutes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The service as `serve` starts it, on a free port of this machine. */
final class ServedProgram implements AutoCloseable {

  private final Qupersync program;
  private final RunningService runningService;

  private ServedProgram(Configuration configuration, List<ServerConfig.Token> tokens) {
    this.program = Qupersync.open(configuration, InstantSource.system(), RunObserver.NONE);
    this.runningService =
        RunningService.start(
            program,
            new ServerConfig("127.0.0.1", freePort(), tokens, Optional.empty()),
            Duration.ZERO,
            _ -> new MetricsRoutes.Scrape("text/plain", ""),
            InstantSource.system());
  }

  /** Configured by the environment alone. */
  static ServedProgram of(Map<String, String> environment, Path directory) {
    return switch (new ConfigurationLoader(environment, directory).loadEnvironment()) {
      case LoadResult.Done(Configuration configuration) ->
          new ServedProgram(configuration, List.of());
      case LoadResult.Refused(var problems) -> throw new IllegalStateException(problems.toString());
    };
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  URI address() {
    return runningService.address();
  }

  @Override
  public void close() {
    runningService.close();
    program.close();
  }
}
