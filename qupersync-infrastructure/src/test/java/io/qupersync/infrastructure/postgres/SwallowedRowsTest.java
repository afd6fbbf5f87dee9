package io.qupersync.infrastructure.postgres;

import static io.qupersync.application.testkit.Columns.columns;
import static io.qupersync.application.testkit.Columns.row;
import static io.qupersync.application.testkit.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.application.testkit.ActiveRun;
import io.qupersync.application.testkit.PackingSide;
import io.qupersync.application.testkit.TargetSide;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.run.RunTally;
import io.qupersync.domain.table.Column;
import io.qupersync.infrastructure.fixture.PostgresSide;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Rows that a trigger of the target lets go: nobody writes them, and nobody says they were there.
class SwallowedRowsTest {

  private static final List<Column> SOURCE = columns("id", "bigint", "note", "text");

  private PostgresSide side;

  @BeforeEach
  void open() {
    side = PostgresSide.open();
    side.execute(
        """
        create schema analytics;
        create function analytics.swallow() returns trigger language plpgsql as
          $$ begin if new.note = 'swallow' then return null; end if; return new; end $$
        """);
  }

  @AfterEach
  void close() {
    side.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void count_as_written_by_nobody_in_a_table_that_was_empty(boolean packed) {
    target("", "insert or update");

    RunTally tally = write(packed, row(1L, "a"), row(2L, "swallow"));

    assertThat(tally).isEqualTo(new RunTally(2, 1, 0, 0, 0, 0, 0));
    assertThat(tally.swallowed()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void count_as_written_by_nobody_beside_rows_that_are_there(boolean packed) {
    target("", "insert or update");
    write(packed, row(1L, "a"), row(2L, "b"), row(3L, "c"));

    RunTally tally =
        write(
            packed,
            row(1L, "a"),
            row(2L, "swallow"),
            row(3L, "z"),
            row(4L, "swallow"),
            row(5L, "e"));

    assertThat(tally).isEqualTo(new RunTally(5, 1, 1, 1, 0, 0, 0));
    assertThat(tally.swallowed()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void count_as_written_by_nobody_in_a_partition(boolean packed) {
    target("partition by range (id)", "insert");
    side.execute(
        "create table analytics.first partition of analytics.orders for values from (0) to (10)");
    write(packed, row(1L, "a"));

    RunTally tally = write(packed, row(1L, "a"), row(2L, "swallow"), row(3L, "c"));

    assertThat(tally).isEqualTo(new RunTally(3, 1, 0, 1, 0, 0, 0));
  }

  private void target(String partitioned, String when) {
    side.execute("create table analytics.orders (id bigint primary key, note text) " + partitioned);
    side.execute(
        "create trigger swallow before %s on analytics.orders for each row execute function analytics.swallow()"
            .formatted(when));
  }

  private RunTally write(boolean packed, Row... rows) {
    TargetSide target = packed ? new PackingSide(side) : side;
    try (var run = ActiveRun.begin(target, aJob().build(), SOURCE)) {
      return run.commit(rows);
    }
  }
}
