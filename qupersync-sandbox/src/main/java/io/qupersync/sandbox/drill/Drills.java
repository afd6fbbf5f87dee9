package io.qupersync.sandbox.drill;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The program, as a process of its own, under fire: killed, stopped, cut off from databases that
/// crash and come back. After each round its jobs must come to a good end by themselves, and
/// nothing may be lost, doubled or left behind.
public final class Drills {

  private static final List<Drill> ALL =
      Stream.of(ProcessDrills.all(), ServeDrills.all(), SourceDrills.all(), TargetDrills.all())
          .flatMap(List::stream)
          .toList();

  /// What there is to choose from.
  public static final List<String> NAMES = ALL.stream().map(Drill::name).toList();

  private final DrillSettings settings;
  private final Consumer<String> progress;

  /// @param progress hears a line now and then
  public Drills(DrillSettings settings, Consumer<String> progress) {
    this.settings = settings;
    this.progress = progress;
  }

  /// A result for each drill.
  ///
  /// @throws IllegalStateException when it cannot even begin
  public List<DrillResult> run() {
    try (var drillEnvironment = DrillEnvironment.open(settings.classPath())) {
      drillEnvironment.makeTables();
      var results = new ArrayList<DrillResult>();
      for (Drill drill : ALL) {
        if (settings.wants(drill)) {
          results.add(run(drill, drillEnvironment));
        }
      }
      return results;
    } catch (SQLException | IOException failure) {
      throw new IllegalStateException("the drill breaks: " + failure.getMessage(), failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the drill was interrupted", stopped);
    }
  }

  private DrillResult run(Drill drill, DrillEnvironment drillEnvironment)
      throws SQLException, InterruptedException {
    var sum = new DrillSum(drill.name());
    int rounds = settings.roundsOf(drill);
    for (int i = 0; i < rounds; i++) {
      long seed = settings.seed() + i;
      DrillRound drillRound = round(drill, drillEnvironment, seed);
      sum.add(drillRound, seed);
      progress.accept(
          "%s %d/%d (%s): %d faults so far, %d differences"
              .formatted(
                  drill.name(), i + 1, rounds, drillRound.work(), sum.faults(), sum.differences()));
      for (String complaint : drillRound.complaints()) {
        progress.accept("  " + complaint);
      }
    }
    return sum.result();
  }

  private static DrillRound round(Drill drill, DrillEnvironment drillEnvironment, long seed)
      throws SQLException, InterruptedException {
    var drillRound = new DrillRound(drillEnvironment, seed, drill.name());
    try {
      drillRound.prepare();
      drill.strike(drillRound);
      drillRound.finish();
    } catch (InterruptedException stopped) {
      throw stopped;
    } catch (Exception broken) {
      drillRound.complain("the round breaks: " + broken);
    } finally {
      drillRound.clear();
    }
    return drillRound;
  }
}
