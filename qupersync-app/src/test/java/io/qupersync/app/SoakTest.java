package io.qupersync.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.qupersync.app.config.Configuration;
import io.qupersync.app.config.ConfigurationLoader;
import io.qupersync.app.config.LoadResult;
import io.qupersync.app.config.ServerConfig;
import io.qupersync.application.schedule.TriggerResult;
import io.qupersync.application.sync.RunRequest;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.domain.run.RunOutcome;
import io.qupersync.domain.run.Trigger;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Fifty jobs, run over and over by the whole program between real databases: what is there after
 * some rounds must be there after many, and no more. {@code -Dqupersync.rounds=N} soaks longer.
 */
@Timeout(600)
@EnabledOnOs(OS.LINUX)
class SoakTest {

  private static final int JOBS = 50;
  private static final int WARM_ROUNDS = 2;
  private static final int ROUNDS = Integer.getInteger("qupersync.rounds", 4);
  private static final int AT_ONCE = 4;

  /** Less than 5 KB for each of the runs in between: what a run leaves behind shows. */
  private static final long HEAP_BOUND = 1L << 20;

  private static final int LOOKS = 20;
  private static final Duration PAUSE = Duration.ofMillis(200);

  @TempDir Path directory;

  /** What a process holds. */
  private record Held(
      int platformThreads,
      long virtualThreads,
      long openFiles,
      long targetConnections,
      long sourceConnections,
      long temporaryTables,
      long leases,
      long heap) {

    /** The pools may grow up to their bound, which is looked at by itself. */
    long filesBesideConnections() {
      return openFiles - targetConnections - sourceConnections;
    }
  }

  @Test
  void fifty_jobs_run_over_and_over_leave_nothing_behind() throws Exception {
    try (var trial = trial()) {
      Configuration configuration =
          ((LoadResult.Done) new ConfigurationLoader(trial.environment(), directory).loadDefault())
              .configuration();
      try (var monitoring = new Monitoring(InstantSource.system());
          var program =
              Qupersync.open(configuration, InstantSource.system(), monitoring.observer());
          var runningService =
              RunningService.start(
                  program,
                  new ServerConfig("127.0.0.1", 0, List.of(), Optional.empty()),
                  Duration.ZERO,
                  monitoring::scrape,
                  InstantSource.system());
          var client = HttpClient.newHttpClient()) {
        monitoring.watch(program.watchpoints(), runningService::waiting, configuration);
        rounds(WARM_ROUNDS, program, runningService, client);
        Held before = held(trial);
        rounds(ROUNDS, program, runningService, client);
        Held after = held(trial);

        System.out.printf("soak of %d runs: %s, then %s%n", JOBS * ROUNDS, before, after);
        assertThat(after.platformThreads()).isLessThanOrEqualTo(before.platformThreads() + 2);
        assertThat(after.virtualThreads()).isLessThanOrEqualTo(before.virtualThreads() + 2);
        assertThat(after.filesBesideConnections())
            .isLessThanOrEqualTo(before.filesBesideConnections() + 2);
        assertThat(after.targetConnections()).isLessThanOrEqualTo(12);
        assertThat(after.sourceConnections()).isZero();
        assertThat(after.temporaryTables()).isLessThanOrEqualTo(before.temporaryTables());
        assertThat(after.leases()).isEqualTo(before.leases());
        assertThat(after.heap()).isLessThan(before.heap() + HEAP_BOUND);
        assertThat(
                trial.targetRows("select count(*) from quper.sync_logs where status = 'success'"))
            .containsExactly(List.of(Integer.toString(JOBS * (WARM_ROUNDS + ROUNDS))));
      }
    }
  }

  private Trial trial() throws SQLException {
    var trial = new Trial(directory);
    var yaml = new StringBuilder("builtin_jobs: false\njobs:\n");
    var tables = new ArrayList<String>();
    for (int i = 0; i < JOBS; i++) {
      tables.add(
          "create table public.t%d as select n id, 'row ' || n as name, now()::timestamp(6) as at from generate_series(1, 200) n"
              .formatted(i));
      tables.add("grant select on public.t%d to public".formatted(i));
      String way =
          switch (i % 3) {
            case 0 -> "mode: mirror";
            case 1 -> "watermark: { column: at }";
            default -> "mode: upsert";
          };
      yaml.append(
          "  j%1$d: { source: { table: public.t%1$d }, target: t%1$d, key: [id], %2$s, schedule: manual }%n"
              .formatted(i, way));
    }
    trial.atSource(tables.toArray(String[]::new));
    trial.file("qupersync.yaml", yaml.toString());
    return trial;
  }

  /**
   * Each round runs every job once, a few at a time, and looks at them as people and machines do.
   */
  private static void rounds(
      int howMany, Qupersync program, RunningService runningService, HttpClient client)
      throws Exception {
    for (int round = 0; round < howMany; round++) {
      var room = new Semaphore(AT_ONCE);
      var ends = new ArrayList<CompletableFuture<RunOutcome>>();
      for (JobVariants job : program.jobs().all()) {
        room.acquire();
        TriggerResult.Started started =
            (TriggerResult.Started)
                program.triggerRun().trigger(RunRequest.ordinary(job.id(), Trigger.SCHEDULE));
        ends.add(started.end().whenComplete((_, _) -> room.release()));
      }
      for (CompletableFuture<RunOutcome> end : ends) {
        assertThat(end.get()).isInstanceOf(RunOutcome.Completed.class);
      }
      for (String path : List.of("/api/v1/jobs", "/api/v1/runs", "/metrics", "/")) {
        var request = HttpRequest.newBuilder(runningService.address().resolve(path)).build();
        assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
      }
    }
  }

  private Held held(Trial trial) throws Exception {
    // first, for it takes longer than a connection to the source is kept
    long heap = heap();
    return new Held(
        ManagementFactory.getThreadMXBean().getThreadCount(),
        virtualThreads(),
        openFiles(),
        number(
            trial.targetRows(
                "select count(*) from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()")),
        trial.connectionsAtSource(),
        number(trial.targetRows("select count(*) from pg_class where relpersistence = 't'")),
        number(trial.targetRows("select count(*) from quper.leases where run_id is not null")),
        heap);
  }

  private static long number(List<List<String>> rows) {
    return Long.parseLong(rows.getFirst().getFirst());
  }

  private static long openFiles() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }

  /**
   * Live objects: what is left after everything that nobody holds was collected. What has just
   * ended may be held for a moment more, so it is the least of several looks.
   */
  private static long heap() throws InterruptedException {
    var nobodyComes = new CountDownLatch(1);
    long least = Long.MAX_VALUE;
    for (int look = 0; look < LOOKS; look++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
      boolean _ = nobodyComes.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }
    return least;
  }

  private long virtualThreads() throws IOException {
    Path dump = directory.resolve("threads.json");
    Files.deleteIfExists(dump);
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpThreads(dump.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.JSON);
    JsonNode containers =
        JsonMapper.shared().readTree(dump.toFile()).at("/threadDump/threadContainers");
    return containers
        .valueStream()
        .flatMap(container -> container.path("threads").valueStream())
        .filter(thread -> thread.path("virtual").asBoolean(false))
        .count();
  }
}
