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
      Stream.concat(contests(BenchSettings.FEWEST_ROWS).map(Contest::name), Stream.of(StartUp.NAME))
          .toList();

  private final BenchSettings settings;
  private final Consumer<String> progress;

  /// @param progress hears a line now and then
  public Bench(BenchSettings settings, Consumer<String> progress) {
    this.settings = settings;
    this.progress = progress;
  }

  private static Stream<Contest> contests(long rows) {
    return Stream.of(
            OrdersContest.all(rows),
            List.of(new SmallJobs(rows), new ScaleContest(rows)),
            FarSource.all(rows),
            OtherTables.all(rows))
        .flatMap(List::stream);
  }

  /// Measures everything that the settings want.
  ///
  /// @throws IllegalStateException when it cannot
  public BenchResult run() {
    try (var testbed = Testbed.open(settings.program())) {
      return run(testbed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the bench was interrupted", stopped);
    } catch (RuntimeException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new IllegalStateException("the bench breaks: " + failure.getMessage(), failure);
    }
  }

  private BenchResult run(Testbed testbed) throws Exception {
    var sum = new BenchSum();
    for (Contest contest : contests(settings.rows()).toList()) {
      if (settings.wants(contest.name())) {
        Measured measured = measure(contest, testbed, sum);
        sum.add(measured, goals(contest, measured));
      }
    }
    if (settings.wants(StartUp.NAME)) {
      progress.accept("(%s) starting it again and again ...".formatted(StartUp.NAME));
      var startUp = new StartUp(testbed);
      Measured measured = startUp.measure(settings.rounds());
      sum.add(measured, startUp.goals(measured));
    }
    BenchResult result = sum.result(testbed.setting());
    if (settings.page().isPresent()) {
      new PerformancePage(result, settings).write(settings.page().get());
    }
    return result;
  }

  private List<Goal> goals(Contest contest, Measured measured) {
    return settings.other().isPresent()
        ? List.of(Goals.noSlower(contest, measured))
        : contest.goals(measured);
  }

  private Measured measure(Contest contest, Testbed testbed, BenchSum sum) throws Exception {
    tell(contest, contest.title() + ": making the data ...");
    contest.prepare(testbed);
    try (var services = new Services(testbed, contest.jobs(), settings.other())) {
      List<Lane> lanes = lanes(contest, testbed, services);
      for (int round = 0; round < settings.rounds(); round++) {
        for (Lane lane : turned(lanes, round)) {
          contest.reset(testbed, lane.service());
          double seconds = lane.attempt().cost().seconds();
          tell(
              contest,
              String.format(
                  Locale.ROOT,
                  "round %d of %d, %s: %.2f s",
                  round + 1,
                  settings.rounds(),
                  lane.contestant().name(),
                  seconds));
          lane.difference(testbed).map(what -> tell(contest, what)).ifPresent(sum::wrong);
        }
      }
      if (settings.other().isEmpty() && contest.isWorthAProfile()) {
        Profile profile = profile(contest, lanes.getFirst(), testbed);
        sum.add(profile, contest.goals(profile));
      }
      var series = new ArrayList<Series>();
      for (Lane lane : lanes) {
        series.add(lane.series(testbed));
      }
      return new Measured(contest.name(), contest.title(), series);
    }
  }

  private static List<Lane> lanes(Contest contest, Testbed testbed, Services services)
      throws Exception {
    var lanes = new ArrayList<Lane>();
    for (Contestant contestant : contest.contestants(testbed, services.own())) {
      boolean own = contestant.name().startsWith(Contestant.QUPERSYNC);
      if (own || services.other().isEmpty()) {
        lanes.add(new Lane(contestant, services.own(), testbed));
      }
    }
    if (services.other().isPresent()) {
      Service other = services.other().get();
      Contestant same = contest.contestants(testbed, other).getFirst();
      lanes.add(new Lane(same.named(Contestant.OTHER), other, testbed));
    }
    return lanes;
  }

  /// One more round of QuperSync, which counts for nothing else: watching costs time. Its JVM has
  /// done the same before, so what is cold about it is gone.
  private Profile profile(Contest contest, Lane lane, Testbed testbed) throws Exception {
    tell(contest, "one more round, to see where the time goes");
    Service service = lane.service();
    contest.reset(testbed, service);
    var recorder = new Recorder(service.pid());
    Path recording = testbed.file(contest.name() + ".jfr");
    recorder.start();
    Busy before = ProcessMeter.busy(service.pid());
    lane.contestant().attempt().once();
    Busy used = ProcessMeter.busy(service.pid()).since(before);
    recorder.stop(recording);
    long rows = testbed.sourceContents(lane.contestant().reads()).rows();
    return ProfileReader.read(contest.name(), rows, recording, used);
  }

  /// Who was first is last in the next round.
  private static List<Lane> turned(List<Lane> lanes, int round) {
    var turned = new ArrayList<>(lanes);
    Collections.rotate(turned, -round);
    return turned;
  }

  private String tell(Contest contest, String what) {
    String line = "(%s) %s".formatted(contest.name(), what);
    progress.accept(line);
    return line;
  }
}
