package io.qupersync.app;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.management.OperatingSystemMXBean;
import io.qupersync.sandbox.Sandbox;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many status requests one core answers while jobs run, and what that costs the runs: a program
 * to be run by hand. It counts processor time, so that a busy machine does not spoil the figure:
 * that of the process less that of the client's threads, which speak plain HTTP over four
 * connections that stay open. In a checkout, after {@code ./mvnw verify}:
 *
 * <pre>cd qupersync-app; java -Xmx512m -XX:+UseSerialGC -cp \
 *   target/test-classes:target/qupersync.jar:../qupersync-sandbox/target/qupersync-sandbox.jar \
 *   io.qupersync.app.StatusSpeed</pre>
 */
final class StatusSpeed {

  private static final int CLIENTS = 4;
  private static final int REQUESTS = 20_000;
  private static final int ROUNDS = 5;
  private static final int PER_SECOND = 2000;

  /** Below what one address is allowed. */
  private static final int FAST = 4500;

  private final URI server;

  private StatusSpeed(URI server) {
    this.server = server;
  }

  public static void main(String[] arguments) throws Exception {
    try (var sandbox = Sandbox.start(1, InstantSource.system());
        var served = ServedProgram.of(sandbox.environment(), Files.createTempDirectory("speed"))) {
      var speed = new StatusSpeed(served.address());
      speed.ask(REQUESTS, FAST);
      speed.runEveryJob();
      speed.measure();
    }
  }

  private void measure() throws Exception {
    var quiet = new ArrayList<Long>();
    var busy = new ArrayList<Long>();
    var alone = new ArrayList<Long>();
    var watched = new ArrayList<Long>();
    for (int round = 0; round < ROUNDS; round++) {
      quiet.add(ask(REQUESTS, FAST));
      alone.add(runEveryJob());
      watched.add(meanwhile(PER_SECOND, this::runEveryJob));
      busy.add(perSecondBesideRuns());
    }
    System.out.printf(
        Locale.ROOT,
        "requests per second of the server's processor time: %d quiet, %d while all jobs run%n",
        median(quiet),
        median(busy));
    System.out.printf(
        Locale.ROOT,
        "all jobs once: %d ms alone, %d ms with %d requests a second beside them%n",
        median(alone),
        median(watched),
        PER_SECOND);
  }

  private static long median(List<Long> values) {
    Collections.sort(values);
    return values.get(values.size() / 2);
  }

  private interface Work {
    long take() throws Exception;
  }

  /** While the jobs run over and over, whose own work is in the count too. */
  private long perSecondBesideRuns() throws Exception {
    var done = new AtomicBoolean();
    Thread runner =
        Thread.ofPlatform()
            .start(() -> {
              while (!done.get()) {
                runEveryJob();
              }
            });
    long perSecond = ask(REQUESTS, FAST);
    done.set(true);
    runner.join();
    return perSecond;
  }

  private long meanwhile(int perSecond, Work work) throws Exception {
    var asking = new Thread(() -> ask(Integer.MAX_VALUE, perSecond));
    asking.start();
    try {
      return work.take();
    } finally {
      asking.interrupt();
      asking.join();
    }
  }

  /**
   * @return how long that took, in milliseconds
   */
  private long runEveryJob() {
    long before = System.nanoTime();
    try (var client = HttpClient.newHttpClient()) {
      for (String job : List.of("query_history_sync", "column_stats_sync", "scan_stats_sync")) {
        var request =
            HttpRequest.newBuilder(server.resolve("/api/v1/jobs/%s/runs?wait=60s".formatted(job)))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"full\": true}"))
                .build();
        client.send(request, BodyHandlers.discarding());
      }
    } catch (IOException | InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
    return Duration.ofNanos(System.nanoTime() - before).toMillis();
  }

  /**
   * @return requests per second of processor time, the client's own time taken off
   */
  private long ask(int requests, long perSecond) {
    var left = new AtomicLong(requests);
    var clientTime = new AtomicLong();
    long before = processTime();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < CLIENTS; i++) {
      threads.add(Thread.ofPlatform().start(() -> clientTime.addAndGet(client(left, perSecond))));
    }
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException stopped) {
      left.set(0);
    }
    long serverTime = processTime() - before - clientTime.get();
    return requests * 1_000_000_000L / serverTime;
  }

  /**
   * @return the processor time that this took
   */
  private long client(AtomicLong left, long perSecond) {
    try (var socket = new Socket(server.getHost(), server.getPort());
        var answers = new BufferedInputStream(socket.getInputStream(), 1 << 16)) {
      byte[] request =
          "GET /api/v1/jobs HTTP/1.1\r\nHost: %s\r\n\r\n"
              .formatted(server.getAuthority())
              .getBytes(US_ASCII);
      var nobodyComes = new Semaphore(0);
      long start = System.nanoTime();
      long asked = 0;
      while (left.getAndDecrement() > 0) {
        socket.getOutputStream().write(request);
        skipAnswer(answers);
        asked++;
        long due = start + asked * CLIENTS * 1_000_000_000L / perSecond;
        boolean _ = nobodyComes.tryAcquire(due - System.nanoTime(), TimeUnit.NANOSECONDS);
      }
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    } catch (InterruptedException _) {
      // enough was asked
    }
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static void skipAnswer(InputStream answers) throws IOException {
    String status = line(answers);
    if (!status.startsWith("HTTP/1.1 200")) {
      throw new IllegalStateException("answered " + status);
    }
    int length = 0;
    for (String header = line(answers); !header.isEmpty(); header = line(answers)) {
      if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
        length = Integer.parseInt(header.substring(15).strip());
      }
    }
    answers.skipNBytes(length);
  }

  private static String line(InputStream answers) throws IOException {
    var line = new StringBuilder();
    for (int next = answers.read(); next != '\n'; next = answers.read()) {
      if (next < 0) {
        throw new IOException("the server hung up");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  private static long processTime() {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getProcessCpuTime();
  }
}
