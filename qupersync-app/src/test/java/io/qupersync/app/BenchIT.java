package io.qupersync.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.sandbox.bench.Bench;
import io.qupersync.sandbox.bench.BenchResult;
import io.qupersync.sandbox.bench.BenchSettings;
import io.qupersync.sandbox.bench.Figure;
import io.qupersync.sandbox.bench.Goal;
import io.qupersync.sandbox.bench.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything that is measured is measured, and every copy is right. Whether it was quick enough is
 * not asked: the machine has other things to do, and the tables are small.
 */
class BenchIT {

  private static final long ROWS = 20_000;

  @Test
  void measures_every_work_and_finds_every_copy_right(@TempDir Path folder) throws IOException {
    Path program = Path.of("target/qupersync.jar").toAbsolutePath();
    var settings = new BenchSettings(ROWS, 1, List.of(), program, Optional.of(folder));

    BenchResult result = new Bench(settings, System.out::println).run();

    assertThat(result.wrong()).isEmpty();
    assertThat(result.figures()).extracting(Figure::work).containsAll(Bench.NAMES);
    assertThat(result.figures())
        .allSatisfy(figure -> {
          assertThat(figure.seconds()).isPositive();
          assertThat(figure.rows()).matches(rows -> rows > 0 || figure.work().equals("f"));
        });
    assertThat(result.goals()).extracting(Goal::measured).doesNotContain("", "NaN ×");
    assertThat(result.profiles()).extracting(Profile::work).containsExactly("a", "c");
    assertThat(folder.resolve("performance.md"))
        .content()
        .contains("| (a) initial load | psql pipe with upsert | 1.8 × | ", "| c | QuperSync | ")
        .doesNotContainPattern("%[a-z]+%");
    assertThat(Files.readString(folder.resolve("images/performance.svg"))).contains("psql pipe");
    assertThat(figure(result, "a").inserted()).isEqualTo(ROWS);
    assertThat(figure(result, "b").updated()).isEqualTo(ROWS / 20);
    assertThat(figure(result, "c").unchanged()).isEqualTo(ROWS);
    assertThat(figure(result, "d").deleted()).isEqualTo(ROWS / 100);
  }

  private static Figure figure(BenchResult result, String work) {
    return result.figures().stream()
        .filter(figure -> figure.work().equals(work) && figure.contestant().equals("QuperSync"))
        .findFirst()
        .orElseThrow();
  }
}
