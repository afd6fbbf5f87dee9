package io.qupersync.app;

import io.qupersync.interfaces.cli.ExitCode;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** `serve`, as a user starts it, in the folder of a trial. */
final class ServedTrial implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final URI address;
  private final Thread thread;
  private final CompletableFuture<Trial.Ended> ended = new CompletableFuture<>();

  /**
   * @param port what the trial's file says
   */
  ServedTrial(Trial trial, int port) {
    this.address = URI.create("http://127.0.0.1:" + port);
    this.thread = Thread.ofVirtual().name("serve").start(() -> ended.complete(trial.run("serve")));
    awaitAnswer();
  }

  static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  URI address() {
    return address;
  }

  private void awaitAnswer() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try (var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(address.resolve("/health/live")).build();
      while (System.nanoTime() < end) {
        if (answers(client, request)) {
          return;
        }
        if (hasEnded()) {
          throw new IllegalStateException("it did not stay up: " + ended.join());
        }
      }
    }
    throw new IllegalStateException("it did not answer within " + PATIENCE);
  }

  private static boolean answers(HttpClient client, HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupt);
    }
  }

  /** Also what keeps the asking from spinning. */
  private boolean hasEnded() {
    try {
      ended.get(100, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException _) {
      return false;
    } catch (ExecutionException | InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Ends it as a signal would. */
  @Override
  public void close() {
    thread.interrupt();
    if (ended.join().exit() != ExitCode.DONE) {
      throw new IllegalStateException(ended.join().err());
    }
  }
}
