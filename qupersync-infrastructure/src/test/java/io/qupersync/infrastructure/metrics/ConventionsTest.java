package io.qupersync.infrastructure.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.qupersync.application.testkit.SettableClock;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Every metric there is follows the conventions of Prometheus: by promtool's word where it is
/// installed (the Debian package `prometheus` has it), and by the rules that matter most anywhere.
class ConventionsTest {

  private static final String[] ABBREVIATED_OR_OTHER_UNITS = {
    "_ms",
    "_millis",
    "_milliseconds",
    "_minutes",
    "_hours",
    "_days",
    "_kb",
    "_mb",
    "_kilobytes",
    "_percent",
    "_secs",
    "_sec"
  };

  private final SettableClock clock = SettableClock.atSomeMorning();
  private final PrometheusSyncMetrics metrics = new PrometheusSyncMetrics("1.2.3", clock);

  @BeforeEach
  void let_everything_happen_once() {
    EverythingOnce.in(metrics);
  }

  @AfterEach
  void end() {
    metrics.close();
  }

  @Test
  void every_metric_has_a_help_text_and_a_type() {
    Exposition scraped = Exposition.of(metrics.scrape());

    assertThat(scraped.types).isNotEmpty();
    assertThat(scraped.help.keySet()).isEqualTo(scraped.types.keySet());
    assertThat(scraped.help).allSatisfy((_, text) -> assertThat(text).isNotBlank());
    assertThat(scraped.types).allSatisfy((_, type) -> assertThat(type).isNotEqualTo("untyped"));
  }

  @Test
  void counters_and_nothing_else_end_in_total() {
    Exposition.of(metrics.scrape())
        .types
        .forEach((name, type) ->
            assertThat(name.endsWith("_total")).as(name).isEqualTo(type.equals("counter")));
  }

  @Test
  void names_are_in_base_units_and_ours_begin_with_our_name() {
    Exposition.of(metrics.scrape())
        .types
        .keySet()
        .forEach(name -> {
          assertThat(name).matches("(qupersync|jvm|process|system)_[a-z0-9_]+");
          for (String unit : ABBREVIATED_OR_OTHER_UNITS) {
            assertThat(name.replaceFirst("_total$", "")).doesNotEndWith(unit);
          }
        });
  }

  @Test
  void promtool_finds_nothing() throws Exception {
    Optional<Path> promtool = promtool();
    assumeTrue(promtool.isPresent(), "promtool is not installed");

    Process checking =
        new ProcessBuilder(promtool.get().toString(), "check", "metrics")
            .redirectErrorStream(true)
            .start();
    try (OutputStream input = checking.getOutputStream()) {
      input.write(metrics.scrape().getBytes(StandardCharsets.UTF_8));
    }
    String findings = new String(checking.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(findings).isEmpty();
    assertThat(checking.waitFor()).isZero();
  }

  private static Optional<Path> promtool() throws IOException {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(folder -> Path.of(folder, "promtool"))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
