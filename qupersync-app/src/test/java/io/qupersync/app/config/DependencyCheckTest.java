package io.qupersync.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that come after each other. */
class DependencyCheckTest {

  private static final String JOB =
      "  %s: { source: { table: t }, target: %1$s, key: [id], after: [%s] }\n";

  @TempDir Path directory;
  private ConfigurationFixture qupersync;

  @BeforeEach
  void no_environment() {
    qupersync = new ConfigurationFixture(directory);
  }

  private List<String> problems(String jobs) {
    return qupersync.yamlWithDatabases("jobs:\n" + jobs).problems();
  }

  @Test
  void no_two_jobs_come_after_each_other() {
    assertThat(problems(JOB.formatted("a", "b") + JOB.formatted("b", "a")))
        .containsExactly(
            "qupersync.yaml:4:59: jobs.a: after leads back to the job itself: a after b after a; take one of them out",
            "qupersync.yaml:5:59: jobs.b: after leads back to the job itself: b after a after b; take one of them out");
  }

  @Test
  void no_three_jobs_come_after_each_other_and_a_bystander_is_not_blamed() {
    assertThat(
            problems(
                JOB.formatted("a", "b")
                    + JOB.formatted("b", "c")
                    + JOB.formatted("c", "a")
                    + JOB.formatted("d", "a")))
        .containsExactly(
            "qupersync.yaml:4:59: jobs.a: after leads back to the job itself: a after b after c after a; take one of them out",
            "qupersync.yaml:5:59: jobs.b: after leads back to the job itself: b after c after a after b; take one of them out",
            "qupersync.yaml:6:59: jobs.c: after leads back to the job itself: c after a after b after c; take one of them out");
  }

  @Test
  void the_shortest_way_back_is_told() {
    assertThat(
            problems(
                JOB.formatted("a", "b, c") + JOB.formatted("b", "c") + JOB.formatted("c", "a")))
        .anyMatch(problem -> problem.contains("a after c after a; "));
  }

  @Test
  @Timeout(20)
  void many_ways_between_many_jobs_are_looked_at_once() {
    int layers = 30;
    int width = 8;
    String jobs =
        IntStream.range(0, layers)
            .boxed()
            .flatMap(layer ->
                IntStream.range(0, width)
                    .mapToObj(place ->
                        JOB.formatted(
                            "j%d_%d".formatted(layer, place),
                            layer == 0 ? "" : layer(layer - 1, width))))
            .collect(Collectors.joining());

    assertThat(
            qupersync
                .yamlWithDatabases("builtin_jobs: false\njobs:\n" + jobs)
                .loaded()
                .jobs()
                .all())
        .hasSize(layers * width);
  }

  private static String layer(int number, int width) {
    return IntStream.range(0, width)
        .mapToObj(place -> "j%d_%d".formatted(number, place))
        .collect(Collectors.joining(", "));
  }
}
