package io.qupersync.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qupersync.sandbox.Sandbox;
import io.qupersync.sandbox.bench.Bench;
import io.qupersync.sandbox.bench.BenchResult;
import io.qupersync.sandbox.bench.BenchSettings;
import io.qupersync.sandbox.bench.Figure;
import io.qupersync.sandbox.bench.Goal;
import io.qupersync.sandbox.bench.OwnDatabases;
import io.qupersync.sandbox.bench.OwnTable;
import io.qupersync.sandbox.bench.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything that is measured is measured, and every copy is right. Whether it was quick enough is
 * not asked: the machine has other things to do, and the tables are small.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class BenchIT {

  private static final long ROWS = 20_000;
  private static final Path PROGRAM = Path.of("target/qupersync.jar").toAbsolutePath();

  @Test
  void measures_every_work_and_finds_every_copy_right(@TempDir Path folder) throws IOException {
    var settings =
        new BenchSettings(ROWS, 1, List.of(), PROGRAM, Optional.empty(), Optional.of(folder));

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

  @Test
  void measures_between_databases_of_ones_own_and_leaves_nothing_behind() throws SQLException {
    try (var sandbox = Sandbox.start(1, InstantSource.system())) {
      Map<String, String> environment = sandbox.environment();

      BenchResult result = against(environment).run();

      assertThat(result.wrong()).isEmpty();
      assertThat(result.goals()).extracting(Goal::work).containsExactly("peak RSS with -Xmx64m");
      assertThat(figure(result, "a").inserted()).isPositive();
      assertThat(figure(result, "c").unchanged()).isEqualTo(figure(result, "a").inserted());
      try (Connection target = connect(environment);
          Statement statement = target.createStatement()) {
        ResultSet left =
            statement.executeQuery(
                "select 1 from pg_namespace where nspname not in ('public', 'information_schema') and nspname !~ '^pg_'");
        assertThat(left.next()).isFalse();

        statement.execute("create schema qupersync_bench create table precious (id int)");
        assertThatThrownBy(() -> against(environment).run())
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("is not empty");
        statement.execute("select from qupersync_bench.precious");
      }
    }
  }

  @Test
  void measures_another_build_in_turns_instead_of_the_rivals() {
    var settings =
        new BenchSettings(ROWS, 2, List.of("b"), PROGRAM, Optional.of(PROGRAM), Optional.empty());

    BenchResult result = new Bench(settings, System.out::println).run();

    assertThat(result.wrong()).isEmpty();
    assertThat(result.figures())
        .extracting(Figure::contestant)
        .containsExactly("QuperSync", "QuperSync, other build");
    assertThat(result.goals()).extracting(Goal::against).contains("the other build");
  }

  private static OwnDatabases against(Map<String, String> environment) {
    var settings =
        new BenchSettings(ROWS, 1, List.of(), PROGRAM, Optional.empty(), Optional.empty());
    var table = new OwnTable("pg_catalog.svv_table_info", List.of("table_id"));
    return new OwnDatabases(settings, table, environment, System.out::println);
  }

  private static Connection connect(Map<String, String> environment) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%s/%s"
            .formatted(
                environment.get("POSTGRES_HOST"),
                environment.get("POSTGRES_PORT"),
                environment.get("POSTGRES_DB")),
        environment.get("POSTGRES_USER"),
        environment.get("POSTGRES_PASSWORD"));
  }

  private static Figure figure(BenchResult result, String work) {
    return result.figures().stream()
        .filter(figure -> figure.work().equals(work) && figure.contestant().equals("QuperSync"))
        .findFirst()
        .orElseThrow();
  }
}
