package io.qupersync.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.sandbox.drill.DrillResult;
import io.qupersync.sandbox.drill.DrillSettings;
import io.qupersync.sandbox.drill.Drills;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The program that ships, as processes of its own, under fire; `./qupersync drill` goes on longer.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class DrillIT {

  private static final long SEED = 3;

  @Test
  void loses_nothing_doubles_nothing_and_leaves_nothing_behind() {
    String program = Path.of("target/qupersync.jar").toAbsolutePath().toString();
    var settings = new DrillSettings(OptionalInt.of(1), List.of(), SEED, program);

    List<DrillResult> results = new Drills(settings, System.out::println).run();

    assertThat(results).extracting(DrillResult::drill).isEqualTo(Drills.NAMES);
    assertThat(results)
        .allSatisfy(result -> {
          assertThat(result.complaints()).as(result.drill()).isEmpty();
          assertThat(result.differences()).as(result.drill()).isZero();
          assertThat(result.compared()).as(result.drill()).isPositive();
        });
    assertThat(results.stream().mapToInt(DrillResult::faults).sum()).isGreaterThan(10);
  }
}
