package io.qupersync.sandbox.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PerformancePageTest {

  private static final BenchSettings SETTINGS =
      new BenchSettings(
          20_000, 3, List.of("a"), Path.of("qupersync.jar"), Optional.empty(), Optional.empty());

  private static final Series OWN =
      new Series(
          "QuperSync",
          20_000,
          2_000_000,
          List.of(
              new Sample(
                  new Cost(2, 0.5, 0, 0.1, 1, 0.2, 3_000_000, 100_000_000),
                  20_000_000,
                  Optional.of(new ReportedCounts("success", 20_000, 20_000, 0, 0, 0)))));

  private static final BenchResult RESULT =
      new BenchResult(
          List.of(new Goal("(a) initial load", "psql", "1.8 ×", "1.50 ×", false)),
          List.of(Figure.of("a", OWN)),
          Map.of("a", "(a) initial load"),
          List.of(
              new Profile(
                  "a",
                  1_000_000,
                  200,
                  List.of(new Profile.Share("decoding", 150)),
                  List.of(new Profile.Share("RowPacker.addText", 50)),
                  0.25,
                  2.0,
                  0.3,
                  0.1)),
          "2 cores, Linux",
          List.of());

  @Test
  void says_what_was_wanted_and_what_was_measured() throws Exception {
    assertThat(text()).contains("| (a) initial load | psql | 1.8 × | 1.50 × | **no** |");
  }

  @Test
  void tells_all_figures() throws Exception {
    assertThat(text())
        .contains(
            "| a | QuperSync | 2.00 | 10,000 | 1.0 | 0.50 | 0.00 | 0.20 | 1.00 | 0.10 | 3.0 | 100 | 20 | 20,000 | 0 |");
  }

  @Test
  void tells_where_the_time_goes() throws Exception {
    assertThat(text())
        .contains("(a): 200 samples; the collector stopped all others for 0.25 s.")
        .contains("| decoding | 75.0 % | 1.50 |")
        .contains("| JIT compilers | | 0.30 |")
        .contains("| garbage collector, JVM | | 0.10 |")
        .contains("| RowPacker.addText | 25.0 % | 0.50 |");
  }

  @Test
  void tells_what_distance_costs() throws Exception {
    var result =
        new BenchResult(
            List.of(),
            List.of(far(0, 2), far(5, 2.5), far(20, 4)),
            Map.of(),
            List.of(),
            "2 cores",
            List.of());

    assertThat(new PerformancePage(result, SETTINGS).text())
        .contains("| h | QuperSync, 0 ms away | 20,000 | 2.00 | 10,000 | 0.00 s |")
        .contains("| h | QuperSync, 20 ms away | 20,000 | 4.00 | 5,000 | 2.00 s |");
    assertThat(text()).contains("Not measured this time.");
  }

  private static Figure far(int delay, double seconds) {
    var sample = new Sample(new Cost(seconds, 0, 0, 0, 0, 0, 0, 0), 0, Optional.empty());
    return Figure.of(
        "h", new Series("QuperSync, %d ms away".formatted(delay), 20_000, 10, List.of(sample)));
  }

  @Test
  void tells_how_to_do_the_same_again() throws Exception {
    assertThat(text())
        .contains("./qupersync bench --rows 20000 --rounds 3 --only a --write docs")
        .contains("2 cores, Linux")
        .doesNotContainPattern("%[a-z]+%");
  }

  @Test
  void puts_the_plot_where_the_page_looks_for_it(@TempDir Path folder) throws Exception {
    new PerformancePage(RESULT, SETTINGS).write(folder);

    assertThat(folder.resolve("performance.md")).content().contains("(images/performance.svg)");
    assertThat(Files.readString(folder.resolve("images/performance.svg")))
        .contains("(a) initial load");
  }

  private static String text() throws Exception {
    return new PerformancePage(RESULT, SETTINGS).text();
  }
}
