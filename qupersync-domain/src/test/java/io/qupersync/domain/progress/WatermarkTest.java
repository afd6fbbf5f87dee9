package io.qupersync.domain.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import io.qupersync.domain.job.Lookback;
import io.qupersync.domain.table.CellText;
import io.qupersync.domain.table.ColumnType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.quicktheories.core.Gen;

class WatermarkTest {

  private static final Instant NOW = Instant.parse("2026-03-02T08:00:31.077231Z");

  /// Each list in ascending order.
  static Stream<List<WatermarkValue>> ascending() {
    return Stream.of(
        List.of(
            new WatermarkValue.Timestamp(LocalDateTime.MIN),
            new WatermarkValue.Timestamp(LocalDateTime.parse("-0043-03-15T12:00:00")),
            new WatermarkValue.Timestamp(LocalDateTime.parse("2026-03-02T08:00:00")),
            new WatermarkValue.Timestamp(LocalDateTime.parse("2026-03-02T08:00:00.000001")),
            new WatermarkValue.Timestamp(LocalDateTime.MAX)),
        List.of(
            new WatermarkValue.TimestampTz(Instant.MIN),
            new WatermarkValue.TimestampTz(NOW.minusNanos(1000)),
            new WatermarkValue.TimestampTz(NOW),
            new WatermarkValue.TimestampTz(Instant.MAX)),
        List.of(
            new WatermarkValue.Date(LocalDate.MIN),
            new WatermarkValue.Date(LocalDate.of(0, 12, 31)),
            new WatermarkValue.Date(LocalDate.of(1, 1, 1)),
            new WatermarkValue.Date(LocalDate.MAX)),
        List.of(
            new WatermarkValue.Numeric(new BigDecimal("-1")),
            new WatermarkValue.Numeric(new BigDecimal("9")),
            new WatermarkValue.Numeric(new BigDecimal("9.5")),
            new WatermarkValue.Numeric(new BigDecimal("10"))),
        List.of(
            new WatermarkValue.Text(""),
            new WatermarkValue.Text("a"),
            new WatermarkValue.Text("ab"),
            new WatermarkValue.Text("b")));
  }

  @ParameterizedTest
  @MethodSource("ascending")
  void marks_of_one_kind_have_an_order(List<WatermarkValue> marks) {
    for (int i = 0; i < marks.size(); i++) {
      for (int j = 0; j < marks.size(); j++) {
        assertThat(Integer.signum(marks.get(i).compareWith(marks.get(j))))
            .isEqualTo(Integer.compare(i, j));
      }
    }
  }

  @Test
  void marks_of_two_kinds_have_none() {
    assertThatThrownBy(() ->
            new WatermarkValue.Text("7").compareWith(new WatermarkValue.Numeric(BigDecimal.TEN)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no order between TEXT and NUMBER");
  }

  @Test
  void numbers_of_two_scales_are_one_place() {
    assertThat(number("1.0")).isEqualByComparingTo(number("1.00"));
  }

  @ParameterizedTest
  @CsvSource({
    "smallint, NUMBER", "integer, NUMBER", "bigint, NUMBER", "numeric, NUMBER",
    "'numeric(18,4)', NUMBER", "text, TEXT", "varchar(9), TEXT", "char(9), TEXT",
    "date, DATE", "timestamp, TIMESTAMP", "timestamp(3), TIMESTAMP", "timestamptz, TIMESTAMPTZ",
  })
  void a_column_with_an_order_has_a_kind(String type, WatermarkValue.Kind kind) {
    assertThat(WatermarkValue.Kind.of(ColumnType.parse(type))).contains(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "boolean",
    "real",
    "double precision",
    "time",
    "timetz",
    "interval",
    "interval(3)",
    "bytea",
    "json",
    "jsonb",
    "uuid",
    "citext",
    "text[]",
  })
  void a_column_without_an_order_to_rely_on_has_none(String type) {
    assertThat(WatermarkValue.Kind.of(ColumnType.parse(type))).isEmpty();
  }

  @Test
  void a_cell_that_can_be_no_mark_is_none() {
    assertThat(WatermarkValue.of(Double.NaN)).isEmpty();
    assertThat(WatermarkValue.of(7L)).contains(new WatermarkValue.Numeric(BigDecimal.valueOf(7)));
  }

  @ParameterizedTest
  @MethodSource("ascending")
  void a_mark_is_read_back_as_it_was_written(List<WatermarkValue> marks) {
    for (WatermarkValue watermarkValue : marks) {
      assertThat(WatermarkValue.parse(watermarkValue.text(), watermarkValue.kind()))
          .isEqualTo(watermarkValue);
      assertThat(watermarkValue.text()).isEqualTo(CellText.of(watermarkValue.cell()));
    }
  }

  @Test
  void the_sources_present_is_a_mark_of_any_time_kind_and_of_no_other() {
    assertThat(WatermarkValue.at(NOW, WatermarkValue.Kind.TIMESTAMP).text())
        .isEqualTo("2026-03-02 08:00:31.077231");
    assertThat(WatermarkValue.at(NOW, WatermarkValue.Kind.TIMESTAMPTZ).cell()).isEqualTo(NOW);
    assertThat(WatermarkValue.at(NOW, WatermarkValue.Kind.DATE).text()).isEqualTo("2026-03-02");
    assertThatThrownBy(() -> WatermarkValue.at(NOW, WatermarkValue.Kind.NUMBER))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_lookback_reaches_back_from_the_leading_column() {
    Watermark tuple = Watermark.of(time("08:00:00"), new WatermarkValue.Numeric(BigDecimal.TEN));

    assertThat(tuple.minus(minutes(15))).isEqualTo(Watermark.of(time("07:45:00")));
    assertThat(tuple.minus(new Lookback.None())).isEqualTo(tuple);
    assertThat(tuple.minus(minutes(0))).isEqualTo(tuple);
    assertThat(number("10").minus(new Lookback.OfCount(3))).isEqualTo(number("7"));
    assertThat(number("10").minus(new Lookback.OfCount(0))).isEqualTo(number("10"));
  }

  @ParameterizedTest
  @CsvSource({"PT0.000000001S, 1", "PT24H, 1", "PT24H0.000000001S, 2", "PT36H, 2", "PT48H, 2"})
  void a_lookback_on_a_date_goes_back_whole_days_rounded_up(Duration reach, int days) {
    var date = new WatermarkValue.Date(LocalDate.of(2026, 3, 2));

    assertThat(date.minus(reach).cell()).isEqualTo(LocalDate.of(2026, 3, 2).minusDays(days));
  }

  @Test
  void infinity_reaches_back_to_itself() {
    for (WatermarkValue infinite :
        List.of(
            new WatermarkValue.Timestamp(LocalDateTime.MIN),
            new WatermarkValue.Timestamp(LocalDateTime.MAX),
            new WatermarkValue.TimestampTz(Instant.MIN),
            new WatermarkValue.TimestampTz(Instant.MAX),
            new WatermarkValue.Date(LocalDate.MIN),
            new WatermarkValue.Date(LocalDate.MAX))) {
      assertThat(infinite.minus(Duration.ofDays(1))).isEqualTo(infinite);
    }
  }

  @Test
  void a_shorter_watermark_stands_before_those_that_begin_with_it() {
    Watermark moment = Watermark.of(time("08:00:00"));
    Watermark first = Watermark.of(time("08:00:00"), new WatermarkValue.Numeric(BigDecimal.ONE));
    Watermark later = Watermark.of(time("08:00:01"));

    assertThat(Stream.of(later, first, moment).sorted()).containsExactly(moment, first, later);
  }

  @Test
  void the_order_of_watermarks_is_one() {
    qt().forAll(watermarks(), watermarks(), watermarks())
        .check((a, b, c) ->
            Integer.signum(a.compareTo(b)) == -Integer.signum(b.compareTo(a))
                && (a.compareTo(b) > 0 || b.compareTo(c) > 0 || a.compareTo(c) <= 0)
                && (a.compareTo(b) == 0) == a.equals(b));
  }

  @Test
  void the_earlier_and_the_later_of_two_are_those_two() {
    qt().forAll(watermarks(), watermarks())
        .check((a, b) ->
            !a.orEarlier(b).isAfter(a)
                && !a.orEarlier(b).isAfter(b)
                && !a.isAfter(a.orLater(b))
                && !b.isAfter(a.orLater(b))
                && List.of(a, b).containsAll(List.of(a.orEarlier(b), a.orLater(b))));
  }

  @Test
  void reaching_back_never_reaches_forward() {
    qt().forAll(watermarks(), integers().between(0, 100))
        .check((mark, count) -> !mark.minus(new Lookback.OfCount(count)).isAfter(mark));
  }

  @Test
  void a_watermark_holds_at_least_one_value() {
    assertThatThrownBy(Watermark::of).hasMessage("a watermark holds at least one value");
  }

  @Test
  void people_read_a_watermark_as_text() {
    assertThat(Watermark.of(time("08:00:00"), new WatermarkValue.Text("x")))
        .hasToString("2026-03-02 08:00:00, x");
  }

  @Test
  void a_window_does_not_run_backwards() {
    Watermark eight = Watermark.of(time("08:00:00"));
    Watermark nine = Watermark.of(time("09:00:00"));

    assertThat(new Window(Optional.of(eight), Optional.of(eight), Optional.empty())).isNotNull();
    // of several columns, the end names the leading one
    Watermark within = Watermark.of(time("08:00:00"), new WatermarkValue.Numeric(BigDecimal.TEN));
    assertThat(new Window(Optional.of(within), Optional.of(eight), Optional.empty())).isNotNull();
    assertThatThrownBy(() -> new Window(Optional.of(nine), Optional.of(eight), Optional.empty()))
        .hasMessageContaining("window must not run backwards");
  }

  private static WatermarkValue time(String time) {
    return new WatermarkValue.Timestamp(LocalDateTime.parse("2026-03-02T" + time));
  }

  private static Watermark number(String number) {
    return Watermark.of(new WatermarkValue.Numeric(new BigDecimal(number)));
  }

  private static Lookback minutes(int minutes) {
    return new Lookback.OfTime(Duration.ofMinutes(minutes));
  }

  private static Gen<Watermark> watermarks() {
    return lists()
        .of(integers().between(0, 5))
        .ofSizeBetween(1, 3)
        .map(numbers ->
            new Watermark(
                numbers.stream()
                    .<WatermarkValue>map(
                        number -> new WatermarkValue.Numeric(BigDecimal.valueOf(number)))
                    .toList()));
  }
}
