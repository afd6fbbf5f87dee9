package io.qupersync.sandbox.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Measures QuperSync beside what its users would take instead, on one machine, in turns, from the
/// same beginnings.
public final class Bench {

  /// What there is to choose from.
  public static final List<String> NAMES =
      Stream.concat(
              contests(BenchSettings.FEWEST_ROWS).map(Benchmark::name),
              Stream.of(StartUpBenchmark.NAME))
          .toList();

  private final BenchSettings settings;
  private final Consumer<String> progress;

  /// @param progress hears a line now and then
  public Bench(BenchSettings settings, Consumer<String> progress) {
    this.settings = settings;
    this.progress = progress;
  }

  private static Stream<Benchmark> contests(long rows) {
    return Stream.of(
            OrdersBenchmark.all(rows),
            List.of(new SmallJobsBenchmark(rows), new ScaleBenchmark(rows)),
            DistantSourceBenchmark.all(rows),
            OtherTablesBenchmark.all(rows))
        .flatMap(List::stream);
  }

  /// Measures everything that the settings want.
  ///
  /// @throws IllegalStateException when it cannot
  public BenchResult run() {
    try (var benchEnvironment = BenchEnvironment.open(settings.program())) {
      return run(benchEnvironment);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the bench was interrupted", stopped);
    } catch (RuntimeException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new IllegalStateException("the bench breaks: " + failure.getMessage(), failure);
    }
  }

  private BenchResult run(BenchEnvironment benchEnvironment) throws Exception {
    var sum = new BenchSum();
    for (Benchmark benchmark : contests(settings.rows()).toList()) {
      if (settings.wants(benchmark.name())) {
        Measured measured = measure(benchmark, benchEnvironment, sum);
        sum.add(measured, goals(benchmark, measured));
      }
    }
    if (settings.wants(StartUpBenchmark.NAME)) {
      progress.accept("(%s) starting it again and again ...".formatted(StartUpBenchmark.NAME));
      var startUpBenchmark = new StartUpBenchmark(benchEnvironment);
      Measured measured = startUpBenchmark.measure(settings.rounds());
      sum.add(measured, startUpBenchmark.goals(measured));
    }
    BenchResult result = sum.result(benchEnvironment.setting());
    if (settings.page().isPresent()) {
      new PerformancePage(result, settings).write(settings.page().get());
    }
    return result;
  }

  private List<Goal> goals(Benchmark benchmark, Measured measured) {
    return settings.other().isPresent()
        ? List.of(Goals.noSlower(benchmark, measured))
        : benchmark.goals(measured);
  }

  private Measured measure(Benchmark benchmark, BenchEnvironment benchEnvironment, BenchSum sum)
      throws Exception {
    tell(benchmark, benchmark.title() + ": making the data ...");
    benchmark.prepare(benchEnvironment);
    try (var serviceProcesses =
        new ServiceProcesses(benchEnvironment, benchmark.jobs(), settings.other())) {
      List<ContestantRuns> lanes = lanes(benchmark, benchEnvironment, serviceProcesses);
      for (int round = 0; round < settings.rounds(); round++) {
        for (ContestantRuns contestantRuns : turned(lanes, round)) {
          benchmark.reset(benchEnvironment, contestantRuns.service());
          double seconds = contestantRuns.attempt().cost().seconds();
          tell(
              benchmark,
              String.format(
                  Locale.ROOT,
                  "round %d of %d, %s: %.2f s",
                  round + 1,
                  settings.rounds(),
                  contestantRuns.contestant().name(),
                  seconds));
          contestantRuns
              .difference(benchEnvironment)
              .map(what -> tell(benchmark, what))
              .ifPresent(sum::wrong);
        }
      }
      if (settings.other().isEmpty() && benchmark.isWorthAProfile()) {
        Profile profile = profile(benchmark, lanes.getFirst(), benchEnvironment);
        sum.add(profile, benchmark.goals(profile));
      }
      var series = new ArrayList<Series>();
      for (ContestantRuns contestantRuns : lanes) {
        series.add(contestantRuns.series(benchEnvironment));
      }
      return new Measured(benchmark.name(), benchmark.title(), series);
    }
  }

  private static List<ContestantRuns> lanes(
      Benchmark benchmark, BenchEnvironment benchEnvironment, ServiceProcesses serviceProcesses)
      throws Exception {
    var lanes = new ArrayList<ContestantRuns>();
    for (Contestant contestant : benchmark.contestants(benchEnvironment, serviceProcesses.own())) {
      boolean own = contestant.name().startsWith(Contestant.QUPERSYNC);
      if (own || serviceProcesses.other().isEmpty()) {
        lanes.add(new ContestantRuns(contestant, serviceProcesses.own(), benchEnvironment));
      }
    }
    if (serviceProcesses.other().isPresent()) {
      ServiceProcess other = serviceProcesses.other().get();
      Contestant same = benchmark.contestants(benchEnvironment, other).getFirst();
      lanes.add(new ContestantRuns(same.named(Contestant.OTHER), other, benchEnvironment));
    }
    return lanes;
  }

  /// One more round of QuperSync, which counts for nothing else: watching costs time. Its JVM has
  /// done the same before, so what is cold about it is gone.
  private Profile profile(
      Benchmark benchmark, ContestantRuns contestantRuns, BenchEnvironment benchEnvironment)
      throws Exception {
    tell(benchmark, "one more round, to see where the time goes");
    ServiceProcess serviceProcess = contestantRuns.service();
    benchmark.reset(benchEnvironment, serviceProcess);
    var recorder = new Recorder(serviceProcess.pid());
    Path recording = benchEnvironment.file(benchmark.name() + ".jfr");
    recorder.start();
    CpuTimes before = ProcessMeter.busy(serviceProcess.pid());
    contestantRuns.contestant().attempt().once();
    CpuTimes used = ProcessMeter.busy(serviceProcess.pid()).since(before);
    recorder.stop(recording);
    long rows = benchEnvironment.sourceContents(contestantRuns.contestant().reads()).rows();
    return ProfileReader.read(benchmark.name(), rows, recording, used);
  }

  /// Who was first is last in the next round.
  private static List<ContestantRuns> turned(List<ContestantRuns> lanes, int round) {
    var turned = new ArrayList<>(lanes);
    Collections.rotate(turned, -round);
    return turned;
  }

  private String tell(Benchmark benchmark, String what) {
    String line = "(%s) %s".formatted(benchmark.name(), what);
    progress.accept(line);
    return line;
  }
}
