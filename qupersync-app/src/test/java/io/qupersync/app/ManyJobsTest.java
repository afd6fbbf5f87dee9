package io.qupersync.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.interfaces.cli.ExitCode;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** `serve` with thousands of jobs, in a process of its own with the smallest heap there is. */
@Timeout(180)
class ManyJobsTest {

  private static final int JOBS = 5_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path directory;
  private final HttpClient client = HttpClient.newHttpClient();
  private Trial trial;
  private int port;

  @BeforeEach
  void begin() throws Exception {
    trial = new Trial(directory);
    port = ServedTrial.freePort();
  }

  @AfterEach
  void end() {
    client.shutdownNow();
    trial.close();
  }

  private void define(int jobs) {
    String lines =
        IntStream.range(0, jobs)
            .mapToObj(
                "  job_%1$04d: { source: { table: public.orders_%1$04d }, target: orders_%1$04d, key: [id], schedule: manual }\n"
                    ::formatted)
            .collect(Collectors.joining());
    trial.file(
        "qupersync.yaml",
        "builtin_jobs: false\nserver: { host: 127.0.0.1, port: %d }\njobs:\n%s"
            .formatted(port, lines));
  }

  @Test
  void page_list_and_metrics_are_answered_to_several_at_a_time() throws Exception {
    define(JOBS);
    trial.run("migrate");
    trial.atTarget(
        """
        insert into quper.sync_logs (run_id, sync_job_id, trigger, status, started_at, completed_at, error)
        select i, 'job_' || lpad((i - 1)::text, 4, '0'), 'schedule',
          case when mod(i, 3) = 0 then 'failed' else 'success' end, now(), now(),
          case when mod(i, 3) = 0 then 'cannot read job: permission denied for relation orders_' || i end
        from generate_series(1, %d) as i
        """
            .formatted(JOBS));
    Process process = serve("64m");
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      awaitAnswer(process);
      var asked = new ArrayList<Callable<String>>();
      for (int i = 0; i < 3; i++) {
        Stream.of("/", "/api/v1/jobs", "/api/v1/jobs?limit=100", "/metrics")
            .<Callable<String>>map(path -> () -> path + " " + status(path))
            .forEach(asked::add);
      }
      for (Future<String> answer : executor.invokeAll(asked, 60, TimeUnit.SECONDS)) {
        assertThat(answer.get()).endsWith(" 200");
      }
      JsonNode all = JsonMapper.shared().readTree(body("/api/v1/jobs"));
      JsonNode page = JsonMapper.shared().readTree(body("/api/v1/jobs?limit=100"));
      assertThat(all.propertyNames()).containsExactlyElementsOf(page.propertyNames());
      assertThat(all.get("jobs").size()).isEqualTo(JOBS);
      assertThat(all.get("jobs").get(99)).isEqualTo(page.get("jobs").get(99));
      assertThat(all.get("next").isNull()).isTrue();
      assertThat(body("/metrics").split("\nqupersync_job_running\\{", -1)).hasSize(JOBS + 1);
      assertThat(body("/")).contains("1 to 500 of 5,000 jobs", "<a href=\"/?page=2\">Next</a>");
      assertThat(body("/").split("<tr role", -1)).as("rows, and the head").hasSize(500 + 2);
      assertThat(body("/?page=10")).contains("4,501 to 5,000 of 5,000 jobs", "job_4999");
      assertThat(process.isAlive()).isTrue();
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void more_than_the_heap_can_hold_are_refused_before_anything_begins() throws Exception {
    define(2 * JOBS);
    Process process = serve("64m");
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(ExitCode.USAGE.code());
      assertThat(
              Files.readAllLines(directory.resolve("log")).stream()
                  .filter(line -> line.startsWith("error:")))
          .singleElement()
          .asString()
          .startsWith("error: jobs: 10,000 jobs need a heap of about ")
          .contains("QUPERSYNC_JAVA_OPTS=-Xmx128m", "split the jobs over several files");
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void more_than_can_even_be_read_are_refused_by_the_same_sentence() throws Exception {
    trial.file("qupersync.yaml", "builtin_jobs: false\n");
    Files.createDirectory(directory.resolve("jobs.d"));
    for (int file = 0; file < 10; file++) {
      int first = file * 6_000;
      trial.file(
          "jobs.d/%d.yaml".formatted(file),
          IntStream.range(first, first + 6_000)
              .mapToObj(
                  "  job_%1$05d: { source: { table: public.orders_%1$05d }, target: orders_%1$05d, key: [id], schedule: manual }\n"
                      ::formatted)
              .collect(Collectors.joining("", "jobs:\n", "")));
    }
    Process process = serve("128m");
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(Files.readString(directory.resolve("log")))
          .contains("60,000 jobs need a heap of about ", "split the jobs over several files");
      assertThat(process.exitValue()).isEqualTo(ExitCode.USAGE.code());
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private Process serve(String heap) throws IOException {
    String classPath =
        Stream.of("java.class.path", "jdk.module.path")
            .flatMap(name -> Optional.ofNullable(System.getProperty(name)).stream())
            .flatMap(paths -> Stream.of(paths.split(File.pathSeparator)))
            .map(path -> Path.of(path).toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator));
    var command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow()));
    command.addAll(List.of("-Xmx" + heap, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", classPath, Main.class.getName(), "serve"));
    var builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile());
    builder.environment().putAll(trial.environment());
    return builder.start();
  }

  private void awaitAnswer(Process process) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      try {
        status("/health/live");
        return;
      } catch (IOException _) {
        if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
          break;
        }
      }
    }
    throw new IllegalStateException(
        "it did not answer: " + Files.readString(directory.resolve("log")));
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
        .timeout(PATIENCE)
        .build();
  }

  private String body(String path) throws IOException, InterruptedException {
    return client.send(request(path), HttpResponse.BodyHandlers.ofString()).body();
  }

  private int status(String path) throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        client.send(request(path), HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      body.transferTo(OutputStream.nullOutputStream());
    }
    return response.statusCode();
  }
}
