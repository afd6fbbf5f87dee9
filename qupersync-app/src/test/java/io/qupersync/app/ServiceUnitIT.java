package io.qupersync.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.qupersync.app.config.ConfigurationLoader;
import io.qupersync.app.config.LoadResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unit for systemd, as systemd itself reads it where it is installed. */
class ServiceUnitIT {

  private static final Path UNIT = Path.of("../config/qupersync.service");
  private static final Path ANALYZE = Path.of("/usr/bin/systemd-analyze");
  private static final double WELL_PROTECTED = 2.0;

  @TempDir Path directory;

  @Test
  void systemd_understands_every_line() throws Exception {
    assumeTrue(Files.isExecutable(ANALYZE), "systemd is not installed here");
    Path unit = directory.resolve("qupersync.service");
    String here = Image.HOME.toString();
    Files.writeString(unit, Files.readString(UNIT).replace("/opt/qupersync/bin", here + "/bin"));

    assertThat(printed(ANALYZE.toString(), "verify", "--man=no", unit.toString())).isEmpty();
  }

  @Test
  void systemd_finds_little_that_the_service_could_do_to_its_machine() throws Exception {
    assumeTrue(Files.isExecutable(ANALYZE), "systemd is not installed here");

    String found = printed(ANALYZE.toString(), "security", "--offline=yes", UNIT.toString());

    MatchResult level =
        Pattern.compile("exposure level for \\S+: ([0-9.]+)")
            .matcher(found)
            .results()
            .findFirst()
            .orElseThrow();
    assertThat(Double.parseDouble(level.group(1))).isLessThan(WELL_PROTECTED);
  }

  @Test
  void waits_longer_for_the_end_than_runs_are_given() throws IOException {
    var configuration = new ConfigurationLoader(minimal(), directory).loadEnvironment();

    assertThat(configuration)
        .isInstanceOfSatisfying(
            LoadResult.Done.class,
            done ->
                assertThat(done.configuration().shutdownGrace())
                    .isLessThan(Duration.ofSeconds(Long.parseLong(setting("TimeoutStopSec")))));
  }

  @Test
  void gives_more_memory_than_the_heap_may_take() throws IOException {
    String launcher = Files.readString(Path.of("src/image/bin/qupersync"));
    var heap = Pattern.compile("-Xmx(\\d+)m").matcher(launcher).results().toList();

    assertThat(heap.getLast().group(1))
        .satisfies(megabytes ->
            assertThat(Integer.parseInt(megabytes) * 2)
                .isLessThan(Integer.parseInt(setting("MemoryMax").replace("M", ""))));
  }

  private static Map<String, String> minimal() {
    return Map.of(
        "REDSHIFT_HOST",
        "localhost",
        "REDSHIFT_DB",
        "d",
        "REDSHIFT_USER",
        "u",
        "REDSHIFT_PASSWORD",
        "p",
        "POSTGRES_HOST",
        "localhost",
        "POSTGRES_DB",
        "d",
        "POSTGRES_USER",
        "u",
        "POSTGRES_PASSWORD",
        "p");
  }

  private static String setting(String name) {
    try {
      List<String> values =
          Files.readAllLines(UNIT).stream().filter(line -> line.startsWith(name + "=")).toList();
      assertThat(values).as(name).hasSize(1);
      return values.getFirst().substring(name.length() + 1);
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  private static String printed(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return printed;
  }
}
