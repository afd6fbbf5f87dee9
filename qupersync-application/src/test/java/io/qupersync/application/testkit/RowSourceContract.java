package io.qupersync.application.testkit;

import static io.qupersync.application.testkit.Columns.at;
import static io.qupersync.application.testkit.Columns.columns;
import static io.qupersync.application.testkit.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.qupersync.application.port.PermanentFailure;
import io.qupersync.application.port.RowSource;
import io.qupersync.application.port.Rows;
import io.qupersync.application.port.SyncFailure;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.progress.ColumnBounds;
import io.qupersync.domain.progress.KeyRange;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.row.RowBatch;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.TableRef;
import io.qupersync.domain.table.TableShape;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [io.qupersync.application.port.RowSource] promises.
public abstract class RowSourceContract {

  private static final TableRef TABLE = TableRef.of("public", "orders");
  private static final List<Column> SOURCE =
      columns("id", "bigint", "updated_at", "timestamp", "name", "varchar(20)");
  private static final JobFixture INCREMENTAL = aJob().incremental().watermarkedOn("updated_at");

  private SourceSide side;

  protected abstract SourceSide open();

  /// The rows of a window, in the form whose promises are tested.
  protected Rows open(RowSource source, SyncJob job, TableShape shape, Window window) {
    return source.open(job, shape, window);
  }

  @BeforeEach
  void begin() {
    side = open();
  }

  @AfterEach
  void end() {
    side.close();
  }

  @Test
  void has_a_name_and_a_flavor() {
    assertThat(side.source().name()).isNotBlank();
    assertThat(side.source().flavor()).isNotNull();
  }

  @Test
  void its_clock_does_not_run_backwards() {
    Instant first = side.source().now();

    assertThat(side.source().now()).isAfterOrEqualTo(first);
  }

  @Test
  void knows_the_columns_of_a_table_in_order() {
    side.create(TABLE, SOURCE);

    assertThat(side.source().shapeOf(aJob().build()).columns())
        .extracting(Column::name, Column::type)
        .containsExactlyElementsOf(
            SOURCE.stream().map(column -> tuple(column.name(), column.type())).toList());
  }

  @Test
  void a_missing_table_is_a_failure_that_a_retry_would_meet_again() {
    assertThatThrownBy(() -> side.source().shapeOf(aJob().build()))
        .isInstanceOf(PermanentFailure.class)
        .extracting(failure -> ((SyncFailure) failure).kind())
        .isEqualTo(FailureKind.SOURCE);
  }

  @Test
  void reads_every_cell_as_its_type_says() {
    side.create(
        TABLE,
        columns(
            "id", "bigint",
            "truth", "boolean",
            "small", "smallint",
            "whole", "integer",
            "decimal", "numeric(38,10)",
            "single", "real",
            "dual", "double precision",
            "name", "varchar(20)",
            "day", "date",
            "moment", "timestamp",
            "instant", "timestamptz",
            "nothing", "varchar(1)"));
    Object[] cells = {
      Long.MAX_VALUE,
      true,
      -32768L,
      2147483647L,
      new BigDecimal("-1234567890123456789012345678.0123456789"),
      1.5f,
      -0.25,
      "ä\t\n\\N\"'",
      LocalDate.of(9999, 12, 31),
      at("08:00:00.000001"),
      Instant.parse("2026-03-02T08:00:00.999999Z"),
      null
    };
    side.insert(TABLE, cells);

    Row row = read(aJob().build(), Window.everything()).getFirst();

    for (int i = 0; i < cells.length; i++) {
      assertThat(row.cell(i)).as("column %d", i).isEqualTo(cells[i]);
    }
  }

  @Test
  void an_empty_table_has_no_rows() {
    side.create(TABLE, SOURCE);

    assertThat(read(aJob().build(), Window.everything())).isEmpty();
  }

  @Test
  void reads_in_batches_that_are_full_but_the_last() {
    ordersAt("08:00:00", "08:00:01", "08:00:02", "08:00:03", "08:00:04");
    SyncJob job = aJob().batchesOf(2).build();

    assertThat(batches(job, Window.everything()))
        .extracting(batch -> batch.rows().size())
        .containsExactly(2, 2, 1);
  }

  @Test
  void estimates_the_heap_a_batch_holds() {
    ordersAt("08:00:00", "08:00:01");

    assertThat(batches(aJob().build(), Window.everything()))
        .allSatisfy(batch -> assertThat(batch.bytes()).isPositive());
  }

  @Test
  void both_ends_of_a_window_belong_to_it() {
    ordersAt("07:59:59.999999", "08:00:00", "08:30:00", "09:00:00", "09:00:00.000001");

    assertThat(ids(INCREMENTAL.build(), window("08:00:00", "09:00:00")))
        .containsExactly(2L, 3L, 4L);
  }

  @Test
  void a_window_may_be_open_at_either_end() {
    ordersAt("08:00:00", "09:00:00", "10:00:00");

    assertThat(ids(INCREMENTAL.build(), window("09:00:00", null))).containsExactly(2L, 3L);
    assertThat(ids(INCREMENTAL.build(), window(null, "09:00:00"))).containsExactly(1L, 2L);
    assertThat(ids(INCREMENTAL.build(), Window.everything())).containsExactly(1L, 2L, 3L);
  }

  @Test
  void a_ceiling_bounds_the_watermark_but_not_the_rows() {
    ordersAt("08:00:00", "10:00:00");
    var window = new Window(Optional.empty(), Optional.empty(), Optional.of(mark("09:00:00")));

    assertThat(ids(INCREMENTAL.build(), window)).containsExactly(1L, 2L);
  }

  @Test
  void all_rows_of_one_moment_are_read() {
    ordersAt("08:00:00", "08:00:00", "08:00:00");

    assertThat(ids(INCREMENTAL.build(), window("08:00:00", "08:00:00")))
        .containsExactlyInAnyOrder(1L, 2L, 3L);
  }

  @Test
  void rows_come_in_the_order_of_the_watermark_when_the_job_wants_it() {
    ordersAt("10:00:00", "08:00:00", "09:00:00");

    assertThat(ids(INCREMENTAL.build(), Window.everything())).containsExactly(2L, 3L, 1L);
  }

  @Test
  void rows_without_a_mark_come_at_every_run() {
    ordersAt("08:00:00", null, "09:00:00");

    assertThat(ids(INCREMENTAL.build(), window("08:30:00", null)))
        .containsExactlyInAnyOrder(2L, 3L);
  }

  @Test
  void rows_without_a_mark_stay_behind_when_the_job_skips_them() {
    ordersAt("08:00:00", null, "09:00:00");
    SyncJob job = aJob().incremental().watermarkedOn("updated_at").skippingNullMarks().build();

    assertThat(ids(job, window("08:30:00", null))).containsExactly(3L);
  }

  @Test
  void a_window_of_several_columns_begins_in_the_middle_of_a_moment() {
    ordersAt("08:00:00", "08:00:00", "08:00:00", "08:00:01");
    SyncJob job = aJob().incremental().watermarkedOn("updated_at", "id").build();
    var from =
        Watermark.of(
            new WatermarkValue.Timestamp(at("08:00:00")),
            new WatermarkValue.Numeric(BigDecimal.TWO));

    assertThat(ids(job, new Window(Optional.of(from), Optional.empty(), Optional.empty())))
        .containsExactly(2L, 3L, 4L);
    assertThat(ids(job, window("08:00:00", null))).containsExactly(1L, 2L, 3L, 4L);
    assertThat(ids(job, window(null, "08:00:00"))).containsExactly(1L, 2L, 3L);
  }

  @Test
  void a_watermark_may_count_or_be_a_day_or_a_text() {
    side.create(TABLE, columns("id", "bigint", "day", "date", "name", "varchar(20)"));
    side.insert(TABLE, 1L, LocalDate.of(2026, 3, 1), "a");
    side.insert(TABLE, 2L, LocalDate.of(2026, 3, 2), "b");
    side.insert(TABLE, 3L, LocalDate.of(2026, 3, 3), "c");

    assertThat(ids(marked("id"), from(new WatermarkValue.Numeric(BigDecimal.TWO))))
        .containsExactly(2L, 3L);
    assertThat(ids(marked("day"), from(new WatermarkValue.Date(LocalDate.of(2026, 3, 2)))))
        .containsExactly(2L, 3L);
    assertThat(ids(marked("name"), from(new WatermarkValue.Text("b")))).containsExactly(2L, 3L);
  }

  @Test
  void ranges_of_a_column_hold_every_row_once() {
    side.create(TABLE, SOURCE);
    List<Long> ids = new ArrayList<>();
    for (long id : new long[] {Long.MIN_VALUE, -7, 0, 1, 2, 3, 50, 99, 100, Long.MAX_VALUE}) {
      side.insert(TABLE, id, at("08:00:00"), "order");
      ids.add(id);
    }
    side.insert(TABLE, null, at("08:00:00"), "without a number");
    ids.add(null);
    SyncJob job = aJob().readBy(3).build();

    // as if most of them had come after the first look
    List<KeyRange> ranges = KeyRange.over("id", number(1), number(99), 5);

    assertThat(ranges).hasSize(5);
    assertThat(ranges.stream().flatMap(range -> ids(job, within(range)).stream()))
        .containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  void days_and_moments_can_be_read_in_ranges() {
    side.create(TABLE, columns("day", "date", "moment", "timestamp", "instant", "timestamptz"));
    for (int day = 1; day <= 9; day++) {
      side.insert(
          TABLE,
          LocalDate.of(2026, 3, day),
          LocalDate.of(2026, 3, day).atTime(8, 0, 0, 1000),
          Instant.parse("2026-03-0%dT08:00:00.000001Z".formatted(day)));
    }

    for (String column : List.of("day", "moment", "instant")) {
      SyncJob job = aJob().keyedOn(column).readBy(2).build();
      ColumnBounds columnBounds = extent(job, column);
      List<KeyRange> ranges =
          KeyRange.over(
              column, columnBounds.least().orElseThrow(), columnBounds.most().orElseThrow(), 3);
      assertThat(ranges.stream().map(range -> read(job, within(range)).size()))
          .as(column)
          .containsExactly(3, 3, 3);
    }
  }

  @Test
  void tells_how_far_a_watermark_of_any_time_type_reaches_below_the_ceiling() {
    side.create(TABLE, columns("day", "date", "moment", "timestamp", "instant", "timestamptz"));
    for (int day = 1; day <= 9; day++) {
      Instant instant = Instant.parse("2026-03-0%dT08:00:00.000001Z".formatted(day));
      LocalDate date = LocalDate.of(2026, 3, day);
      side.insert(TABLE, date, date.atTime(8, 0, 0, 1000), instant);
    }
    side.insert(
        TABLE,
        LocalDate.of(2099, 1, 1),
        LocalDateTime.parse("2099-01-01T00:00:00"),
        Instant.parse("2099-01-01T00:00:00Z"));
    Instant noon = Instant.parse("2026-03-05T12:00:00Z");

    Map<String, WatermarkValue> latest =
        Map.of(
            "day", new WatermarkValue.Date(LocalDate.of(2026, 3, 5)),
            "moment",
                new WatermarkValue.Timestamp(LocalDateTime.parse("2026-03-05T08:00:00.000001")),
            "instant",
                new WatermarkValue.TimestampTz(Instant.parse("2026-03-05T08:00:00.000001Z")));
    latest.forEach((column, watermarkValue) ->
        assertThat(
                extent(
                        marked(column),
                        "day",
                        Window.everything()
                            .upTo(Watermark.of(WatermarkValue.at(noon, watermarkValue.kind()))))
                    .latest())
            .as(column)
            .contains(watermarkValue));
  }

  @Test
  void a_range_is_a_part_of_the_window() {
    ordersAt("10:00:00", "08:00:00", null, "09:00:00");
    SyncJob job = aJob().incremental().watermarkedOn("updated_at").skippingNullMarks().build();
    var upToThree = new KeyRange("id", Optional.empty(), Optional.of(number(4)));

    assertThat(ids(job, Window.everything().within(upToThree))).containsExactly(2L, 1L);
    assertThat(ids(job, window("08:30:00", null).within(upToThree))).containsExactly(1L);
  }

  @Test
  void tells_how_far_the_values_of_a_column_reach() {
    ordersAt("10:00:00", "08:00:00", null);

    assertThat(extent(INCREMENTAL.build(), "id"))
        .isEqualTo(
            new ColumnBounds(Optional.of(number(1)), Optional.of(number(3)), Optional.empty()));
    assertThat(extent(INCREMENTAL.build(), "updated_at").most())
        .contains(new WatermarkValue.Timestamp(at("10:00:00")));
    assertThat(extent(marked("id"), "updated_at").latest()).contains(number(3));
  }

  @Test
  void tells_how_far_the_watermark_reaches_below_the_ceiling() {
    ordersAt("10:00:00", "08:00:00", null, "09:00:00", "23:59:59");
    Window upToNine =
        Window.everything().upTo(Watermark.of(new WatermarkValue.Timestamp(at("09:00:00"))));
    Window upToSeven =
        Window.everything().upTo(Watermark.of(new WatermarkValue.Timestamp(at("07:00:00"))));

    assertThat(extent(INCREMENTAL.build(), "id", upToNine).latest())
        .contains(new WatermarkValue.Timestamp(at("09:00:00")));
    assertThat(extent(INCREMENTAL.build(), "id", upToSeven).latest()).isEmpty();
    assertThat(extent(INCREMENTAL.build(), "id", upToSeven).most()).contains(number(5));
  }

  @Test
  void an_empty_table_reaches_nowhere() {
    side.create(TABLE, SOURCE);

    assertThat(extent(marked("id"), "id")).isEqualTo(ColumnBounds.empty());
  }

  private ColumnBounds extent(SyncJob job, String column) {
    return extent(job, column, Window.everything());
  }

  private ColumnBounds extent(SyncJob job, String column, Window window) {
    RowSource source = side.source();
    return source.extentOf(job, source.shapeOf(job), column, window).orElseThrow();
  }

  private static WatermarkValue number(long value) {
    return new WatermarkValue.Numeric(BigDecimal.valueOf(value));
  }

  private static Window within(KeyRange range) {
    return Window.everything().within(range);
  }

  @Test
  void rows_may_be_closed_before_their_end() {
    ordersAt("08:00:00", "08:00:01", "08:00:02");
    SyncJob job = aJob().batchesOf(1).build();
    TableShape shape = side.source().shapeOf(job);
    try (Rows rows = open(side.source(), job, shape, Window.everything())) {
      assertThat(rows.next()).isPresent();
    }

    assertThat(ids(job, Window.everything())).containsExactlyInAnyOrder(1L, 2L, 3L);
  }

  @Test
  void describes_what_it_would_ask() {
    side.create(TABLE, SOURCE);
    SyncJob job = INCREMENTAL.build();

    assertThat(side.source().describe(job, side.source().shapeOf(job), window("08:00:00", null)))
        .contains("orders")
        .contains("08:00");
  }

  /// Orders numbered from 1, in the order of their insertion; a NULL time stays NULL.
  private void ordersAt(String... times) {
    side.create(TABLE, SOURCE);
    for (int i = 0; i < times.length; i++) {
      side.insert(TABLE, i + 1L, times[i] == null ? null : at(times[i]), "order");
    }
  }

  private static SyncJob marked(String column) {
    return aJob().incremental().watermarkedOn(column).build();
  }

  private static Watermark mark(String time) {
    return Watermark.of(new WatermarkValue.Timestamp(at(time)));
  }

  private static Window window(String from, String to) {
    return new Window(
        Optional.ofNullable(from).map(RowSourceContract::mark),
        Optional.ofNullable(to).map(RowSourceContract::mark),
        Optional.empty());
  }

  private static Window from(WatermarkValue watermarkValue) {
    return new Window(
        Optional.of(Watermark.of(watermarkValue)), Optional.empty(), Optional.empty());
  }

  private List<Long> ids(SyncJob job, Window window) {
    return read(job, window).stream().map(row -> (Long) row.cell(0)).toList();
  }

  private List<Row> read(SyncJob job, Window window) {
    return batches(job, window).stream().flatMap(batch -> batch.rows().stream()).toList();
  }

  private List<RowBatch> batches(SyncJob job, Window window) {
    var batches = new ArrayList<RowBatch>();
    TableShape shape = side.source().shapeOf(job);
    try (Rows rows = open(side.source(), job, shape, window)) {
      for (var next = rows.next(); next.isPresent(); next = rows.next()) {
        batches.add(next.get());
      }
    }
    return batches;
  }
}
