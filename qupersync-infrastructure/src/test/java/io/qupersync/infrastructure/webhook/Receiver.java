package io.qupersync.infrastructure.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/// A real HTTP server that remembers what it is told.
final class Receiver implements AutoCloseable {

  /// @param path with its query
  record Request(String method, String path, Map<String, List<String>> headers, String body) {

    String header(String name) {
      return headers.get(name).getFirst();
    }
  }

  private final HttpServer server;
  private final List<Request> requests = new ArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private int status = 200;
  private Map<String, String> answerHeaders = Map.of();
  private boolean silent;

  Receiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::receive);
    server.start();
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      synchronized (this) {
        requests.add(
            new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                Map.copyOf(exchange.getRequestHeaders()),
                body));
      }
      if (silent) {
        closing.await();
      }
      answerHeaders.forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(status, -1);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  String url() {
    return "http://%s:%d"
        .formatted(server.getAddress().getHostString(), server.getAddress().getPort());
  }

  Receiver answering(int code, Map<String, String> headers) {
    status = code;
    answerHeaders = headers;
    return this;
  }

  /// From now on it takes requests and never answers.
  Receiver fallingSilent() {
    silent = true;
    return this;
  }

  synchronized List<Request> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
  }
}
