package io.qupersync.infrastructure.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.qupersync.application.port.Gauges;
import io.qupersync.application.port.Gauges.Backlog;
import io.qupersync.application.port.Gauges.Job;
import io.qupersync.application.port.Gauges.Pool;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What is looked up at a scrape. How the jobs stand is asked of the state store every few seconds
/// at most, however often and by however many the service is scraped; while it does not answer, the
/// jobs' gauges are left out instead of repeating what was true once.
final class PolledGauges {

  private static final Duration FRESH = Duration.ofSeconds(5);

  /// Prometheus itself waits 10 seconds for the whole scrape.
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final InstantSource clock;
  private final MeterRegistry registry;
  private final JobCounters counters;
  private final MultiGauge connections;
  private final MultiGauge mostConnections;
  private final MultiGauge borrowers;
  private @Nullable Gauges gauges;
  private @Nullable Polled<List<Job>> jobs;
  private volatile boolean readable;

  PolledGauges(MeterRegistry registry, JobCounters counters, InstantSource clock) {
    this.clock = clock;
    this.registry = registry;
    this.counters = counters;
    this.connections =
        many("qupersync.pool.connections", "Open connections by pool, and whether in use");
    this.mostConnections =
        many("qupersync.pool.connections.limit", "How many connections a pool may open");
    this.borrowers =
        many("qupersync.pool.waiting", "Threads that wait for a connection of the pool");
  }

  private MultiGauge many(String name, String description) {
    return MultiGauge.builder(name).description(description).register(registry);
  }

  synchronized void poll(Gauges source) {
    gauges = source;
    jobs = new Polled<>(source::jobs, clock, FRESH, PATIENCE);
    Supplier<Backlog> queue = () -> source.process().queue();
    one("qupersync.queue", "rows", "Rows read that wait to be written", () -> queue.get().rows());
    one(
        "qupersync.queue",
        "bytes",
        "Heap held by rows that wait to be written",
        () -> queue.get().bytes());
    one(
        "qupersync.due.runs.waiting",
        "",
        "Runs that are due and wait for their turn",
        () -> source.process().dueRuns());
    one(
        "qupersync.state.readable",
        "",
        "1 when the state in the target answered this scrape in time",
        () -> readable ? 1 : 0);
  }

  private void one(String name, String unit, String description, Supplier<Number> value) {
    String full = unit.isEmpty() ? name : name + '.' + unit;
    Gauge.builder(full, value).description(description).register(registry);
  }

  /// What the gauges are to show.
  record Look(List<Pool> pools, Optional<List<Job>> jobs) {}

  /// Looks again, where the last look is too old. Shows nothing yet: an answer may be long in
  /// coming, and several may wait for it at a time.
  Optional<Look> look() {
    Gauges source = gauges;
    Polled<List<Job>> polled = jobs;
    if (source == null || polled == null) {
      return Optional.empty();
    }
    Optional<List<Job>> answer = polled.latest();
    return Optional.of(new Look(source.process().pools(), answer));
  }

  /// Puts one set of pools' gauges in the place of another, one after the other: nobody may read
  /// the registry meanwhile, or sees some twice and others not at all. The jobs' gauges are written
  /// from the look itself.
  void show(Look look) {
    show(look.pools());
    show(look.jobs());
  }

  private synchronized void show(Optional<List<Job>> answer) {
    readable = answer.isPresent();
    answer.orElseGet(List::of).forEach(job -> counters.expect(job.job()));
  }

  /// How the jobs stood at a look.
  static void write(List<Job> jobs, MetricText text) throws IOException {
    write(
        jobs,
        text.gauge("qupersync_dead_letters", "Rejected rows that wait"),
        job -> Optional.of((double) job.deadLetters()));
    write(
        jobs,
        text.gauge(
            "qupersync_job_running", "1 while a run of the job is under way, on any instance"),
        job -> Optional.of(job.running() ? 1.0 : 0.0));
    write(
        jobs,
        text.gauge(
            "qupersync_last_success_timestamp_seconds", "When a job last ended well, Unix time"),
        job -> job.lastSuccess().map(PolledGauges::unixTime));
    write(
        jobs,
        text.gauge(
            "qupersync_source_retention_left_seconds",
            "Time until the source forgets rows that a job has not read; negative when it may have"),
        job -> job.retentionLeft().map(PolledGauges::seconds));
    write(
        jobs,
        text.gauge("qupersync_watermark_lag_seconds", "How far a job's watermark lies behind now"),
        job -> job.lag().map(PolledGauges::seconds));
  }

  private static void write(
      List<Job> jobs, MetricFamily family, Function<Job, Optional<Double>> value)
      throws IOException {
    for (Job job : jobs) {
      Optional<Double> number = value.apply(job);
      if (number.isPresent()) {
        family.sample("", job.job(), Double.toString(number.get()));
      }
    }
  }

  private synchronized void show(List<Pool> pools) {
    connections.register(
        pools.stream()
            .flatMap(pool ->
                Stream.<Row<?>>of(
                    Row.of(tags(pool).and("state", "active"), pool.active()),
                    Row.of(tags(pool).and("state", "idle"), pool.idle())))
            .toList(),
        true);
    mostConnections.register(
        pools.stream().<Row<?>>map(pool -> Row.of(tags(pool), pool.most())).toList(), true);
    borrowers.register(
        pools.stream().<Row<?>>map(pool -> Row.of(tags(pool), pool.waiting())).toList(), true);
  }

  private static Tags tags(Pool pool) {
    return Tags.of("pool", pool.name());
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  private static double unixTime(Instant instant) {
    return instant.toEpochMilli() / 1000.0;
  }
}
