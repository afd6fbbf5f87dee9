package io.qupersync.infrastructure.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qupersync.domain.row.PackedForm;
import io.qupersync.domain.row.PackedRows;
import io.qupersync.domain.row.RowPacker;
import io.qupersync.domain.table.CellParser;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.ColumnType;
import io.qupersync.domain.table.TableShape;
import io.qupersync.infrastructure.fixture.PostgresSide;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.PGConnection;

/// Texts as a server sends them: what is packed is what PostgreSQL would have read, to the last
/// digit.
class SentTextsTest {

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
            SentTextsTest::decimal,
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
            SentTextsTest::text,
            "",
            "\\",
            "\n",
            "a\tb\\\\c\r",
            "größe 💶",
            "\\N",
            "x".repeat(70_000)),
        of("varchar(40)", random -> "x".repeat(random.nextInt(41)), "größe", "x".repeat(40) + "  "),
        of("character(5)", random -> "x".repeat(random.nextInt(6)), "a", "abcde   "),
        of("json", random -> "{\"a\": " + random.nextInt() + "}", "[1,  2]", "\"\\n\""));
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
    return DateTimeFormatter.ISO_LOCAL_TIME.format(LocalTime.ofNanoOfDay(micros * 1000));
  }

  private static String text(Random random) {
    return random
        .ints(random.nextInt(30), 0x20, 0x2fff)
        .filter(Character::isDefined)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @ParameterizedTest
  @MethodSource("texts")
  void are_packed_as_the_values_that_postgresql_reads(String type, List<String> texts)
      throws SQLException, IOException {
    side.execute("drop table if exists read_text, packed");
    side.execute("create table read_text (id integer, v %s)".formatted(type));
    side.execute("create table packed (id integer, v %s)".formatted(type));
    var packer = packer(type);
    try (Connection connection = side.connect();
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into read_text values (?, cast(cast(? as text) as %s))".formatted(type))) {
      for (int id = 0; id < texts.size(); id++) {
        pack(id, texts.get(id), type, packer);
        insert.setInt(1, id);
        insert.setString(2, texts.get(id));
        insert.addBatch();
      }
      insert.executeBatch();
      assertThat(copied(packer.pack(), connection)).isEqualTo(texts.size());
    }

    assertThat(
            side.value(
                "select count(*) from read_text join packed p using (id) where read_text.v::text collate \"C\" = p.v::text and pg_column_size(read_text.v) = pg_column_size(p.v)"))
        .isEqualTo("" + texts.size());
  }

  @ParameterizedTest
  @MethodSource("texts")
  void are_unpacked_as_the_same_values(String type, List<String> texts) {
    ColumnType of = ColumnType.parse(type);
    var packer = packer(type);
    for (int id = 0; id < texts.size(); id++) {
      pack(id, texts.get(id), type, packer);
    }
    PackedRows packed = packer.pack();

    for (int id = 0; id < texts.size(); id++) {
      assertThat(packed.cell(id, 1))
          .as(texts.get(id))
          .isEqualTo(CellParser.read(texts.get(id), of));
    }
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
    "smallint, 32768",
    "integer, -2147483649",
    "bigint, 9223372036854775808",
    "bigint, ''",
    "bigint, 1.0",
    "bigint, -",
    "numeric, ''",
    "numeric, .",
    "numeric, 1.2.3",
    "numeric, -",
    "double precision, 1e999",
    "double precision, 1e-999",
    "double precision, ''",
    "double precision, .",
    "double precision, 1d",
    "double precision, 1.2.3",
    "real, 1e39",
    "date, 2026-02-29",
    "date, 0000-01-01",
    "date, ''",
    "timestamp, 2026-01-01T",
    "time, 25:00:00",
    "time, 24:00:00",
    "time, 07:00",
  })
  void that_are_strange_are_left_to_others(String type, String text) {
    var packer = packer(type);

    assertThatThrownBy(() -> pack(1, text, type, packer)).isInstanceOf(UnencodableText.class);
  }

  private static RowPacker packer(String type) {
    return new RowPacker(
        new TableShape(
            List.of(
                new Column("id", ColumnType.parse("integer"), true),
                new Column("v", ColumnType.parse(type), true))),
        List.of(0, 1));
  }

  private static void pack(int id, String text, String type, RowPacker packer) {
    byte[] sent = text.getBytes(StandardCharsets.UTF_8);
    packer.begin(sent.length);
    packer.addFour(id);
    CellPacker.ofText(PackedForm.of(ColumnType.parse(type))).pack(sent, packer);
  }

  private static long copied(PackedRows rows, Connection connection)
      throws SQLException, IOException {
    var stream = new ByteArrayOutputStream();
    stream.writeBytes(HexFormat.of().parseHex("5047434f50590aff0d0a00" + "0000000000000000"));
    stream.write(rows.packed(), 0, rows.length());
    stream.writeBytes(new byte[] {-1, -1});
    return connection
        .unwrap(PGConnection.class)
        .getCopyAPI()
        .copyIn(
            "copy packed from stdin (format binary)",
            new ByteArrayInputStream(stream.toByteArray()));
  }
}
