package io.qupersync.app;

import com.sun.management.OperatingSystemMXBean;
import io.qupersync.sandbox.Sandbox;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many status requests one core answers while jobs run: a program to be run by hand. It counts
 * the processor time of all that happens, the client's and the runs' own included, so that a busy
 * machine does not spoil the figure and the server alone does better.
 */
final class StatusSpeed {

  private static final int CLIENTS = 8;
  private static final int REQUESTS = 20_000;

  private StatusSpeed() {}

  public static void main(String[] arguments) throws Exception {
    try (var sandbox = Sandbox.start(1, InstantSource.system());
        var served = ServedProgram.of(sandbox.environment(), Files.createTempDirectory("speed"));
        var client = HttpClient.newHttpClient()) {
      URI jobs = served.address().resolve("/api/v1/jobs");
      ask(client, jobs, REQUESTS);
      Duration quiet = ask(client, jobs, REQUESTS);
      client.send(
          HttpRequest.newBuilder(served.address().resolve("/api/v1/runs"))
              .POST(HttpRequest.BodyPublishers.noBody())
              .build(),
          BodyHandlers.ofString());
      Duration busy = ask(client, jobs, REQUESTS);
      System.out.printf(
          "GET /api/v1/jobs, requests per second of processor time, client included: %d quiet, %d while all jobs run%n",
          perSecond(quiet), perSecond(busy));
    }
  }

  private static long perSecond(Duration processor) {
    return REQUESTS * 1000L / processor.toMillis();
  }

  private static Duration ask(HttpClient client, URI address, int requests) throws Exception {
    var left = new AtomicInteger(requests);
    var request = HttpRequest.newBuilder(address).build();
    Duration before = processorTime();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CLIENTS; i++) {
        threads.submit(() -> {
          while (left.getAndDecrement() > 0) {
            int status = client.send(request, BodyHandlers.ofByteArray()).statusCode();
            if (status != 200) {
              throw new IllegalStateException("answered " + status);
            }
          }
          return null;
        });
      }
    }
    return processorTime().minus(before);
  }

  private static Duration processorTime() {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return Duration.ofNanos(system.getProcessCpuTime());
  }
}
