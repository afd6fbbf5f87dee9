package io.qupersync.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a process of its own, and Ctrl-C. */
@Timeout(180)
class DemoIT {

  private static final Pattern ADDRESS = Pattern.compile("until Ctrl-C: (http://\\S+)");

  @TempDir Path directory;
  private Process demo;
  private BufferedReader said;
  private Path log;
  private List<ProcessHandle> servers = List.of();

  @AfterEach
  void end() throws IOException {
    if (demo != null) {
      servers.forEach(ProcessHandle::destroyForcibly);
      demo.destroyForcibly();
      said.close();
    }
  }

  @Test
  void a_run_under_way_is_cancelled_before_the_databases_end() throws Exception {
    start("demo", "--scale", "2");
    Matcher address = awaitLine(ADDRESS);
    try (var client = HttpClient.newHttpClient()) {
      var all =
          HttpRequest.newBuilder(URI.create(address.group(1) + "/api/v1/runs"))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString("{\"full\": true}"))
              .build();
      assertThat(client.send(all, BodyHandlers.discarding()).statusCode()).isEqualTo(202);
    }

    pressCtrlC();

    assertThat(demo.exitValue()).isZero();
    assertThat(Files.readString(log)).contains("SIGINT received").contains(" cancelled: ");
    nothingIsLost();
  }

  @Test
  void in_the_first_run_it_ends_at_once_and_in_good_order() throws Exception {
    start("demo", "--scale", "4");
    awaitLine(Pattern.compile("table_stats_sync: ok"));

    pressCtrlC();

    assertThat(demo.exitValue()).isEqualTo(130);
    assertThat(Files.readString(log)).doesNotContain("until Ctrl-C:");
    nothingIsLost();
  }

  /** No run met a server that was gone, and no server outlives the demo. */
  private void nothingIsLost() throws Exception {
    assertThat(Files.readString(log))
        .doesNotContain("cannot connect", "was lost", " failed: ", "ERROR", "Exception in thread");
    assertThat(servers).isNotEmpty();
    for (ProcessHandle server : servers) {
      server.onExit().get(30, TimeUnit.SECONDS);
    }
  }

  private void start(String... arguments) throws IOException {
    log = directory.resolve("demo.log");
    var command =
        new ArrayList<>(
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
    said = new BufferedReader(new InputStreamReader(demo.getInputStream(), UTF_8));
  }

  /** Keeps what is said. */
  private Matcher awaitLine(Pattern pattern) throws IOException {
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      keep(line);
      Matcher found = pattern.matcher(line);
      if (found.find()) {
        return found;
      }
    }
    throw new AssertionError("it ended before it said " + pattern + ": " + Files.readString(log));
  }

  private void keep(String line) throws IOException {
    Files.writeString(log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private void pressCtrlC() throws Exception {
    servers = servers();
    assertThat(new ProcessBuilder("kill", "-INT", Long.toString(demo.pid())).start().waitFor())
        .isZero();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      keep(line);
    }
    assertThat(demo.waitFor(60, TimeUnit.SECONDS)).isTrue();
  }

  /** They are nobody's children: whoever started them has gone. They are known by their folder. */
  private List<ProcessHandle> servers() {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().commandLine().orElse("").contains(directory.toString()))
        .filter(process -> process.pid() != demo.pid())
        .toList();
  }
}
