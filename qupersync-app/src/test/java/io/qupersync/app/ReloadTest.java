package io.qupersync.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.app.config.Configuration;
import io.qupersync.app.config.ConfigurationLoader;
import io.qupersync.app.config.LoadResult;
import io.qupersync.application.schedule.ReloadResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All of a changed file counts, or none of it. */
class ReloadTest {

  private static final String DATABASES =
      """
      builtin_jobs: false
      source: { host: r, database: dev, user: u, password: x }
      target: { host: pg, database: quper, user: w, password: %s }
      """;
  private static final String ORDERS =
      "jobs: { orders: { source: { table: public.orders }, target: orders, key: [id] } }\n";

  @TempDir Path directory;
  private final List<Configuration> used = new ArrayList<>();
  private Reload reload;

  @BeforeEach
  void start() throws IOException {
    file(DATABASES.formatted("y") + ORDERS);
    reload = new Reload(this::load, ((LoadResult.Done) load()).configuration(), used::add);
  }

  @Test
  void puts_changed_jobs_and_limits_into_force() throws IOException {
    file(DATABASES.formatted("y") + "max_concurrent_runs: 2\n" + ORDERS.replace("orders:", "o2:"));

    assertThat(reload.reload()).isEqualTo(new ReloadResult.Done(1));

    assertThat(used).hasSize(1);
    assertThat(used.getFirst().maxConcurrentRuns()).isEqualTo(2);
    assertThat(used.getFirst().jobs().all())
        .extracting(job -> job.id().value())
        .containsExactly("o2");
  }

  @Test
  void changes_nothing_when_anything_is_wrong_and_says_all_of_it() throws IOException {
    file(DATABASES.formatted("y") + "max_concurrent_runs: 0\n" + ORDERS.replace("key", "kez"));

    assertThat(reload.reload())
        .isInstanceOfSatisfying(
            ReloadResult.Refused.class,
            refused ->
                assertThat(refused.problems())
                    .anyMatch(problem -> problem.startsWith("qupersync.yaml:4:22: "))
                    .anyMatch(problem -> problem.contains("unknown key 'kez'")));
    assertThat(used).isEmpty();
  }

  @Test
  void refuses_what_counts_from_the_start_only_without_telling_a_secret() throws IOException {
    file(DATABASES.formatted("hidden") + "shutdown_grace: 1s\n" + ORDERS);

    assertThat(reload.reload())
        .isEqualTo(
            new ReloadResult.Refused(
                List.of(
                    "'target' has changed, and counts from the start of the service only; restart it",
                    "'shutdown_grace' has changed, and counts from the start of the service only; restart it")));
    assertThat(used).isEmpty();
  }

  @Test
  void compares_with_what_counts_now_and_not_with_what_was_refused() throws IOException {
    file(DATABASES.formatted("hidden") + ORDERS);
    reload.reload();
    file(DATABASES.formatted("y") + ORDERS);

    assertThat(reload.reload()).isEqualTo(new ReloadResult.Done(1));
  }

  private LoadResult load() {
    return new ConfigurationLoader(Map.of(), directory).loadDefault();
  }

  private void file(String text) throws IOException {
    Files.writeString(directory.resolve("qupersync.yaml"), text);
  }
}
