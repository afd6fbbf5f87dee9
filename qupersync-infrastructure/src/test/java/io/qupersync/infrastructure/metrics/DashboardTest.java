package io.qupersync.infrastructure.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.application.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The dashboard that users import, and the page that explains the metrics, speak of metrics that
/// exist, and of all of ours.
class DashboardTest {

  private static final Path DASHBOARD = Path.of("../config/grafana-dashboard.json");
  private static final Path PAGE = Path.of("../docs/metrics.md");
  private static final Pattern EXPRESSION = Pattern.compile("\"expr\": \"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern METRIC =
      Pattern.compile("\\b(?:qupersync|jvm|process|system)_[a-z0-9_]+");

  /// There when the first garbage collection has been.
  private static final Set<String> AFTER_A_COLLECTION = Set.of("jvm_gc_pause_seconds_sum");

  private static final Pattern SERIES_OF_A_HISTOGRAM = Pattern.compile("_(bucket|sum|count|max)$");

  @Test
  void every_metric_of_the_dashboard_exists() throws IOException {
    assertThat(shown()).hasSizeGreaterThan(20);
    Set<String> shown = shown();
    shown.removeAll(AFTER_A_COLLECTION);
    assertThat(existing()).containsAll(shown);
  }

  @Test
  void every_metric_of_ours_is_on_the_dashboard() throws IOException {
    Set<String> families = ours();
    families.removeAll(
        shown().stream()
            .map(name -> SERIES_OF_A_HISTOGRAM.matcher(name).replaceFirst(""))
            .collect(Collectors.toSet()));

    assertThat(families).isEmpty();
  }

  @Test
  void every_metric_of_ours_is_explained() throws IOException {
    String page = Files.readString(PAGE).replace("`…_limit`", "`qupersync_pool_connections_limit`");

    assertThat(ours()).allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
  }

  /// Without the series that a family consists of.
  private static Set<String> ours() {
    return Exposition.of(scrape()).types.keySet().stream()
        .filter(name -> name.startsWith("qupersync_"))
        .filter(name -> !name.equals("qupersync_run_duration_seconds_max"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> existing() {
    return Exposition.of(scrape()).samples.stream()
        .map(Exposition.Sample::name)
        .collect(Collectors.toSet());
  }

  private static Set<String> shown() throws IOException {
    return EXPRESSION
        .matcher(Files.readString(DASHBOARD))
        .results()
        .map(expression -> expression.group(1))
        .flatMap(expression -> METRIC.matcher(expression).results().map(MatchResult::group))
        .collect(Collectors.toSet());
  }

  private static String scrape() {
    try (var metrics = new PrometheusSyncMetrics("1.2.3", SettableClock.atSomeMorning())) {
      EverythingOnce.in(metrics);
      return metrics.scrape();
    }
  }
}
