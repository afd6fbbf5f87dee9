package io.qupersync.infrastructure.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/// What is counted while it happens, besides what is counted for each job. The registry hands the
/// same meter out for the same labels.
final class RunMeters {

  private final MeterRegistry registry;
  private final Counter ticks;

  RunMeters(MeterRegistry registry) {
    this.registry = registry;
    this.ticks =
        Counter.builder("qupersync.scheduler.ticks")
            .description("How often the scheduler looked for what is due")
            .register(registry);
  }

  void ticked() {
    ticks.increment();
  }

  void alert(String channel, String result) {
    Counter.builder("qupersync.alerts")
        .description("Tries to tell someone of an incident, by how they ended")
        .tag("channel", channel)
        .tag("result", result)
        .register(registry)
        .increment();
  }
}
