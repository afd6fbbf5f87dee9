package io.qupersync.interfaces.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchTableTest {

  private static final BenchTable.Goal REACHED =
      new BenchTable.Goal("(a) initial load", "psql", "1.8 ×", "2.01 ×", true);
  private static final BenchTable.Goal MISSED =
      new BenchTable.Goal("(b) changes", "psql", "1.2 ×", "1.10 ×", false);

  private final CapturedConsole text = CapturedConsole.piped();
  private final CapturedConsole json = CapturedConsole.json();

  @Test
  void tells_of_each_goal_whether_it_was_reached() {
    show(text, List.of(REACHED, MISSED), List.of());

    assertThat(text.out())
        .contains(
            """
            work              against  wanted  measured  reached
            (a) initial load  psql      1.8 ×    2.01 ×  yes
            (b) changes       psql      1.2 ×    1.10 ×  no
            """);
  }

  @Test
  void shows_what_each_contestant_took() {
    show(text, List.of(REACHED), List.of());

    assertThat(text.out())
        .contains("work who       seconds  rows/s MB/s JVM CPU s")
        .containsPattern("a +QuperSync +12\\.35 +404,858 +64\\.8 ")
        .endsWith("\nPostgreSQL 18\n");
  }

  @Test
  void fails_when_a_goal_was_missed() {
    assertThat(show(text, List.of(REACHED), List.of())).isEqualTo(ExitCode.DONE);
    assertThat(show(text, List.of(REACHED, MISSED), List.of())).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void fails_when_a_copy_is_wrong_however_quick_it_was() {
    assertThat(show(text, List.of(REACHED), List.of("(a) 1 row is missing")))
        .isEqualTo(ExitCode.FAILED);
    assertThat(text.err()).isEqualTo("error: (a) 1 row is missing\n");
  }

  @Test
  void puts_goals_and_figures_into_one_array() {
    show(json, List.of(MISSED), List.of());

    assertThat(json.out())
        .contains("\"measured\": \"1.10 ×\",\n    \"reached\": false")
        .contains("\"contestant\": \"QuperSync\",\n    \"seconds\": 12.345")
        .doesNotContain("PostgreSQL 18");
  }

  private static ExitCode show(
      CapturedConsole captured, List<BenchTable.Goal> goals, List<String> wrong) {
    return new BenchTable(captured.console())
        .show(goals, List.of(figure()), "PostgreSQL 18", wrong);
  }

  private static BenchTable.Figure figure() {
    var numbers = new LinkedHashMap<String, Number>();
    numbers.put("seconds", 12.345);
    numbers.put("rows_per_second", 404_858.0);
    numbers.put("megabytes_per_second", 64.777);
    for (String other :
        List.of(
            "jvm_cpu_seconds",
            "target_cpu_seconds",
            "source_cpu_seconds",
            "wal_bytes",
            "peak_rss_bytes",
            "rows_inserted",
            "rows_updated",
            "rows_deleted",
            "rows_unchanged")) {
      numbers.put(other, 1);
    }
    return new BenchTable.Figure("a", "QuperSync", numbers);
  }
}
