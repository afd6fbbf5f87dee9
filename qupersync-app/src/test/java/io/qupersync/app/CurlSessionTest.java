package io.qupersync.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.qupersync.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The session with curl in docs/api.md, line by line as it is written there, against a service that
 * stands where the demo's stands. What the page shows of an answer must be what comes, but for the
 * values that differ from run to run. After a pause the service is restarted.
 */
class CurlSessionTest {

  private static final Path PAGE = Path.of("..", "docs", "api.md");
  private static final Pattern SESSION =
      Pattern.compile("## Over HTTP.*?```console\\n(.*?)```", Pattern.DOTALL);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** What the page types and what it shows. */
  private record Step(String command, String shown) {}

  @Test
  void runs_line_by_line_as_written(@TempDir Path directory) throws Exception {
    assumeTrue(isThere("curl"), "there is no curl on this machine");
    List<Step> steps = steps();
    assertThat(steps).hasSizeGreaterThan(5);
    int afterPause = pauseIn(steps) + 1;
    try (var sandbox = Sandbox.start(1, InstantSource.system())) {
      try (var served = ServedProgram.of(sandbox.environment(), directory)) {
        take(steps.subList(0, afterPause), served);
      }
      try (var restarted = ServedProgram.of(sandbox.environment(), directory)) {
        take(steps.subList(afterPause, steps.size()), restarted);
      }
    }
  }

  private static int pauseIn(List<Step> steps) {
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).command().contains("/pause")) {
        return i;
      }
    }
    throw new AssertionError("the session pauses nothing");
  }

  private static void take(List<Step> steps, ServedProgram served)
      throws IOException, InterruptedException {
    for (Step step : steps) {
      String command = step.command().replace("localhost:8080", served.address().getAuthority());
      assertThat(shape(output(command)))
          .as("what answers to: %s", step.command())
          .isEqualTo(shape(step.shown()));
    }
  }

  private static List<Step> steps() throws IOException {
    Matcher session = SESSION.matcher(Files.readString(PAGE));
    assertThat(session.find()).as("the page has a session").isTrue();
    var steps = new ArrayList<Step>();
    for (String block : session.group(1).split("(?m)^\\$ ", -1)) {
      if (!block.isBlank()) {
        String[] lines = block.split("\\R", 2);
        steps.add(new Step(lines[0], lines[1].strip()));
      }
    }
    return steps;
  }

  /**
   * JSON without its values; of headers the first line, and the names that the page shows; what is
   * no JSON as it is.
   */
  private static Set<String> shape(String answer) {
    var shape = new TreeSet<String>();
    String body = answer;
    if (answer.startsWith("HTTP/")) {
      String[] parts = answer.split("\\r?\\n\\r?\\n", 2);
      shape.add(parts[0].lines().findFirst().orElseThrow().strip());
      parts[0]
          .lines()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("location:"))
          .forEach(line -> shape.add(line.replaceAll("\\d+", "0").strip()));
      body = parts.length == 1 ? "" : parts[1];
    }
    if (body.startsWith("{")) {
      add(shape, "", JSON.readTree(body));
    } else {
      shape.add(body);
    }
    return shape;
  }

  private static void add(Set<String> shape, String path, JsonNode value) {
    if (value.isObject()) {
      value.forEachEntry((key, member) -> add(shape, path + "/" + key, member));
    } else if (value.isArray()) {
      value.forEach(item -> add(shape, path + "/*", item));
    } else {
      shape.add(path);
    }
  }

  private static String output(String command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("bash", "-c", command)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    assertThat(process.waitFor()).as(command).isZero();
    return output;
  }

  private static boolean isThere(String program) throws InterruptedException {
    try {
      return new ProcessBuilder(program, "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException notThere) {
      return false;
    }
  }
}
