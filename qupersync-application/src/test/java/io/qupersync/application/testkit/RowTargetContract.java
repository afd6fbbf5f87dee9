package io.qupersync.application.testkit;

import static io.qupersync.application.testkit.Columns.at;
import static io.qupersync.application.testkit.Columns.columns;
import static io.qupersync.application.testkit.Columns.row;
import static io.qupersync.application.testkit.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.qupersync.application.port.TargetSnapshot;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.mapping.MappingResolver;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.progress.Witness;
import io.qupersync.domain.run.RunTally;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.ColumnType.Plain;
import io.qupersync.domain.table.TableRef;
import io.qupersync.domain.table.TableShape;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [io.qupersync.application.port.RowTarget] promises of tables and values. How rows
/// meet rows is said in [UpsertContract], what a commit holds together in [LoadContract].
public abstract class RowTargetContract {

  private static final TableRef TABLE = TableRef.of("analytics", "orders");
  private static final List<Column> SOURCE =
      columns("id", "bigint", "name", "varchar(20)", "amount", "numeric(18,4)");

  private TargetSide side;

  protected abstract TargetSide open();

  @BeforeEach
  void begin() {
    side = open();
  }

  @AfterEach
  void end() {
    side.close();
  }

  @Test
  void knows_no_shape_of_a_table_that_is_not_there() {
    assertThat(side.target().shapeOf(TABLE)).isEmpty();
  }

  @Test
  void knows_the_columns_of_a_table() {
    side.create(TABLE, List.of("id"), SOURCE);

    TableShape shape = side.target().shapeOf(TABLE).orElseThrow();

    assertThat(shape.names()).containsExactly("id", "name", "amount");
    assertThat(shape.columns().stream().map(Column::type))
        .containsExactlyElementsOf(SOURCE.stream().map(Column::type).toList());
  }

  @Test
  void makes_a_missing_table_with_the_columns_of_the_mapping() {
    TableMapping mapping = mapping(aJob().build(), SOURCE);
    assertThat(side.target().changesFor(mapping)).isNotEmpty();

    side.target().prepare(mapping);

    assertThat(side.target().shapeOf(TABLE).orElseThrow().columns().stream())
        .extracting(Column::name, column -> column.type().sql())
        .containsExactly(
            tuple("id", "bigint"), tuple("name", "text"), tuple("amount", "numeric(18,4)"));
    assertThat(side.target().changesFor(mapping)).isEmpty();
  }

  @Test
  void a_table_keeps_its_identity_until_another_is_made_under_its_name() {
    assertThat(side.target().identityOf(TABLE)).isEmpty();
    side.target().prepare(mapping(aJob().build(), SOURCE));
    Optional<String> made = side.target().identityOf(TABLE);
    write(aJob().build(), SOURCE, new Object[] {1L, "Ada", null});

    assertThat(made).isPresent().isEqualTo(side.target().identityOf(TABLE));
    side.empty(TABLE);
    assertThat(side.target().identityOf(TABLE)).isEqualTo(made);
    side.drop(TABLE);
    assertThat(side.target().identityOf(TABLE)).isEmpty();
    side.target().prepare(mapping(aJob().build(), SOURCE));
    assertThat(side.target().identityOf(TABLE)).isPresent().isNotEqualTo(made);
  }

  @Test
  void a_look_tells_the_identity_of_the_table_that_it_has_made() {
    TableMapping mapping = mapping(aJob().build(), SOURCE);
    TargetSnapshot look = side.target().look(TABLE);
    assertThat(look.identity()).isEmpty();

    look.prepare(mapping);

    assertThat(look.identity()).isPresent().isEqualTo(side.target().identityOf(TABLE));
  }

  @Test
  void knows_whether_a_table_holds_rows() {
    TableMapping mapping = mapping(aJob().build(), SOURCE);
    side.target().prepare(mapping);
    assertThat(side.target().holdsRow(mapping)).isFalse();
    write(aJob().build(), SOURCE, new Object[] {1L, "Ada", null});
    assertThat(side.target().holdsRow(mapping)).isTrue();

    side.empty(TABLE);

    assertThat(side.target().holdsRow(mapping)).isFalse();
  }

  @Test
  void finds_the_row_that_was_the_newest_or_one_as_new() {
    SyncJob job = aJob().incremental().watermarkedOn("seen_at").build();
    List<Column> source = columns("id", "bigint", "seen_at", "timestamp");
    write(job, source, new Object[] {1L, at("08:00:00")});
    write(job, source, new Object[] {2L, at("09:00:00")});
    TableMapping mapping = mapping(job, source);

    assertThat(side.target().find(mapping, seen("2", "2026-03-02 09:00:00")))
        .contains(seen("2", "2026-03-02 09:00:00"));
    assertThat(side.target().find(mapping, seen("1", "2026-03-02 07:00:00")))
        .contains(seen("1", "2026-03-02 07:00:00"));
    assertThat(side.target().find(mapping, seen("7", "2026-03-02 08:30:00")))
        .contains(seen("2", "2026-03-02 09:00:00"));
    assertThat(side.target().find(mapping, seen("2", "2026-03-02 09:00:01"))).isEmpty();
    assertThat(side.target().find(mapping, new Witness(Map.of("id", "2"), Optional.empty())))
        .isPresent();
    assertThat(side.target().find(mapping, new Witness(Map.of("id", "3"), Optional.empty())))
        .isEmpty();
  }

  private static Witness seen(String id, String at) {
    return new Witness(Map.of("id", id), Optional.of(new Witness.Column("seen_at", at)));
  }

  @Test
  void looking_at_the_changes_makes_none() {
    TableMapping mapping = mapping(aJob().build(), SOURCE);

    side.target().changesFor(mapping);

    assertThat(side.target().shapeOf(TABLE)).isEmpty();
  }

  @Test
  void preparing_a_table_that_fits_changes_nothing() {
    side.target().prepare(mapping(aJob().build(), SOURCE));
    TableShape before = side.target().shapeOf(TABLE).orElseThrow();

    side.target().prepare(mapping(aJob().build(), SOURCE));

    assertThat(side.target().shapeOf(TABLE)).contains(before);
  }

  @Test
  void adds_a_missing_column_and_keeps_the_rows() {
    write(aJob().build(), SOURCE, new Object[] {1L, "Ada", new BigDecimal("1.5000")});
    List<Column> wider =
        columns("id", "bigint", "name", "text", "amount", "numeric(18,4)", "note", "text");
    TableMapping mapping = mapping(aJob().build(), wider);
    assertThat(side.target().changesFor(mapping)).hasSize(1);

    side.target().prepare(mapping);

    assertThat(side.target().changesFor(mapping)).isEmpty();
    assertThat(side.rows(TABLE))
        .containsExactly(
            Map.of(
                "id", Optional.of("1"),
                "name", Optional.of("Ada"),
                "amount", Optional.of("1.5000"),
                "note", Optional.empty()));
  }

  @Test
  void widens_a_column_that_has_become_too_narrow_and_keeps_the_rows() {
    write(
        aJob().build(),
        columns("id", "integer", "name", "text", "amount", "numeric(10,2)"),
        new Object[] {1L, "Ada", new BigDecimal("1.50")});
    TableMapping mapping = mapping(aJob().build(), SOURCE);
    assertThat(side.target().changesFor(mapping)).isNotEmpty();

    side.target().prepare(mapping);

    assertThat(side.target().changesFor(mapping)).isEmpty();
    assertThat(side.target().shapeOf(TABLE).orElseThrow().columns().stream())
        .extracting(column -> column.type().sql())
        .containsExactly("bigint", "text", "numeric(18,4)");
    assertThat(side.rows(TABLE))
        .singleElement()
        .satisfies(row -> assertThat(row.get("name")).contains("Ada"));
  }

  @Test
  void adds_the_columns_it_stamps() {
    SyncJob job = aJob().stampingSource("source").stampingTime("synced_at").build();
    TableMapping mapping = mapping(job, SOURCE);

    side.target().prepare(mapping);

    assertThat(side.target().shapeOf(TABLE).orElseThrow().names())
        .contains("id", "name", "amount", "source", "synced_at");
    assertThat(side.target().changesFor(mapping)).isEmpty();
  }

  @Test
  void describes_how_it_would_write() {
    assertThat(side.target().describe(mapping(aJob().build(), SOURCE))).contains("orders");
  }

  @Test
  void writes_every_type_exactly() {
    List<Column> source =
        columns(
            "id", "bigint",
            "truth", "boolean",
            "small", "smallint",
            "whole", "integer",
            "decimal", "numeric(38,10)",
            "single", "real",
            "dual", "double precision",
            "short", "varchar(10)",
            "padded", "char(5)",
            "day", "date",
            "moment", "timestamp",
            "instant", "timestamptz",
            "bytes", "bytea",
            "uuid", "uuid",
            "nothing", "text");
    write(
        aJob().build(),
        source,
        new Object[] {
          Long.MAX_VALUE,
          true,
          -32768L,
          2147483647L,
          new BigDecimal("-1234567890123456789012345678.0123456789"),
          1.5f,
          -0.25,
          "ä\t\n\\N\"'",
          "ab   ",
          LocalDate.of(9999, 12, 31),
          at("08:00:00.000001"),
          Instant.parse("2026-03-02T08:00:00.999999Z"),
          new byte[] {0, 127, -1},
          "6f1c9f8e-0d2f-4c57-9a6e-3f4f0a1b2c3d",
          null
        });

    assertThat(side.rows(TABLE))
        .containsExactly(
            Map.ofEntries(
                Map.entry("id", Optional.of("9223372036854775807")),
                Map.entry("truth", Optional.of("true")),
                Map.entry("small", Optional.of("-32768")),
                Map.entry("whole", Optional.of("2147483647")),
                Map.entry("decimal", Optional.of("-1234567890123456789012345678.0123456789")),
                Map.entry("single", Optional.of("1.5")),
                Map.entry("dual", Optional.of("-0.25")),
                Map.entry("short", Optional.of("ä\t\n\\N\"'")),
                Map.entry("padded", Optional.of("ab")),
                Map.entry("day", Optional.of("9999-12-31")),
                Map.entry("moment", Optional.of("2026-03-02 08:00:00.000001")),
                Map.entry("instant", Optional.of("2026-03-02 08:00:00.999999+00")),
                Map.entry("bytes", Optional.of("\\x007fff")),
                Map.entry("uuid", Optional.of("6f1c9f8e-0d2f-4c57-9a6e-3f4f0a1b2c3d")),
                Map.entry("nothing", Optional.empty())));
  }

  @Test
  void takes_any_name_a_table_or_column_may_have() {
    TableRef table = TableRef.of("My schema", "Orders \"2026\"; --");
    List<Column> source =
        columns("id", "bigint", "select", "text", "Änderung", "text", "a\"b.c", "text");
    SyncJob job = aJob().into(table).build();

    RunTally first = write(job, source, new Object[] {1L, "a", "b", "c"});
    RunTally second = write(job, source, new Object[] {1L, "a", "b", "d"});

    assertThat(first.inserted()).isEqualTo(1);
    assertThat(second.updated()).isEqualTo(1);
    assertThat(side.rows(table))
        .containsExactly(
            Map.of(
                "id", Optional.of("1"),
                "select", Optional.of("a"),
                "Änderung", Optional.of("b"),
                "a\"b.c", Optional.of("d")));
  }

  @Test
  void fills_the_source_and_the_time_of_each_row() {
    SyncJob job = aJob().stampingSource("source").stampingTime("synced_at").build();
    try (var run = ActiveRun.begin(side, job, SOURCE, "warehouse-1")) {
      run.commit(row(1L, "Ada", BigDecimal.ONE));
    }

    assertThat(side.rows(TABLE))
        .singleElement()
        .satisfies(row -> {
          assertThat(row.get("source")).contains("warehouse-1");
          assertThat(row.get("synced_at")).isPresent();
        });
  }

  @Test
  void a_column_that_only_the_target_has_is_left_alone() {
    side.create(TABLE, List.of("id"), columns("id", "bigint", "name", "text", "theirs", "text"));

    write(aJob().build(), columns("id", "bigint", "name", "text"), new Object[] {1L, "Ada"});

    assertThat(side.rows(TABLE))
        .containsExactly(
            Map.of("id", Optional.of("1"), "name", Optional.of("Ada"), "theirs", Optional.empty()));
    assertThat(side.target().shapeOf(TABLE).orElseThrow().columns())
        .extracting(Column::type)
        .containsExactly(Plain.BIGINT, Plain.TEXT, Plain.TEXT);
  }

  private RunTally write(SyncJob job, List<Column> source, Object[] cells) {
    try (var run = ActiveRun.begin(side, job, source)) {
      return run.commit(row(cells));
    }
  }

  private TableMapping mapping(SyncJob job, List<Column> source) {
    return MappingResolver.resolve(
        job, new TableShape(source), side.target().shapeOf(job.destination().table()), "here");
  }
}
