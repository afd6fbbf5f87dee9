package io.qupersync.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.interfaces.cli.ExitCode;
import io.qupersync.sandbox.data.LivelyCluster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The built-in jobs at clusters that lack any one column of any system view they read. */
class AnyColumnMissingTest {

  private static final Pattern RELATION = Pattern.compile("\\b(?:stl|stv|svl|svv|svcs|sys)_\\w+");
  private static final String OTHER_NAME = "of_a_later_patch";

  @TempDir static Path directory;
  private static Trial trial;

  @BeforeAll
  static void start() throws SQLException {
    trial = new Trial(directory);
    LivelyCluster.raise(trial.source(), 5, 1, InstantSource.system());
  }

  @AfterAll
  static void stop() {
    trial.close();
  }

  static Stream<String> jobs() throws IOException {
    try (InputStream tables =
        AnyColumnMissingTest.class.getResourceAsStream("config/built-in-tables-provisioned.txt")) {
      return new String(tables.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> line.endsWith("_sync"));
    }
  }

  @ParameterizedTest
  @MethodSource("jobs")
  void a_job_reads_null_in_its_place_or_says_that_it_cannot_do_without_it(String job)
      throws SQLException {
    String plan = trial.run("plan", job, "--json").out();
    var wrong = new ArrayList<String>();
    int tried = 0;
    for (String relation : relations(plan)) {
      for (String column : columns(relation)) {
        if (mentions(plan, column)) {
          tried++;
          outcome(job, relation, column).ifPresent(wrong::add);
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(tried).isGreaterThan(1);
  }

  private static TreeSet<String> relations(String plan) {
    var all = new TreeSet<String>();
    RELATION.matcher(plan).results().map(MatchResult::group).forEach(all::add);
    return all;
  }

  private static List<String> columns(String relation) throws SQLException {
    return trial
        .sourceRows(
            "select attname from pg_catalog.pg_attribute where attrelid = to_regclass('pg_catalog.%s') and attnum > 0 and not attisdropped"
                .formatted(relation))
        .stream()
        .map(List::getFirst)
        .toList();
  }

  private static boolean mentions(String plan, String column) {
    return Pattern.compile("\\b" + Pattern.quote(column) + "\\b").matcher(plan).find();
  }

  private static Optional<String> outcome(String job, String relation, String column)
      throws SQLException {
    rename(relation, column, OTHER_NAME);
    try {
      Trial.Ended run = trial.run("run", job, "--json");
      String all = run.out() + run.err();
      boolean reads = run.exit() == ExitCode.DONE;
      boolean refuses =
          run.exit() == ExitCode.FAILED && all.contains("lacks the column '" + column + "'");
      return reads || refuses
          ? Optional.empty()
          : Optional.of("%s.%s: %s".formatted(relation, column, all));
    } finally {
      rename(relation, OTHER_NAME, column);
    }
  }

  private static void rename(String relation, String column, String to) throws SQLException {
    trial.atSource(
        "set allow_system_table_mods = on",
        "alter table pg_catalog.%s rename column \"%s\" to \"%s\"".formatted(relation, column, to));
  }
}
