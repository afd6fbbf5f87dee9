package io.qupersync.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a process of its own, and Ctrl-C, or SIGTERM where Ctrl-C is ignored. */
@Timeout(300)
class DemoIT {

  private static final Pattern ADDRESS = Pattern.compile("until .*: (http://\\S+)");

  private static final Duration PATIENCE = Duration.ofSeconds(120);

  @TempDir Path directory;
  private Process demo;
  private Talk said;
  private List<ProcessHandle> servers = List.of();

  @AfterEach
  void end() {
    if (demo != null) {
      servers.forEach(ProcessHandle::destroyForcibly);
      demo.destroyForcibly();
    }
  }

  @Test
  void a_run_under_way_is_cancelled_before_the_databases_end() throws Exception {
    start(List.of(), "demo");
    String address = awaitLine(ADDRESS).group(1);
    try (Connection blocking = target();
        Statement statement = blocking.createStatement()) {
      blocking.setAutoCommit(false);
      // waits for the run that the schedule has begun, if any
      statement.execute("lock table quper.query_history in access exclusive mode");
      Optional<String> run = runOnDemand(address);
      if (run.isPresent()) {
        awaitLine(Pattern.compile("run=%s started".formatted(run.get())));
      }

      stop();
    }

    assertThat(demo.exitValue()).isZero();
    assertThat(said.all()).contains("SIG" + stopping() + " received").contains(" cancelled: ");
    nothingIsLost();
  }

  /** Starts a run and gives its number; empty where the schedule has begun one at this moment. */
  private static Optional<String> runOnDemand(String address) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      var run =
          HttpRequest.newBuilder(URI.create(address + "/api/v1/jobs/query_history_sync/runs"))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString("{\"full\": true}"))
              .build();
      HttpResponse<Void> answer = client.send(run, BodyHandlers.discarding());
      assertThat(answer.statusCode()).isIn(202, 409);
      return Optional.of(answer)
          .filter(begun -> begun.statusCode() == 202)
          .map(begun -> begun.headers().firstValue("Location").orElseThrow())
          .map(location -> location.substring(location.lastIndexOf('/') + 1));
    }
  }

  /** As the demo says how to connect. */
  private Connection target() throws Exception {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:%s/quper".formatted(exported("POSTGRES_PORT")),
        exported("POSTGRES_USER"),
        exported("POSTGRES_PASSWORD"));
  }

  private String exported(String name) throws InterruptedException {
    return awaitLine(Pattern.compile("export " + name + "=(\\S+)")).group(1);
  }

  @Test
  void says_that_ctrl_c_is_ignored_where_it_was_started_so_and_ends_on_sigterm() throws Exception {
    start(List.of("sh", "-c", "trap '' INT; exec \"$@\"", "sh"), "demo");
    awaitLine(ADDRESS);

    send("INT");
    send("TERM");
    awaitEnd();

    assertThat(demo.exitValue()).isZero();
    assertThat(said.all())
        .contains("until 'kill " + demo.pid() + "' (started with Ctrl-C ignored): http")
        .contains("SIGTERM received")
        .doesNotContain("SIGINT received");
    nothingIsLost();
  }

  @Test
  void in_the_first_run_it_ends_at_once_and_in_good_order() throws Exception {
    start(List.of(), "demo", "--scale", "4");
    awaitLine(Pattern.compile("table_stats_sync: ok"));

    stop();

    assertThat(demo.exitValue()).isEqualTo(stopping().equals("INT") ? 130 : 143);
    assertThat(said.all()).doesNotContain("stay up until");
    nothingIsLost();
  }

  /** No run met a server that was gone, and no server outlives the demo. */
  private void nothingIsLost() throws Exception {
    assertThat(said.all())
        .doesNotContain("cannot connect", "was lost", " failed: ", "ERROR", "Exception in thread");
    assertThat(servers).isNotEmpty();
    for (ProcessHandle server : servers) {
      server.onExit().get(30, TimeUnit.SECONDS);
    }
  }

  private void start(List<String> launcher, String... arguments) throws IOException {
    var command = new ArrayList<>(launcher);
    command.addAll(
        List.of(
            ProcessHandle.current().info().command().orElseThrow(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-Djava.io.tmpdir=" + directory,
            "-cp",
            "target/qupersync.jar:../qupersync-sandbox/target/qupersync-sandbox.jar",
            "io.qupersync.app.Main",
            "--verbose"));
    command.addAll(List.of(arguments));
    demo = new ProcessBuilder(command).redirectErrorStream(true).start();
    said = new Talk(demo);
  }

  private Matcher awaitLine(Pattern pattern) throws InterruptedException {
    return said.await(pattern, PATIENCE);
  }

  /** By Ctrl-C, unless whoever started this very test ignores it: a child ignores it then too. */
  private static String stopping() {
    return IgnoredSignals.contains("INT") ? "TERM" : "INT";
  }

  private void stop() throws Exception {
    send(stopping());
    awaitEnd();
  }

  private void send(String signal) throws Exception {
    servers = servers();
    Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(demo.pid())).start();
    assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(kill.exitValue()).isZero();
  }

  private void awaitEnd() throws InterruptedException {
    assertThat(demo.waitFor(60, TimeUnit.SECONDS)).as(said::all).isTrue();
    said.awaitEnd(Duration.ofSeconds(10));
  }

  /** They are nobody's children: whoever started them has gone. They are known by their folder. */
  private List<ProcessHandle> servers() {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().commandLine().orElse("").contains(directory.toString()))
        .filter(process -> process.pid() != demo.pid())
        .toList();
  }
}
