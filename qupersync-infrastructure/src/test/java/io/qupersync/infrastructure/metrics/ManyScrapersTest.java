package io.qupersync.infrastructure.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.application.port.Gauges;
import io.qupersync.application.testkit.FixedGauges;
import io.qupersync.application.testkit.SettableClock;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.RunStatus;
import io.qupersync.domain.run.RunTally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Several Prometheus servers that scrape at the same time, while jobs and pools come and go.
@Timeout(120)
class ManyScrapersTest {

  private static final int SCRAPERS = 8;
  private static final int SCRAPES = 25;
  private static final int JOBS = 20;
  private static final int NAMES = 30;

  private final SettableClock clock = SettableClock.atSomeMorning();
  private final PrometheusSyncMetrics metrics = new PrometheusSyncMetrics("1", clock);
  private final AtomicInteger turn = new AtomicInteger();

  @AfterEach
  void end() {
    metrics.close();
  }

  @Test
  void each_gets_every_gauge_once() throws Exception {
    metrics.poll(changing());
    try (var executor = Executors.newFixedThreadPool(SCRAPERS)) {
      var scrapers = new ArrayList<Callable<List<String>>>();
      for (int i = 0; i < SCRAPERS; i++) {
        scrapers.add(this::scrapeAgainAndAgain);
      }
      for (Future<List<String>> scraped : executor.invokeAll(scrapers, 100, TimeUnit.SECONDS)) {
        assertThat(scraped.get()).isEmpty();
      }
    }
  }

  /// What was wrong with them.
  private List<String> scrapeAgainAndAgain() {
    var complaints = new ArrayList<String>();
    for (int i = 0; i < SCRAPES; i++) {
      clock.tick(Duration.ofSeconds(6));
      var job = new JobId("job_" + i % JOBS);
      metrics.started(job);
      metrics.committed(job, RunTally.zero());
      metrics.ended(job, RunStatus.SUCCESS, Duration.ofMillis(i));
      String text = metrics.scrape(i % 2 == 0 ? "" : "application/openmetrics-text").body();
      var seen = new HashSet<String>();
      text.lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.substring(0, line.lastIndexOf(' ')))
          .filter(series -> !seen.add(series))
          .forEach(complaints::add);
      long running = text.lines().filter(line -> line.startsWith("qupersync_job_running{")).count();
      if (running != JOBS) {
        complaints.add("jobs shown: " + running);
      }
    }
    return complaints;
  }

  /// Other jobs and other pools at every look, as many each time.
  private Gauges changing() {
    return new Gauges() {
      @Override
      public List<Job> jobs() {
        int first = turn.incrementAndGet();
        var gauges = new FixedGauges();
        for (int i = 0; i < JOBS; i++) {
          gauges.job(FixedGauges.aJob("job_" + (first + i) % NAMES).running());
        }
        return gauges.jobs();
      }

      @Override
      public ThisProcess process() {
        return new FixedGauges()
            .pool("pool_" + turn.get() % 3, 1, 2, 3, 4)
            .pool("pool_x", 1, 2, 3, 4)
            .process();
      }
    };
  }
}
