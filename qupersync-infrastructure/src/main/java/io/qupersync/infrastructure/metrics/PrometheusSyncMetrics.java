package io.qupersync.infrastructure.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.qupersync.application.port.Gauges;
import io.qupersync.application.port.SyncMetrics;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.RunStatus;
import io.qupersync.domain.run.RunTally;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/// Everything that is counted and looked up, in the forms that Prometheus reads. Names carry base
/// units, each has a help text, and the only labels without a fixed set of values are the names of
/// jobs and alert channels, which the configuration bounds.
public final class PrometheusSyncMetrics implements SyncMetrics, AutoCloseable {

  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
  private static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmMeters jvm = new JvmMeters(registry);
  private final RunMeters runs = new RunMeters(registry);
  private final AtomicInteger inProgress = new AtomicInteger();
  private final PolledGauges polled;
  private final ReentrantLock reading = new ReentrantLock();

  /// @param version of the program
  /// @param clock tells how old an answer is
  public PrometheusSyncMetrics(String version, InstantSource clock) {
    this.polled = new PolledGauges(registry, runs, clock);
    Gauge.builder("qupersync.build.info", () -> 1)
        .description("Always 1; the labels say which program this is")
        .tag("version", version)
        .tag("java", Runtime.version().toString())
        .register(registry);
    Gauge.builder("qupersync.runs.in.progress", inProgress, AtomicInteger::get)
        .description("Runs under way in this process")
        .register(registry);
  }

  /// A scrape, and how to label it.
  public record Scrape(String contentType, String body) {}

  /// From now on these are part of each scrape.
  public void poll(Gauges gauges) {
    polled.poll(gauges);
  }

  /// All metrics, in the text form that every version of Prometheus reads.
  public String scrape() {
    return read(TEXT);
  }

  /// @param accept what the caller says it can read; OpenMetrics only for those who ask for it
  public Scrape scrape(String accept) {
    String contentType = accept.contains("application/openmetrics-text") ? OPEN_METRICS : TEXT;
    return new Scrape(contentType, read(contentType));
  }

  /// One at a time, for the gauges of the jobs are exchanged before they are read.
  private String read(String contentType) {
    Optional<PolledGauges.Look> look = polled.look();
    reading.lock();
    try {
      look.ifPresent(polled::show);
      return registry.scrape(contentType);
    } finally {
      reading.unlock();
    }
  }

  @Override
  public void started(JobId job) {
    inProgress.incrementAndGet();
  }

  @Override
  public void ended(JobId job, RunStatus status, Duration took) {
    inProgress.decrementAndGet();
    runs.ended(job, status.word(), took);
  }

  @Override
  public void failedToStart(JobId job) {
    runs.failedToStart(job);
  }

  @Override
  public void committed(JobId job, RunTally more) {
    runs.committed(job, more);
  }

  @Override
  public void retried(JobId job) {
    runs.retried(job);
  }

  @Override
  public void misfired(JobId job) {
    runs.misfired(job);
  }

  @Override
  public void ticked() {
    runs.ticked();
  }

  @Override
  public void alertDelivered(String channel) {
    runs.alert(channel, "delivered");
  }

  @Override
  public void alertFailed(String channel) {
    runs.alert(channel, "failed");
  }

  @Override
  public void close() {
    jvm.close();
    registry.close();
  }
}
