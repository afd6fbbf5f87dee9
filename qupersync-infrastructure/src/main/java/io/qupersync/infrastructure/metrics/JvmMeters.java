package io.qupersync.infrastructure.metrics;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import java.lang.management.ManagementFactory;
import jdk.management.VirtualThreadSchedulerMXBean;

/// The machine room: memory, collections, threads, processor, file descriptors. Virtual threads are
/// seen through their scheduler, which costs nothing; JFR would.
final class JvmMeters implements AutoCloseable {

  private static final double NANOS_PER_SECOND = 1e9;

  private final JvmGcMetrics collections = new JvmGcMetrics();

  /// @param registry a new one: filters come before the meters they are for
  JvmMeters(MeterRegistry registry) {
    registry
        .config()
        .meterFilter(MeterFilter.denyNameStartsWith("process.cpu.time"))
        .meterFilter(MeterFilter.denyNameStartsWith("system.cpu.count"));
    new JvmMemoryMetrics().bindTo(registry);
    collections.bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    bindProcessor(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    bind(ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class), registry);
  }

  /// Micrometer's own, except where its names break the conventions (nanoseconds, and `_count`).
  private static void bindProcessor(MeterRegistry registry) {
    new ProcessorMetrics().bindTo(registry);
    FunctionCounter.builder(
            "process.cpu",
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class),
            system -> system.getProcessCpuTime() / NANOS_PER_SECOND)
        .description("Processor time this process has used")
        .baseUnit("seconds")
        .register(registry);
  }

  private static void bind(VirtualThreadSchedulerMXBean scheduler, MeterRegistry registry) {
    Gauge.builder(
            "jvm.virtual.threads.mounted",
            scheduler,
            VirtualThreadSchedulerMXBean::getMountedVirtualThreadCount)
        .description("Virtual threads that are running on a carrier thread")
        .register(registry);
    Gauge.builder(
            "jvm.virtual.threads.queued",
            scheduler,
            VirtualThreadSchedulerMXBean::getQueuedVirtualThreadCount)
        .description("Virtual threads that wait for a carrier thread")
        .register(registry);
    Gauge.builder(
            "jvm.virtual.threads.parallelism",
            scheduler,
            VirtualThreadSchedulerMXBean::getParallelism)
        .description("How many virtual threads may run at a time")
        .register(registry);
  }

  @Override
  public void close() {
    collections.close();
  }
}
