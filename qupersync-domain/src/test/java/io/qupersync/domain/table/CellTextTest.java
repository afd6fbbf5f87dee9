package io.qupersync.domain.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.bigDecimals;
import static org.quicktheories.generators.SourceDSL.booleans;
import static org.quicktheories.generators.SourceDSL.doubles;
import static org.quicktheories.generators.SourceDSL.floats;
import static org.quicktheories.generators.SourceDSL.longs;
import static org.quicktheories.generators.SourceDSL.strings;

import io.qupersync.domain.table.ColumnType.Plain;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.quicktheories.core.Gen;

/// What [CellText] writes, [CellParser] reads back.
class CellTextTest {

  private static final LocalDate FIRST = LocalDate.of(-4712, 1, 1);
  private static final LocalDate LAST = LocalDate.of(294_276, 12, 31);

  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of(true, "true"),
        Arguments.of(Long.MIN_VALUE, "-9223372036854775808"),
        Arguments.of(new BigDecimal("1E+3"), "1000"),
        Arguments.of(new BigDecimal("-0.10"), "-0.10"),
        Arguments.of(Double.NaN, "NaN"),
        Arguments.of(Double.NEGATIVE_INFINITY, "-Infinity"),
        Arguments.of(0.1f, "0.1"),
        Arguments.of(LocalDate.of(2026, 3, 2), "2026-03-02"),
        Arguments.of(LocalDate.of(9999, 12, 31), "9999-12-31"),
        Arguments.of(LocalDate.of(294_276, 1, 1), "294276-01-01"),
        Arguments.of(LocalDate.of(0, 1, 1), "0001-01-01 BC"),
        Arguments.of(LocalDate.of(-43, 3, 15), "0044-03-15 BC"),
        Arguments.of(LocalDate.MAX, "infinity"),
        Arguments.of(LocalDate.MIN, "-infinity"),
        Arguments.of(LocalDateTime.of(2026, 3, 2, 8, 5), "2026-03-02 08:05:00"),
        Arguments.of(LocalDateTime.of(2026, 3, 2, 8, 5, 1, 7000), "2026-03-02 08:05:01.000007"),
        Arguments.of(LocalDateTime.of(-4712, 1, 1, 0, 0), "4713-01-01 00:00:00 BC"),
        Arguments.of(LocalDateTime.MAX, "infinity"),
        Arguments.of(LocalDateTime.MIN, "-infinity"),
        Arguments.of(Instant.parse("2026-03-02T08:05:01.5Z"), "2026-03-02 08:05:01.500000+00"),
        Arguments.of(Instant.parse("-0043-03-15T12:00:00Z"), "0044-03-15 12:00:00+00 BC"),
        Arguments.of(Instant.MAX, "infinity"),
        Arguments.of(Instant.MIN, "-infinity"),
        Arguments.of(new byte[] {0, 127, -1}, "\\x007fff"),
        Arguments.of("as it is \0", "as it is \0"));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void writes_a_cell_as_postgresql_does(Object cell, String text) {
    assertThat(CellText.of(cell)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-02, 2026-03-02T00:00",
    "2026-03-02 08:05, 2026-03-02T08:05",
    "2026-03-02T08:05:01, 2026-03-02T08:05:01",
    "2026-03-02  08:05:01.077231, 2026-03-02T08:05:01.077231",
    "2026-03-02 08:05:01Z, 2026-03-02T08:05:01",
    "2026-03-02 08:05:01+00, 2026-03-02T08:05:01",
    "2026-03-02 08:05:01+05:30, 2026-03-02T02:35:01",
    "2026-03-02 08:05:01-0330, 2026-03-02T11:35:01",
    "2026-03-02Z, 2026-03-02T00:00",
    "0044-03-15 12:00:00 BC, -0043-03-15T12:00",
    "2024-02-29, 2024-02-29T00:00",
    "0045-02-29 BC, -0044-02-29T00:00",
  })
  void reads_a_time_as_users_write_it(String text, LocalDateTime moment) {
    assertThat(CellParser.read(text, Plain.TIMESTAMP)).isEqualTo(moment);
    assertThat(CellParser.read(text, Plain.TIMESTAMPTZ))
        .isEqualTo(moment.toInstant(ZoneOffset.UTC));
  }

  @ParameterizedTest
  @CsvSource({
    "TIMESTAMP, 2026-02-29",
    "TIMESTAMP, 2026-02-31 08:00",
    "TIMESTAMP, 2026-13-01",
    "TIMESTAMP, 2026-03-02 25:00",
    "TIMESTAMP, 2026-03-02 08:00:60",
    "TIMESTAMP, 02.03.2026",
    "TIMESTAMP, yesterday",
    "TIMESTAMP, ' BC'",
    "TIMESTAMP, 0000-01-01",
    "TIMESTAMP, 0000-01-01 BC",
    "TIMESTAMP, -0044-01-01 BC",
    "TIMESTAMP, 2026-03-02 08:05:01.1234567",
    "TIMESTAMPTZ, 2026-03-02 08:00 Mars/Olympus",
    "TIMESTAMPTZ, 2026-03-02 08:05:01.1234567Z",
    "DATE, 2026-02-29",
    "DATE, 2026-02-31",
    "DATE, 0045-02-30 BC",
    "DATE, 0044-02-29 BC",
    "DATE, 0000-01-01",
    "DATE, 2026-03-02 08:00",
    "NUMERIC, seven",
    "NUMERIC, ''",
    "BIGINT, 1.5",
    "BIGINT, 9223372036854775808",
    "BOOLEAN, maybe",
    "DOUBLE, one",
    "BYTEA, 00ff",
    "BYTEA, '\\x0'",
  })
  void refuses_what_is_no_value_of_the_type(Plain type, String text) {
    assertThatThrownBy(() -> CellParser.read(text, type))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("'%s' is not a".formatted(text));
  }

  @ParameterizedTest
  @CsvSource({
    "DATE, infinity",
    "DATE, -infinity",
    "TIMESTAMP, infinity",
    "TIMESTAMP, -infinity",
    "TIMESTAMPTZ, infinity",
    "TIMESTAMPTZ, -infinity",
    "NUMERIC, NaN",
    "NUMERIC, Infinity",
    "NUMERIC, -Infinity",
    "DOUBLE, NaN",
    "DOUBLE, -Infinity",
    "DOUBLE, -0.0",
    "REAL, NaN",
    "REAL, Infinity",
  })
  void reads_back_what_is_beyond_numbers(Plain type, String text) {
    assertThat(CellText.of(CellParser.read(text, type))).isEqualTo(text);
  }

  @Test
  void reads_back_every_date() {
    qt().forAll(dates()).check(date -> readsBack(date, Plain.DATE));
  }

  @Test
  void reads_back_every_leap_day() {
    for (int year = -4712; year < 10_000; year += 4) {
      if (LocalDate.of(year, 1, 1).isLeapYear()) {
        assertThat(readsBack(LocalDate.of(year, 2, 29), Plain.DATE)).as("%d", year).isTrue();
        assertThat(readsBack(LocalDate.of(year, 2, 29).atTime(1, 2), Plain.TIMESTAMP)).isTrue();
      }
    }
  }

  @Test
  void reads_back_every_timestamp_to_the_microsecond() {
    qt().forAll(moments()).check(moment -> readsBack(moment, Plain.TIMESTAMP));
  }

  @Test
  void reads_back_every_instant_to_the_microsecond() {
    qt().forAll(moments().map(moment -> moment.toInstant(ZoneOffset.UTC)))
        .check(instant -> readsBack(instant, Plain.TIMESTAMPTZ));
  }

  @Test
  void reads_back_every_number() {
    qt().forAll(bigDecimals().ofBytes(20).withScale(10))
        .check(number -> readsBack(number, Plain.NUMERIC));
    qt().forAll(longs().all()).check(number -> readsBack(number, Plain.BIGINT));
    qt().forAll(doubles().any()).check(number -> readsBack(number, Plain.DOUBLE));
    qt().forAll(floats().any()).check(number -> readsBack(number, Plain.REAL));
  }

  @Test
  void reads_back_truths_texts_and_bytes() {
    qt().forAll(booleans().all()).check(truth -> readsBack(truth, Plain.BOOLEAN));
    qt().forAll(strings().allPossible().ofLengthBetween(0, 30))
        .check(text -> readsBack(text, Plain.TEXT));
    byte[] bytes = {0, 1, 127, -128, -1};
    assertThat(CellParser.read(CellText.of(bytes), Plain.BYTEA)).isEqualTo(bytes);
  }

  @Test
  void an_object_that_is_no_cell_has_no_text() {
    assertThatThrownBy(() -> CellText.of(new StringBuilder("secret")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
  }

  private static boolean readsBack(Object cell, Plain type) {
    return CellParser.read(CellText.of(cell), type).equals(cell);
  }

  private static Gen<LocalDate> dates() {
    return longs().between(FIRST.toEpochDay(), LAST.toEpochDay()).map(LocalDate::ofEpochDay);
  }

  private static Gen<LocalDateTime> moments() {
    long micros =
        ChronoUnit.MICROS.between(LocalDateTime.MIN.toLocalTime(), LocalDateTime.MAX.toLocalTime());
    return dates()
        .zip(
            longs().between(0, micros),
            (date, micro) -> date.atStartOfDay().plus(micro, ChronoUnit.MICROS));
  }
}
