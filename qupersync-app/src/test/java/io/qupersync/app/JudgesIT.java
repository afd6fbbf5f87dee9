package io.qupersync.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Other people's programs judge what `serve` says: schemathesis its API, promtool its metrics and
 * the alert rules. At night only; what is not to be had on this machine is skipped, and named.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
@EnabledIfSystemProperty(named = "qupersync.nightly", matches = "true")
class JudgesIT {

  private static final String SCHEMATHESIS = "4.32";
  private static final String PROMETHEUS = "v0.313.2";
  private static final Path JUDGES = Path.of("../target/judges").toAbsolutePath().normalize();
  private static final Path CONFIG = Path.of("../config").toAbsolutePath().normalize();
  private static final Duration LONG = Duration.ofMinutes(25);

  @TempDir Path directory;

  @Test
  void schemathesis_finds_the_api_as_described_with_tokens_and_without() throws Exception {
    Path schemathesis = schemathesis();

    Ended ended =
        run(
            LONG,
            Map.of(
                "SCHEMATHESIS",
                schemathesis.toString(),
                "QUPERSYNC",
                Path.of("../qupersync").toAbsolutePath().normalize().toString()),
            CONFIG.resolve("schemathesis/run.sh").toString());

    assertThat(ended.code()).as(ended.said()).isZero();
  }

  @Test
  void promtool_finds_nothing_amiss_in_the_alert_rules() throws Exception {
    Ended ended =
        run(
            Duration.ofMinutes(1),
            Map.of(),
            promtool().toString(),
            "check",
            "rules",
            CONFIG.resolve("prometheus-alerts.yaml").toString());

    assertThat(ended.code()).as(ended.said()).isZero();
    assertThat(ended.said()).contains("5 rules found");
  }

  @Test
  void promtool_finds_nothing_amiss_in_the_metrics() throws Exception {
    Path promtool = promtool();
    Path metrics = directory.resolve("metrics");
    try (var trial = new Trial(directory)) {
      int port = ServedTrial.freePort();
      trial.file("qupersync.yaml", "server: { port: %d }\n".formatted(port));
      try (var served = new ServedTrial(trial, port);
          var client = HttpClient.newHttpClient()) {
        var request =
            HttpRequest.newBuilder(URI.create(served.address() + "/metrics"))
                .timeout(Duration.ofSeconds(60))
                .build();
        assertThat(client.send(request, BodyHandlers.ofFile(metrics)).statusCode()).isEqualTo(200);
      }
    }

    Ended ended =
        run(
            Duration.ofMinutes(1),
            Map.of(),
            "sh",
            "-c",
            "exec \"$0\" check metrics < \"$1\"",
            promtool.toString(),
            metrics.toString());

    assertThat(ended.code()).as(ended.said()).isZero();
    assertThat(ended.said()).isBlank();
  }

  /** From PyPI, unless an earlier night has fetched it. */
  private Path schemathesis() throws Exception {
    Path folder = JUDGES.resolve("schemathesis-" + SCHEMATHESIS);
    Path program = folder.resolve("bin/schemathesis");
    if (!Files.isExecutable(program)) {
      assumeTrue(isThere("python3"), "there is no python3 to install schemathesis with");
      Files.createDirectories(JUDGES);
      Ended made = run(Duration.ofMinutes(5), Map.of(), "python3", "-m", "venv", folder.toString());
      assumeTrue(made.code() == 0, () -> "python3 makes no venv for schemathesis: " + made.said());
      Ended installed =
          run(
              Duration.ofMinutes(10),
              Map.of(),
              folder.resolve("bin/pip").toString(),
              "install",
              "--quiet",
              "schemathesis==" + SCHEMATHESIS);
      assumeTrue(
          installed.code() == 0, () -> "schemathesis cannot be installed: " + installed.said());
    }
    return program;
  }

  /**
   * Built from its module by `go`, in a copy of it: `go install` refuses modules with `replace`.
   * Else what is on the PATH.
   */
  private Path promtool() throws Exception {
    Path program = JUDGES.resolve("promtool-" + PROMETHEUS);
    if (Files.isExecutable(program)) {
      return program;
    }
    Optional<Path> installed = onPath("promtool");
    if (installed.isPresent()) {
      return installed.get();
    }
    assumeTrue(isThere("go"), "there is neither promtool nor a go to build it with");
    Files.createDirectories(JUDGES);
    Ended built =
        run(
            Duration.ofMinutes(20),
            Map.of("GOWORK", "off"),
            "sh",
            "-ec",
            """
            cd "$(go mod download -json github.com/prometheus/prometheus@$1 | sed -n 's/^\\t"Dir": "\\(.*\\)",$/\\1/p')"
            go build -mod=readonly -o "$0" ./cmd/promtool\
            """,
            program.toString(),
            PROMETHEUS);
    assumeTrue(built.code() == 0, () -> "promtool cannot be built: " + built.said());
    return program;
  }

  private static boolean isThere(String program) {
    return onPath(program).isPresent();
  }

  private static Optional<Path> onPath(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private record Ended(int code, String said) {}

  private Ended run(Duration patience, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    Path said = Files.createTempFile(directory, "said", ".txt");
    var builder =
        new ProcessBuilder(List.of(command))
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError(
            "%s did not end within %s: %s"
                .formatted(String.join(" ", command), patience, Files.readString(said)));
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
    }
    return new Ended(process.exitValue(), Files.readString(said));
  }
}
