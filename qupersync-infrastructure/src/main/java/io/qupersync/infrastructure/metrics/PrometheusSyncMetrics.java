package io.qupersync.infrastructure.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.qupersync.application.port.Gauges;
import io.qupersync.application.port.SyncMetrics;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.RunStatus;
import io.qupersync.domain.run.RunTally;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// Everything that is counted and looked up, in the forms that Prometheus reads. Names carry base
/// units, each has a help text, and the only labels without a fixed set of values are the names of
/// jobs and alert channels, which the configuration bounds.
public final class PrometheusSyncMetrics implements SyncMetrics, AutoCloseable {

  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
  private static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";

  /// Of a text in OpenMetrics.
  private static final String END = "# EOF\n";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmMeters jvm = new JvmMeters(registry);
  private final RunMeters runs = new RunMeters(registry);
  private final JobCounters jobs = new JobCounters();
  private final AtomicInteger inProgress = new AtomicInteger();
  private final AtomicReference<LongSupplier> droppedLogLines = new AtomicReference<>(() -> 0);
  private final PolledGauges polled;
  private final ReentrantLock reading = new ReentrantLock();

  /// @param version of the program
  /// @param clock tells how old an answer is
  public PrometheusSyncMetrics(String version, InstantSource clock) {
    this.polled = new PolledGauges(registry, jobs, clock);
    Gauge.builder("qupersync.build.info", () -> 1)
        .description("Always 1; the labels say which program this is")
        .tag("version", version)
        .tag("java", Runtime.version().toString())
        .register(registry);
    FunctionCounter.builder(
            "qupersync.log.lines.dropped", droppedLogLines, lines -> lines.get().getAsLong())
        .description("Lines of the log that were dropped because nobody read stderr in time")
        .register(registry);
    Gauge.builder("qupersync.runs.in.progress", inProgress, AtomicInteger::get)
        .description("Runs under way in this process")
        .register(registry);
  }

  /// From now on each scrape tells how many lines the log has dropped; until then it says none.
  ///
  /// @param dropped since this process began
  public void countDroppedLogLines(LongSupplier dropped) {
    droppedLogLines.set(dropped);
  }

  /// A scrape, and how to label it.
  public record Scrape(String contentType, Writing writing) {

    /// Writes all of it, family by family: nothing holds the whole.
    public void writeTo(OutputStream out) throws IOException {
      writing.to(out);
    }

    /// The whole, for those whose jobs are few.
    public String body() {
      var out = new ByteArrayOutputStream();
      try {
        writeTo(out);
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
      return out.toString(UTF_8);
    }
  }

  /// Writes a scrape; may be called again.
  @FunctionalInterface
  public interface Writing {
    void to(OutputStream out) throws IOException;
  }

  /// From now on these are part of each scrape.
  public void poll(Gauges gauges) {
    polled.poll(gauges);
  }

  /// All metrics, in the text form that every version of Prometheus reads.
  public String scrape() {
    return scrape("").body();
  }

  /// @param accept what the caller says it can read; OpenMetrics only for those who ask for it
  public Scrape scrape(String accept) {
    boolean isOpenMetrics = accept.contains("application/openmetrics-text");
    String contentType = isOpenMetrics ? OPEN_METRICS : TEXT;
    Optional<PolledGauges.Look> look = polled.look();
    String ofProcess = read(look, contentType);
    return new Scrape(contentType, out -> write(look, ofProcess, isOpenMetrics, out));
  }

  /// All but the jobs, which are not in the registry. One at a time, for the gauges of the pools
  /// are exchanged before they are read.
  private String read(Optional<PolledGauges.Look> look, String contentType) {
    reading.lock();
    try {
      look.ifPresent(polled::show);
      return registry.scrape(contentType);
    } finally {
      reading.unlock();
    }
  }

  private void write(
      Optional<PolledGauges.Look> look, String ofProcess, boolean isOpenMetrics, OutputStream out)
      throws IOException {
    var text =
        new MetricText(new BufferedWriter(new OutputStreamWriter(out, UTF_8)), isOpenMetrics);
    text.out().write(ofProcess, 0, ofProcess.length() - (isOpenMetrics ? END.length() : 0));
    jobs.write(text);
    PolledGauges.write(look.flatMap(PolledGauges.Look::jobs).orElseGet(List::of), text);
    text.end();
  }

  @Override
  public void started(JobId job) {
    inProgress.incrementAndGet();
  }

  @Override
  public void ended(JobId job, RunStatus status, Duration took) {
    inProgress.decrementAndGet();
    jobs.ended(job, status.word(), took);
  }

  @Override
  public void failedToStart(JobId job) {
    jobs.failedToStart(job);
  }

  @Override
  public void committed(JobId job, RunTally more) {
    jobs.committed(job, more);
  }

  @Override
  public void retried(JobId job) {
    jobs.retried(job);
  }

  @Override
  public void misfired(JobId job) {
    jobs.misfired(job);
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
