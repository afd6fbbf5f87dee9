package io.qupersync.sandbox.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How long it takes from the start to the first answer that all is well, and what it then holds.
final class StartUp {

  static final String NAME = "f";

  private static final double SECONDS = 0.5;
  private static final double MEGABYTES = 120;
  private static final double MEGA = 1e6;

  /// For what the start leaves to be done afterwards.
  private static final Duration REST = Duration.ofSeconds(3);

  private final Testbed testbed;

  StartUp(Testbed testbed) {
    this.testbed = testbed;
  }

  /// Seconds in the figures are those of the start, memory is what it holds when idle.
  Measured measure(int rounds) throws Exception {
    // makes QuperSync's own tables, and runs the jobs that have never run
    try (Service _ = testbed.serveBuiltIn()) {
      Thread.sleep(REST);
    }
    var samples = new ArrayList<Sample>();
    for (int round = 0; round < rounds; round++) {
      try (Service service = testbed.serveBuiltIn()) {
        Thread.sleep(REST);
        samples.add(sample(service));
      }
    }
    return new Measured(
        NAME, "start-up, idle", List.of(new Series(Contestant.QUPERSYNC, 0, 0, samples)));
  }

  private static Sample sample(Service service) throws Exception {
    double seconds = service.toReady().toNanos() / 1e9;
    long pid = service.pid();
    var cost = new Cost(seconds, ProcessMeter.cpu(pid), 0, 0, 0, 0, 0, ProcessMeter.memory(pid));
    return new Sample(cost, service.heap(), Optional.empty());
  }

  List<Goal> goals(Measured measured) {
    String with =
        testbed.program().hasImage()
            ? "the image with its prepared start"
            : "the jar: no image is built here";
    Series own = measured.of(Contestant.QUPERSYNC);
    double seconds = own.median(Cost::seconds);
    double megabytes = own.median(Cost::peakMemory) / MEGA;
    return List.of(
        new Goal(
            "(f) start-up",
            with,
            String.format(Locale.ROOT, "under %.1f s", SECONDS),
            String.format(Locale.ROOT, "%.2f s", seconds),
            seconds < SECONDS),
        Goals.memory("(f) idle", with, MEGABYTES, megabytes));
  }
}
