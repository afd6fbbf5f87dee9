package io.qupersync.app.config;

import io.qupersync.domain.job.RunLimits;
import io.qupersync.interfaces.text.Durations;
import java.time.Duration;
import java.time.ZoneId;

/// Reads the section `defaults`.
final class DefaultsReader {

  private DefaultsReader() {}

  /// @param sourceConnections how many sessions there may be at the source
  static DefaultsConfig read(Section section, int sourceConnections) {
    RunLimits limits = LimitsReader.read(section, RunLimits.defaults());
    return new DefaultsConfig(
        section.read("interval", Durations::interval).orElse(Duration.ofMinutes(5)),
        section.read("lookback", Durations::parse).orElse(Duration.ofMinutes(5)),
        limits.batchSize(),
        limits.maxTransactionRows(),
        limits.maxRejected(),
        limits.maxDeletedPercent(),
        ParallelReader.readers(section, sourceConnections).orElse(1),
        section.read("timezone", Values::zone).orElse(ZoneId.of("US/Pacific")),
        section.read("misfire_grace", Durations::parse).orElse(Duration.ofSeconds(60)),
        limits.timeout(),
        limits.retry());
  }
}
