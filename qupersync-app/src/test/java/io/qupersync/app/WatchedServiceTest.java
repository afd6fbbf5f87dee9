package io.qupersync.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.qupersync.app.config.Configuration;
import io.qupersync.app.config.ConfigurationLoader;
import io.qupersync.app.config.LoadResult;
import io.qupersync.application.sync.RunRequest;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.RunOutcome;
import io.qupersync.domain.run.Trigger;
import io.qupersync.interfaces.http.MetricsRoutes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The program as it is seen from outside while it serves: by Prometheus, and by whoever is told.
 */
@Timeout(120)
class WatchedServiceTest {

  private static final JobId ORDERS = new JobId("orders");

  @TempDir Path directory;
  private final BlockingQueue<JsonNode> told = new LinkedBlockingQueue<>();
  private HttpServer receiver;
  private Trial trial;
  private Configuration configuration;

  @BeforeEach
  void begin() throws Exception {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    receiver.createContext(
        "/",
        exchange -> {
          try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            told.add(JsonMapper.shared().readTree(new String(body, StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(204, -1);
          }
        });
    receiver.start();
    trial = new Trial(directory);
    configuration =
        configured(
            "[ { name: on-call, url: \"%s\" }, { name: dead, url: \"http://127.0.0.1:1/\" } ]");
  }

  /**
   * @param alerts with `%s` where the receiver listens
   */
  private Configuration configured(String alerts) {
    trial.file(
        "qupersync.yaml",
        """
        builtin_jobs: false
        alerts: %s
        jobs:
          orders: { source: { table: public.orders }, target: orders, key: [id], retry: { max_retries: 0 } }
        """
            .formatted(
                alerts.replace(
                    "%s", "http://127.0.0.1:%d/".formatted(receiver.getAddress().getPort()))));
    return ((LoadResult.Done) new ConfigurationLoader(trial.environment(), directory).loadDefault())
        .configuration();
  }

  @AfterEach
  void end() {
    trial.close();
    receiver.stop(0);
  }

  @Test
  void a_failure_is_told_once_and_so_is_the_recovery_and_metrics_have_it_all() throws Exception {
    try (var instance = new Instance();
        var another = new Instance()) {
      assertThat(instance.run()).isInstanceOf(RunOutcome.Failed.class);
      assertThat(another.run()).isInstanceOf(RunOutcome.Failed.class);

      JsonNode failed = next();
      assertThat(failed.get("event").asString()).isEqualTo("failed");
      assertThat(failed.get("job").asString()).isEqualTo("orders");
      assertThat(failed.get("reason").asString()).contains("public.orders");
      assertThat(failed.get("source").asString()).isEqualTo(configuration.source().name());

      trial.atSource(
          "create table public.orders (id bigint)",
          "insert into public.orders values (1), (2)",
          "grant select on public.orders to public");
      assertThat(instance.run()).isInstanceOf(RunOutcome.Completed.class);

      JsonNode recovered = next();
      assertThat(recovered.get("event").asString()).isEqualTo("recovered");
      assertThat(recovered.get("incident")).isEqualTo(failed.get("incident"));
      assertThat(told).isEmpty();

      assertThat(written(instance.monitoring.scrape("")))
          .contains("qupersync_runs_total{job=\"orders\",outcome=\"failed\"} 1.0")
          .contains("qupersync_runs_total{job=\"orders\",outcome=\"success\"} 1.0")
          .contains("qupersync_rows_total{job=\"orders\",kind=\"inserted\"} 2.0")
          .contains("qupersync_run_duration_seconds_count{job=\"orders\"} 2")
          .contains("qupersync_dead_letters{job=\"orders\"} 0.0")
          .contains("qupersync_job_running{job=\"orders\"} 0.0")
          .contains("qupersync_last_success_timestamp_seconds{job=\"orders\"}")
          .contains("qupersync_pool_connections_limit{pool=\"source\"} 4.0")
          .contains("qupersync_pool_connections_limit{pool=\"target-loads\"} 8.0")
          .contains("qupersync_state_readable 1.0")
          .contains("qupersync_queue_rows 0.0");
    }
  }

  private static String written(MetricsRoutes.Scrape scrape) throws IOException {
    var out = new ByteArrayOutputStream();
    scrape.writing().to(out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void whom_a_changed_file_names_hears_how_it_ends_and_nothing_is_told_twice() throws Exception {
    try (var instance = new Instance()) {
      assertThat(instance.run()).isInstanceOf(RunOutcome.Failed.class);
      JsonNode failed = next();
      assertThat(failed.get("event").asString()).isEqualTo("failed");

      instance.monitoring.use(
          configured(
              "[ { name: on-call, url: \"%s\", rejected_over: 5 }, { name: boss, url: \"%s\" } ]"));
      JsonNode toTheNewOne = next();
      assertThat(toTheNewOne.get("event").asString()).isEqualTo("failed");
      assertThat(toTheNewOne.get("incident")).isNotEqualTo(failed.get("incident"));

      trial.atSource(
          "create table public.orders (id bigint)", "grant select on public.orders to public");
      assertThat(instance.run()).isInstanceOf(RunOutcome.Completed.class);

      assertThat(List.of(next(), next()))
          .extracting(message -> message.get("incident"))
          .containsExactlyInAnyOrder(failed.get("incident"), toTheNewOne.get("incident"));
      assertThat(told).isEmpty();
    }
  }

  private JsonNode next() throws InterruptedException {
    JsonNode message = told.poll(60, TimeUnit.SECONDS);
    assertThat(message).as("a message").isNotNull();
    return message;
  }

  /** One process of several. */
  private final class Instance implements AutoCloseable {

    private final Monitoring monitoring = new Monitoring(InstantSource.system());
    private final Qupersync program =
        Qupersync.open(configuration, InstantSource.system(), monitoring.observer());

    Instance() {
      program.bringStateUpToDate();
      monitoring.watch(program.watchpoints(), () -> 0, configuration);
    }

    RunOutcome run() {
      return program.runSyncJob().run(RunRequest.ordinary(ORDERS, Trigger.SCHEDULE));
    }

    @Override
    public void close() {
      monitoring.close();
      program.close();
    }
  }
}
