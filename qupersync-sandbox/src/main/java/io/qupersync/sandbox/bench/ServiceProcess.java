package io.qupersync.sandbox.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// QuperSync as its users run it: `serve`, a process of its own, asked over HTTP.
final class ServiceProcess implements AutoCloseable {

  private static final Duration TO_START = Duration.ofMinutes(1);
  private static final Duration TO_STOP = Duration.ofSeconds(30);
  private static final Duration GLANCE = Duration.ofMillis(2);
  private static final int LONGEST_QUOTE = 600;
  private static final String SUCCESS = "success";
  private static final Pattern RUN_ID = Pattern.compile("\"run_id\":(\\d+)");
  private static final Pattern HEAP =
      Pattern.compile(
          "^jvm_memory_used_bytes\\{[^}]*area=\"heap\"[^}]*} (\\S+)$", Pattern.MULTILINE);

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final Path log;
  private final URI address;
  private final Duration toReady;

  private ServiceProcess(Process process, Path log, URI address) throws InterruptedException {
    long begin = System.nanoTime();
    this.process = process;
    this.log = log;
    this.address = address;
    awaitReady();
    this.toReady = Duration.ofNanos(System.nanoTime() - begin);
  }

  /// How a program is started.
  record Command(List<String> words, Map<String, String> environment) {

    Command {
      words = List.copyOf(words);
      environment = Map.copyOf(environment);
    }
  }

  /// Starts it and waits until it is ready.
  ///
  /// @param command all but `serve` and its arguments
  /// @param configuration a file in which `%port%` stands for the port to listen on
  static ServiceProcess start(Command command, Path folder, String configuration)
      throws IOException, InterruptedException {
    int port = freePort();
    Path file = Files.createTempFile(folder, "serve", ".yaml");
    Files.writeString(file, configuration.replace("%port%", Integer.toString(port)));
    var words = new ArrayList<>(command.words());
    words.addAll(List.of("serve", "--config", file.toString()));
    Path log = file.resolveSibling(file.getFileName() + ".log");
    ProcessBuilder process =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    process.environment().putAll(command.environment());
    return new ServiceProcess(process.start(), log, URI.create("http://127.0.0.1:" + port));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitReady() throws InterruptedException {
    long deadline = System.nanoTime() + TO_START.toNanos();
    while (!isReady()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        process.destroyForcibly();
        throw new IllegalStateException("QuperSync does not start: " + said());
      }
      Thread.sleep(GLANCE);
    }
  }

  private boolean isReady() throws InterruptedException {
    try {
      return send(request("/health/ready").GET()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  /// From the start of the process to its first answer that it is ready.
  Duration toReady() {
    return toReady;
  }

  long pid() {
    return process.pid();
  }

  /// Looks at a page or a list.
  void visit(String path) throws IOException, InterruptedException {
    ask(request(path).GET());
  }

  /// Runs a job to its end.
  ///
  /// @throws IllegalStateException when it does not end well
  ReportedCounts run(String job) throws IOException, InterruptedException {
    String answer =
        ask(request("/api/v1/jobs/%s/runs?wait=5m".formatted(job)).POST(BodyPublishers.noBody()));
    Matcher id = RUN_ID.matcher(answer);
    // a run of more than five minutes is asked for again
    while (id.find() && answer.contains("\"status\":\"running\"")) {
      Thread.sleep(Duration.ofMillis(100));
      answer = ask(request("/api/v1/runs/" + id.group(1)).GET());
      id.reset(answer);
    }
    ReportedCounts reportedCounts = ReportedCounts.sumOf(answer);
    if (!reportedCounts.status().equals(SUCCESS)) {
      throw new IllegalStateException("a run of %s does not succeed: %s".formatted(job, answer));
    }
    return reportedCounts;
  }

  /// Runs all jobs to their ends, as many at a time as the service sees fit.
  ///
  /// @param jobs how many there are
  /// @throws IllegalStateException when one does not end well
  ReportedCounts runAll(int jobs) throws IOException, InterruptedException {
    ask(request("/api/v1/runs").POST(BodyPublishers.noBody()));
    awaitIdle();
    ReportedCounts reportedCounts =
        ReportedCounts.sumOf(ask(request("/api/v1/runs?limit=" + jobs).GET()));
    if (!reportedCounts.status().equals(SUCCESS)) {
      throw new IllegalStateException(
          "of all jobs one does not succeed: " + reportedCounts.status());
    }
    return reportedCounts;
  }

  /// Waits until no run is under way.
  void awaitIdle() throws IOException, InterruptedException {
    while (!ask(request("/api/v1/runs?status=running&limit=1").GET()).contains("\"runs\":[]")) {
      Thread.sleep(GLANCE);
    }
  }

  /// The next run begins from there.
  void setWatermark(String job, String value) throws IOException, InterruptedException {
    String body = "{\"values\":[\"%s\"]}".formatted(value);
    ask(
        request("/api/v1/jobs/%s/watermark".formatted(job))
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(body)));
  }

  /// The next run begins at the beginning.
  void forgetWatermark(String job) throws IOException, InterruptedException {
    ask(request("/api/v1/jobs/%s/watermark".formatted(job)).DELETE());
  }

  /// Bytes of heap in use, garbage included.
  long heap() throws IOException, InterruptedException {
    return HEAP.matcher(ask(request("/metrics").GET()))
        .results()
        .mapToLong(pool -> (long) Double.parseDouble(pool.group(1)))
        .sum();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(address.resolve(path));
  }

  private String ask(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> answer = send(request);
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException(
          "QuperSync answers %d: %s".formatted(answer.statusCode(), answer.body()));
    }
    return answer.body();
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /// The end of what it said.
  private String said() {
    try {
      String all = Files.readString(log).strip();
      return all.substring(Math.max(0, all.length() - LONGEST_QUOTE));
    } catch (IOException unreadable) {
      return "(nothing)";
    }
  }

  @Override
  public void close() {
    client.close();
    process.destroy();
    try {
      if (!process.waitFor(TO_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException stopped) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
