package io.qupersync.infrastructure.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qupersync.domain.row.PassingBatch;
import io.qupersync.domain.row.RowPacker;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.ColumnType;
import io.qupersync.domain.table.TableShape;
import io.qupersync.infrastructure.fixture.PostgresSide;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What goes in as bytes is what PostgreSQL would have read from the text, to the last digit.
class PackedCopyTest {

  private static final int SAMPLES = 2000;

  private static PostgresSide side;

  @BeforeAll
  static void open() {
    side = PostgresSide.open();
  }

  @AfterAll
  static void close() {
    side.close();
  }

  static Stream<Arguments> texts() {
    return Stream.of(
        of("boolean", random -> random.nextBoolean() ? "t" : "f", "true", "false"),
        of("smallint", random -> "" + (short) random.nextInt(), "-32768", "32767", "0"),
        of("integer", random -> "" + random.nextInt(), "-2147483648", "2147483647", "-0"),
        of(
            "bigint",
            random -> "" + (random.nextLong() >> random.nextInt(64)),
            "" + Long.MIN_VALUE,
            "" + Long.MAX_VALUE,
            "999999999999999999",
            "1000000000000000000"),
        of(
            "numeric",
            PackedCopyTest::decimal,
            "0",
            "-0.00",
            "10000",
            "9999.9999",
            "0.0001",
            "007.50"),
        of("numeric(38,37)", random -> "-9.9999999999999999999999999999999999999", "0.5"),
        of("numeric(6,1)", random -> "" + random.nextInt(99999), "0.44", "0.46", "12345.05"),
        of(
            "double precision",
            random -> number(Double.longBitsToDouble(random.nextLong())),
            "4.428571428571429",
            "0.1",
            "-0",
            "0.30000000000000004",
            "9007199254740993",
            "9007199254740993.5",
            "900719925474099.25",
            "4.9e-324",
            "1.7976931348623157e+308",
            "123456789012345678",
            "0.000000000000000001"),
        of(
            "real",
            random -> number(Float.intBitsToFloat(random.nextInt())),
            "0.1",
            "1.4e-45",
            "-0",
            "16777217"),
        of(
            "date",
            random -> "" + day(random),
            "0001-01-01",
            "9999-12-31",
            "2000-02-29",
            "1582-10-10"),
        of("time", random -> time(random), "00:00:00", "23:59:59.999999", "12:00:00.5"),
        of(
            "timestamp",
            random -> day(random) + " " + time(random),
            "0001-01-01 00:00:00",
            "9999-12-31 23:59:59.999999"),
        of("timestamp(3)", random -> day(random) + " " + time(random), "2026-01-01 00:00:00.0005"),
        of(
            "timestamptz",
            random ->
                day(random)
                    + " "
                    + time(random)
                    + List.of("+00", "-03:30", "+05:45", "+13", "+00:19:32").get(random.nextInt(5)),
            "2026-03-29 02:30:00+01"),
        of(
            "text",
            PackedCopyTest::text,
            "",
            "\\\\",
            "\\n",
            "a\\tb\\\\\\\\c\\r",
            "größe 💶",
            "\\\\N",
            "x".repeat(70_000)),
        of("varchar(40)", random -> "x".repeat(random.nextInt(41)), "größe", "x".repeat(40) + "  "),
        of("character(5)", random -> "x".repeat(random.nextInt(6)), "a", "abcde   "),
        of("json", random -> "{\"a\": " + random.nextInt() + "}", "[1,  2]", "\"\\\\n\""),
        of("jsonb", random -> "{\"b\": 1, \"a\": " + random.nextInt() + "}", "null", "\"\\\\n\""));
  }

  private static Arguments of(String type, Function<Random, String> texts, String... edges) {
    var random = new Random(type.hashCode());
    return Arguments.of(
        type,
        Stream.concat(Stream.of(edges), Stream.generate(() -> texts.apply(random)).limit(SAMPLES))
            .toList());
  }

  private static String decimal(Random random) {
    var digits = new BigInteger(1 + random.nextInt(250), random);
    var decimal = new BigDecimal(digits, random.nextInt(60));
    return (random.nextBoolean() ? decimal : decimal.negate()).toPlainString();
  }

  private static String number(double number) {
    return Double.isFinite(number) ? written("" + number) : "1";
  }

  private static String number(float number) {
    return Float.isFinite(number) ? written("" + number) : "1";
  }

  /// As PostgreSQL writes exponents.
  private static String written(String java) {
    return java.replaceAll("E(\\d)", "e+$1").replace('E', 'e');
  }

  private static LocalDate day(Random random) {
    return LocalDate.of(1, 1, 1).plusDays(random.nextInt(3_652_059));
  }

  private static String time(Random random) {
    long micros = random.nextLong(86_400_000_000L);
    String time = LocalTime.ofNanoOfDay(micros * 1000).toString();
    return time.length() == 5 ? time + ":00" : time;
  }

  private static String text(Random random) {
    return random
        .ints(random.nextInt(30), 0x20, 0x2fff)
        .filter(point -> point != '\\' && Character.isDefined(point))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @ParameterizedTest
  @MethodSource("texts")
  void bytes_and_text_are_the_same_value(String type, List<String> texts) {
    side.execute("drop table if exists read_text, read_bytes");
    side.execute("create table read_text (id integer, v %s)".formatted(type));
    side.execute("create table read_bytes (id integer, v %s)".formatted(type));

    assertThat(copied("read_text", new ColumnType.Other(type), texts)).isEqualTo(texts.size());
    assertThat(copied("read_bytes", ColumnType.parse(type), texts)).isEqualTo(texts.size());

    assertThat(
            side.value(
                "select count(*) from read_text join read_bytes b using (id) where read_text.v::text collate \"C\" = b.v::text and pg_column_size(read_text.v) = pg_column_size(b.v)"))
        .isEqualTo("" + texts.size());
  }

  @ParameterizedTest
  @CsvSource({
    "date, infinity",
    "date, 10000-01-01",
    "date, 0044-03-15 BC",
    "timestamp, -infinity",
    "timestamp, 2026-01-01 24:00:00",
    "timestamp, 2026-01-01 00:00:00.1234567",
    "timestamptz, 2026-01-01 00:00:00 BC",
    "numeric, NaN",
    "numeric, 1e3",
    "double precision, NaN",
    "double precision, -Infinity",
    "real, NaN",
    "bigint, ' 1'",
    "boolean, yes",
    "double precision, 0x10",
    "timestamptz, 2026-01-01 00:00:00+1",
  })
  void what_has_no_bytes_here_is_left_to_postgresql(String type, String text) throws SQLException {
    side.execute("drop table if exists read_bytes");
    side.execute("create table read_bytes (id integer, v %s)".formatted(type));
    try (Connection connection = side.connect()) {
      PackedCopy copy = copy(connection, "read_bytes", ColumnType.parse(type));
      assertThatThrownBy(() -> copy.send(batch(List.of(text)), ""))
          .isInstanceOfSatisfying(
              SQLException.class, refused -> assertThat(DataRefusal.is(refused)).isTrue());

      assertThat(copy.send(batch(List.of(text)), "")).isEqualTo(1);
    }
    assertThat(side.value("select v = '%s'::%s from read_bytes".formatted(text, type)))
        .isEqualTo("true");
  }

  @ParameterizedTest
  @CsvSource({
    "smallint, 32768",
    "integer, -2147483649",
    "bigint, 9223372036854775808",
    "bigint, ''",
    "bigint, 1.0",
    "bigint, -",
    "numeric, .",
    "numeric, 1.2.3",
    "numeric, -",
    "double precision, 1e999",
    "double precision, 1e-999",
    "double precision, .",
    "double precision, 1d",
    "double precision, 1.2.3",
    "real, 1e39",
    "date, 2026-02-29",
    "date, 0000-01-01",
    "timestamp, 2026-01-01T",
    "time, 25:00:00",
  })
  void what_postgresql_would_refuse_is_refused(String type, String text) throws SQLException {
    side.execute("drop table if exists read_bytes");
    side.execute("create table read_bytes (id integer, v %s)".formatted(type));
    try (Connection connection = side.connect()) {
      PackedCopy copy = copy(connection, "read_bytes", ColumnType.parse(type));
      for (int attempt = 0; attempt < 2; attempt++) {
        assertThatThrownBy(() -> copy.send(batch(List.of(text)), ""))
            .isInstanceOfSatisfying(
                SQLException.class, refused -> assertThat(DataRefusal.is(refused)).isTrue());
      }
    }
  }

  @Test
  void cells_that_no_line_has_come_with_the_batch() throws SQLException {
    side.execute("drop table if exists read_bytes");
    side.execute("create table read_bytes (id integer, v text, source text, at timestamptz)");
    try (Connection connection = side.connect()) {
      var copy =
          new PackedCopy(
              connection,
              "read_bytes",
              columns(ColumnType.parse("text")),
              List.of(
                  new Column("source", ColumnType.parse("text"), true),
                  new Column("at", ColumnType.parse("timestamptz"), true)));
      copy.send(batch(List.of("a", "\\N", "c")), "he\\\\re\t2026-01-01 00:00:00+00");
    }
    assertThat(
            side.value(
                "select string_agg(id || coalesce(v, '-') || source, ',' order by id) from read_bytes where at = '2026-01-01 00:00Z'"))
        .isEqualTo("0ahe\\re,1-he\\re,2che\\re");
  }

  private static long copied(String table, ColumnType type, List<String> texts) {
    try (Connection connection = side.connect()) {
      return copy(connection, table, type).send(batch(texts), "");
    } catch (SQLException failure) {
      throw new AssertionError(failure);
    }
  }

  private static PackedCopy copy(Connection connection, String table, ColumnType type) {
    return new PackedCopy(connection, table, columns(type), List.of());
  }

  private static List<Column> columns(ColumnType type) {
    return List.of(
        new Column("id", ColumnType.parse("integer"), true), new Column("v", type, true));
  }

  /// @param texts as they stand in a line of COPY
  private static PassingBatch batch(List<String> texts) {
    var packer = new RowPacker(new TableShape(columns(ColumnType.parse("text"))), List.of(0, 1));
    for (int id = 0; id < texts.size(); id++) {
      packer.addPlain(("" + id).getBytes(StandardCharsets.UTF_8));
      packer.addPlain(texts.get(id).getBytes(StandardCharsets.UTF_8));
    }
    return new PassingBatch(
        List.of(packer.pack()),
        List.of(0, 1),
        Optional.empty(),
        () -> {
          throw new UnsupportedOperationException();
        });
  }
}
