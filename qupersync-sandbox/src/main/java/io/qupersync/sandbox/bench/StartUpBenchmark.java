package io.qupersync.sandbox.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How long it takes from the start to the first answer that all is well, and what it then holds.
final class StartUpBenchmark {

  static final String NAME = "f";

  private static final double SECONDS = 0.5;
  private static final double MEGABYTES = 120;
  private static final double MEGA = 1e6;

  /// For what the start leaves to be done afterwards.
  private static final Duration REST = Duration.ofSeconds(3);

  private final BenchEnvironment benchEnvironment;

  StartUpBenchmark(BenchEnvironment benchEnvironment) {
    this.benchEnvironment = benchEnvironment;
  }

  /// Seconds in the figures are those of the start, memory is what it holds when idle.
  Measured measure(int rounds) throws Exception {
    // makes QuperSync's own tables, and runs the jobs that have never run
    try (ServiceProcess _ = benchEnvironment.serveBuiltIn()) {
      Thread.sleep(REST);
    }
    var samples = new ArrayList<Sample>();
    for (int round = 0; round < rounds; round++) {
      try (ServiceProcess serviceProcess = benchEnvironment.serveBuiltIn()) {
        Thread.sleep(REST);
        samples.add(sample(serviceProcess));
      }
    }
    return new Measured(
        NAME, "start-up, idle", List.of(new Series(Contestant.QUPERSYNC, 0, 0, samples)));
  }

  private static Sample sample(ServiceProcess serviceProcess) throws Exception {
    double seconds = serviceProcess.toReady().toNanos() / 1e9;
    long pid = serviceProcess.pid();
    var cost = new Cost(seconds, ProcessMeter.cpu(pid), 0, 0, 0, 0, 0, ProcessMeter.memory(pid));
    return new Sample(cost, serviceProcess.heap(), Optional.empty());
  }

  List<Goal> goals(Measured measured) {
    String with =
        benchEnvironment.program().hasImage()
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
