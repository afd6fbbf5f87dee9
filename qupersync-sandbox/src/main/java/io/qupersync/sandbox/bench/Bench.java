package io.qupersync.sandbox.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// Measures QuperSync beside what its users would take instead, on one machine, in turns, from the
/// same beginnings.
public final class Bench {

  /// What there is to choose from.
  public static final List<String> NAMES = works(0).stream().map(Work::name).toList();

  private final BenchSettings settings;
  private final Consumer<String> progress;

  /// @param progress hears a line now and then
  public Bench(BenchSettings settings, Consumer<String> progress) {
    this.settings = settings;
    this.progress = progress;
  }

  private static List<Work> works(long rows) {
    return OrdersWork.all(rows);
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
    var goals = new ArrayList<Goal>();
    var figures = new ArrayList<Figure>();
    var wrong = new ArrayList<String>();
    for (Work work : works(settings.rows())) {
      if (settings.wants(work.name())) {
        Measured measured = measure(work, testbed, wrong);
        measured.series().forEach(one -> figures.add(Figure.of(work.name(), one)));
        goals.addAll(work.goals(measured));
      }
    }
    return new BenchResult(goals, figures, testbed.setting(), wrong);
  }

  private Measured measure(Work work, Testbed testbed, List<String> wrong) throws Exception {
    tell(work, work.title() + ": making the data ...");
    work.prepare(testbed);
    try (Service service = testbed.serve(work.jobs())) {
      var meter = new Meter(service.pid(), testbed.sourceAdmin(), testbed.targetAdmin());
      List<Lane> lanes = work.contestants(testbed, service).stream().map(Lane::new).toList();
      for (int round = 0; round < settings.rounds(); round++) {
        for (Lane lane : turned(lanes, round)) {
          work.reset(testbed, service);
          double seconds = lane.attempt(meter, service).cost().seconds();
          tell(
              work,
              String.format(
                  Locale.ROOT,
                  "round %d of %d, %s: %.2f s",
                  round + 1,
                  settings.rounds(),
                  lane.contestant().name(),
                  seconds));
          lane.difference(testbed).map(what -> tell(work, what)).ifPresent(wrong::add);
        }
      }
      var series = new ArrayList<Series>();
      for (Lane lane : lanes) {
        series.add(lane.series(testbed));
      }
      return new Measured(work.name(), work.title(), series);
    }
  }

  /// Who was first is last in the next round.
  private static List<Lane> turned(List<Lane> lanes, int round) {
    var turned = new ArrayList<>(lanes);
    Collections.rotate(turned, -round);
    return turned;
  }

  private String tell(Work work, String what) {
    String line = "(%s) %s".formatted(work.name(), what);
    progress.accept(line);
    return line;
  }
}
