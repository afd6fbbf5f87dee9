package io.qupersync.infrastructure.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qupersync.application.port.PermanentFailure;
import io.qupersync.application.port.RunLog;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.progress.JobProgress;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.table.Identifier;
import io.qupersync.domain.table.TableRef;
import io.qupersync.infrastructure.fixture.PostgresSide;
import io.qupersync.infrastructure.store.Migrations.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MigrationsTest {

  private static final JobId ORDERS = new JobId("orders");

  private PostgresSide side;
  private Migrations migrations;

  @BeforeEach
  void open() {
    side = PostgresSide.bare();
    migrations = new Migrations(side.database().state(), side.schema());
  }

  @AfterEach
  void close() {
    side.close();
  }

  @Test
  void every_table_of_the_state_schema_is_known_as_its_own() {
    migrations.migrate();

    assertThat(
            side.value(
                    "select string_agg(tablename, ',') from pg_tables where schemaname = '%s'"
                        .formatted(side.schema()))
                .split(","))
        .hasSizeGreaterThan(7)
        .allSatisfy(table ->
            assertThat(
                    side.schema().owns(new TableRef(side.schema().name(), new Identifier(table))))
                .as(table)
                .isTrue());
  }

  @Test
  void a_look_at_state_that_is_not_there_finds_nothing_and_creates_nothing() {
    assertThat(migrations.state()).isEqualTo(State.MISSING);
    assertThat(side.progress().load(ORDERS)).isEqualTo(JobProgress.none());
    assertThat(side.runs().find(new RunId(1))).isEmpty();
    assertThat(
            side.runs()
                .list(new RunLog.Filter(Optional.empty(), Optional.empty(), Optional.empty(), 10)))
        .isEmpty();
    assertThat(side.deadLetters().count(ORDERS)).isZero();
    assertThat(side.deadLetters().list(ORDERS, 0, 10)).isEmpty();

    assertThat(side.value("select count(*) from pg_namespace where nspname = 'quper'"))
        .isEqualTo("0");
  }

  @Test
  void writing_to_state_that_is_not_there_fails() {
    assertThatThrownBy(() -> side.runs().nextId()).isInstanceOf(PermanentFailure.class);
    assertThatThrownBy(migrations::requireCurrent)
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("qupersync migrate");
  }

  @Test
  void brings_the_schema_up_to_date_once() throws Exception {
    assertThat(migrations.migrate()).hasSize(steps().size());
    assertThat(migrations.state()).isEqualTo(State.CURRENT);
    migrations.requireCurrent();

    assertThat(migrations.migrate()).isEmpty();
    assertThat(side.runs().nextId().value()).isPositive();
  }

  @Test
  void many_instances_may_migrate_at_once() throws Exception {
    List<String> ran;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<String>>> instances =
          IntStream.range(0, 3)
              .mapToObj(_ -> threads.submit(MigrationsTest.this::migrateAsAnotherInstance))
              .toList();
      ran = instances.stream().map(MigrationsTest::result).flatMap(List::stream).toList();
    }

    assertThat(ran).hasSize(steps().size());
    assertThat(migrations.state()).isEqualTo(State.CURRENT);
  }

  private List<String> migrateAsAnotherInstance() {
    try (var database = side.another()) {
      return new Migrations(database.state(), side.schema()).migrate();
    }
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException | ExecutionException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Test
  void refuses_a_schema_that_a_newer_program_made() {
    migrations.migrate();
    side.execute(
        """
        insert into quper.qupersync_migrations (installed_rank, version, description, type, script,
          installed_by, execution_time, success)
        values (99, '99', 'the future', 'SQL', 'V99__the_future.sql', 'them', 1, true)
        """);

    assertThat(migrations.state()).isEqualTo(State.NEWER);
    for (Runnable start : List.<Runnable>of(migrations::migrate, migrations::requireCurrent)) {
      assertThatThrownBy(start::run)
          .isInstanceOf(PermanentFailure.class)
          .hasMessageContaining("is of version 99")
          .hasMessageContaining("start the newer program");
    }
  }

  @Test
  void refuses_a_schema_that_was_made_by_an_edited_step() {
    migrations.migrate();
    side.execute(
        "update %s.qupersync_migrations set checksum = checksum + 1 where version = '3'"
            .formatted(side.schema()));

    assertThatThrownBy(migrations::migrate)
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("was made by another V3__");
    assertThatThrownBy(migrations::requireCurrent).isInstanceOf(PermanentFailure.class);
  }

  @Test
  void the_schema_may_bear_any_name_and_stand_beside_another() {
    StateSchema odd = StateSchema.named("My \"State\" é");
    migrations.migrate();
    var second = new Migrations(side.database().state(), odd);
    second.migrate();

    assertThat(second.state()).isEqualTo(State.CURRENT);
    var runs = new PostgresRunLog(side.database().state(), odd);
    assertThat(runs.nextId().value()).isEqualTo(side.runs().nextId().value());
  }

  @Test
  void knows_the_newest_of_its_own_steps() throws Exception {
    assertThat(steps()).last().isEqualTo(Migrations.VERSION);
  }

  /// Their numbers, in order.
  private static List<Integer> steps() throws Exception {
    URI folder = Migrations.class.getResource("/db/migration/README.md").toURI();
    try (Stream<Path> files = Files.list(Path.of(folder).getParent())) {
      return files
          .map(file -> Pattern.compile("V(\\d+)__").matcher(file.getFileName().toString()))
          .flatMap(matcher -> matcher.results().map(MatchResult::group))
          .map(version -> version.replaceAll("\\D", ""))
          .map(Integer::valueOf)
          .sorted()
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
