package io.qupersync.interfaces.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.application.testkit.InMemoryDatabase;
import io.qupersync.application.testkit.SettableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The API over real HTTP, above a world in memory. Every answer is held to what the OpenAPI
 * document says of it.
 */
final class Served implements AutoCloseable {

  /** So often that a test need not wait for one. */
  private static final Duration HEARTBEAT = Duration.ofMillis(20);

  private static final JsonMapper JSON = JsonMapper.builder().build();

  final World world = new World();
  final SettableClock clock = world.clock;
  final InMemoryDatabase database = world.database;
  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpSettings settings;
  private final HttpApi api;

  private Served(List<AccessToken> tokens) {
    this.settings = new HttpSettings("127.0.0.1", 0, tokens);
    this.api = HttpApi.start(settings, resources(), World::kindOf, world.clock);
  }

  static Served openly() {
    return new Served(List.of());
  }

  static Served withTokens(AccessToken... tokens) {
    return new Served(List.of(tokens));
  }

  List<Resource> resources() {
    return world.resources(settings, HEARTBEAT);
  }

  URI address() {
    return api.address();
  }

  /** An answer as its client sees it. */
  record Answer(int status, HttpResponse<String> response) {

    JsonNode json() {
      return JSON.readTree(response.body());
    }

    /** A member's text; the number or truth as it is written. */
    String text(String pointer) {
      return json().at(pointer).asString();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  Answer get(String path) {
    return send(path, request -> request);
  }

  Answer post(String path, String body) {
    return sendJson("POST", path, body);
  }

  Answer put(String path, String body) {
    return sendJson("PUT", path, body);
  }

  private Answer sendJson(String method, String path, String body) {
    return send(
        path,
        request ->
            request
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body)));
  }

  Answer delete(String path) {
    return send(path, HttpRequest.Builder::DELETE);
  }

  Answer send(String path, UnaryOperator<HttpRequest.Builder> request) {
    HttpRequest sent = request.apply(HttpRequest.newBuilder(URI.create(address() + path))).build();
    try {
      HttpResponse<String> response = client.send(sent, BodyHandlers.ofString());
      assertThat(
              Described.contradictions(
                  sent.method(),
                  path,
                  response.statusCode(),
                  response.headers().firstValue("Content-Type").orElse(""),
                  response.body()))
          .as("what contradicts openapi.json in the answer to %s %s", sent.method(), path)
          .isEmpty();
      return new Answer(response.statusCode(), response);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupt);
    }
  }

  /** What comes in as lines, for as long as the caller reads. */
  Stream<String> stream(String path) {
    try {
      return client
          .send(
              HttpRequest.newBuilder(URI.create(address() + path)).build(), BodyHandlers.ofLines())
          .body();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupt);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    world.events.close();
    api.close();
    world.letRunsThrough();
    world.awaitRuns();
  }
}
