package io.qupersync.interfaces.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.application.inspect.DatabaseWatch;
import io.qupersync.application.inspect.Readiness;
import io.qupersync.application.testkit.SettableClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a supervisor hears of a scheduler that looks no more. */
class HealthRoutesTest {

  private final AtomicReference<Optional<Duration>> silence =
      new AtomicReference<>(Optional.empty());
  private final HttpApi api =
      HttpApi.start(
          new HttpSettings("127.0.0.1", 0, List.of()),
          List.of(new HealthRoutes(readiness(), silence::get)),
          _ -> Optional.empty(),
          SettableClock.atSomeMorning());

  private static Readiness readiness() {
    var watch =
        new DatabaseWatch(
            "source",
            "a database",
            Optional::empty,
            () -> {
              throw new IllegalStateException("nobody asks a database here");
            },
            SettableClock.atSomeMorning(),
            Duration.ofSeconds(1),
            () -> false);
    return new Readiness(watch, watch);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void a_process_whose_scheduler_is_stuck_is_not_live() throws Exception {
    assertThat(status("/health/live")).isEqualTo(200);
    silence.set(Optional.of(Duration.ofMinutes(4)));
    assertThat(status("/health/live")).isEqualTo(200);
    silence.set(Optional.of(Duration.ofMinutes(6)));
    assertThat(status("/health/live")).isEqualTo(503);
    silence.set(Optional.of(Duration.ofSeconds(1)));
    assertThat(status("/health/live")).isEqualTo(200);
  }

  private int status(String path) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      URI address = URI.create(api.address() + path);
      return client
          .send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding())
          .statusCode();
    }
  }
}
