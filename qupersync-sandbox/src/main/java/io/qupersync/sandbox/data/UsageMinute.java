package io.qupersync.sandbox.data;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A minute on the bill of a Serverless workgroup. What it costs is known an hour later.
record UsageMinute(Instant start, double capacity, long storage) implements ChangingRow {

  @Override
  public SystemView view() {
    return SystemView.SERVERLESS_USAGE;
  }

  @Override
  public String key() {
    return start.toString().replace('T', ' ').replace("Z", "");
  }

  @Override
  public Instant begins() {
    return start.plusSeconds(60);
  }

  @Override
  public Instant settles() {
    return start.plus(Duration.ofMinutes(61));
  }

  @Override
  public List<CopyLine> linesAt(Instant now) {
    boolean billed = !now.isBefore(settles());
    return List.of(
        CopyLine.of(
            start,
            start.plusSeconds(60),
            capacity * 60,
            capacity,
            storage,
            0,
            billed ? Math.round(capacity * 60) : 0));
  }
}
