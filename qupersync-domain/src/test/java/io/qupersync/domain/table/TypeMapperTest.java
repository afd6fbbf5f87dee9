package io.qupersync.domain.table;

import static io.qupersync.domain.table.ColumnType.parse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.bigDecimals;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.longs;

import io.qupersync.domain.table.ColumnType.Decimal;
import io.qupersync.domain.table.ColumnType.Plain;
import io.qupersync.domain.table.TypeMapping.Checked;
import io.qupersync.domain.table.TypeMapping.Exact;
import io.qupersync.domain.table.TypeMapping.Lossy;
import io.qupersync.domain.table.TypeMapping.Narrowed;
import io.qupersync.domain.table.TypeMapping.Refused;
import io.qupersync.domain.table.TypeMapping.Widened;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Type mapping as a table: source type, target type, verdict, value in, value out.
class TypeMapperTest {

  private enum Verdict {
    EXACT,
    WIDENED,
    NARROWED,
    CHECKED,
    LOSSY
  }

  /// @param out the value that arrives; a String that begins with `!` is the reason it does not
  private record Line(String source, String target, Verdict verdict, Object in, Object out) {

    @Override
    public String toString() {
      return "%s -> %s: %.40s".formatted(source, target, in);
    }
  }

  private static final BigDecimal EDGE = new BigDecimal("9.9999999999999999999999999999999999999");

  private static final String SMILE = "\uD83D\uDE00";

  static final List<Line> NUMBERS =
      List.of(
          exact("numeric(38,37)", EDGE),
          widened("numeric(38,37)", "numeric", EDGE, EDGE),
          narrowed("numeric(38,37)", "numeric(38,36)", EDGE, "!rounded"),
          narrowed("numeric(38,37)", "numeric(38,36)", decimal("9.9"), decimal("9.9")),
          narrowed("numeric(38,37)", "numeric(37,37)", decimal("1"), "!out of range"),
          widened("numeric(10,2)", "numeric(12,2)", decimal("12345678.90"), decimal("12345678.90")),
          widened("numeric(10,2)", "numeric(12,4)", decimal("12345678.90"), decimal("12345678.90")),
          narrowed("numeric(10,2)", "numeric(11,4)", decimal("12345678.90"), "!out of range"),
          narrowed("numeric(18,4)", "numeric(18,2)", decimal("0.1000"), decimal("0.10")),
          narrowed("numeric(18,4)", "numeric(18,2)", decimal("0.1050"), "!rounded"),
          narrowed("numeric(18,4)", "numeric(18,2)", decimal("-0.0000"), decimal("0.00")),
          narrowed("numeric(18,4)", "bigint", decimal("7.0000"), 7L),
          narrowed("numeric(18,4)", "bigint", decimal("7.5000"), "!not whole"),
          narrowed("numeric(38,0)", "bigint", decimal("9223372036854775808"), "!too large"),
          narrowed("numeric(38,0)", "bigint", decimal("-9223372036854775808"), Long.MIN_VALUE),
          narrowed("numeric(38,0)", "smallint", decimal("32768"), "!out of range for smallint"),
          widened("smallint", "integer", 7L, 7L),
          widened("smallint", "bigint", 7L, 7L),
          narrowed("bigint", "integer", 2147483647L, 2147483647L),
          narrowed("bigint", "integer", 2147483648L, "!out of range for integer"),
          narrowed("bigint", "smallint", -32769L, "!out of range for smallint"),
          widened("bigint", "numeric", Long.MIN_VALUE, decimal("-9223372036854775808")),
          narrowed("bigint", "numeric(5,2)", 999L, decimal("999")),
          narrowed("bigint", "numeric(5,2)", 1000L, "!out of range"),
          narrowed("bigint", "numeric(2,-3)", 99000L, decimal("99000")),
          narrowed("bigint", "numeric(2,-3)", 99500L, "!rounded"),
          widened("boolean", "integer", true, 1L),
          narrowed("smallint", "boolean", 0L, false),
          narrowed("smallint", "boolean", 1L, true),
          narrowed("smallint", "boolean", 2L, "!only 0 and 1"),
          narrowed("bigint", "boolean", Long.MIN_VALUE, "!only 0 and 1"),
          narrowed("double precision", "bigint", 3.0, 3L),
          narrowed("double precision", "bigint", 3.5, "!not whole"),
          narrowed("double precision", "bigint", Double.NaN, "!NaN"),
          narrowed("double precision", "bigint", 1e300, "!too large"),
          widened("double precision", "numeric", 0.1, decimal("0.1")),
          widened("double precision", "numeric", Double.NaN, Double.NaN),
          widened(
              "double precision", "numeric", Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY),
          narrowed("double precision", "numeric(10,2)", Double.NaN, Double.NaN),
          narrowed("double precision", "numeric(10,2)", Double.POSITIVE_INFINITY, "!out of range"),
          widened("real", "double precision", 0.5f, 0.5),
          widened("real", "double precision", Float.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY),
          widened("real", "numeric", 0.1f, decimal("0.1")),
          widened("real", "numeric", Float.NaN, Double.NaN),
          lossy("double precision", "real", 0.1, 0.1f),
          lossy("double precision", "real", Double.NaN, Float.NaN),
          lossy("double precision", "real", Double.POSITIVE_INFINITY, Float.POSITIVE_INFINITY),
          lossy("double precision", "real", 1e300, "!out of range for real"),
          lossy("double precision", "real", 1e-300, "!out of range for real"),
          lossy("double precision", "real", -0.0, -0.0f),
          lossy("numeric(38,10)", "double precision", decimal("0.1"), 0.1),
          lossy("bigint", "double precision", 1L << 60, 0x1p60),
          lossy("varchar(500)", "double precision", "1e400", "!out of range for double"),
          lossy("varchar(500)", "double precision", "-1e-400", "!out of range for double"),
          lossy("varchar(500)", "double precision", "0e-400", 0.0),
          lossy("varchar(500)", "real", "1e39", "!out of range for real"));

  static final List<Line> TEXTS =
      List.of(
          exact("varchar(5)", "ab"),
          widened("varchar(5)", "text", "ab ", "ab "),
          widened("varchar(5)", "varchar(6)", "ab ", "ab "),
          narrowed("varchar(9)", "varchar(3)", "abc", "abc"),
          narrowed("varchar(9)", "varchar(3)", "abcd", "!longer than 3"),
          narrowed("varchar(9)", "varchar(3)", SMILE + SMILE + SMILE, SMILE + SMILE + SMILE),
          narrowed("varchar(20)", "varchar(3)", SMILE + "abc", "!longer than 3"),
          // PostgreSQL cuts surplus blanks, and only blanks, and only those
          narrowed("varchar(9)", "varchar(3)", "a     ", "a  "),
          narrowed("varchar(9)", "varchar(3)", SMILE + "     ", SMILE + "  "),
          narrowed("varchar(9)", "varchar(3)", "abc\t", "!longer than 3"),
          narrowed("varchar(9)", "varchar(3)", "abc\n\n", "!longer than 3"),
          // the padding of char(n) is no part of the value, on either side
          widened("char(5)", "text", "ab   ", "ab"),
          widened("char(5)", "text", "     ", ""),
          widened("char(5)", "text", "ab\t  ", "ab\t"),
          narrowed("char(5)", "varchar(3)", "ab   ", "ab"),
          narrowed("char(5)", "varchar(3)", "abcd ", "!longer than 3"),
          narrowed("char(5)", "char(3)", "ab   ", "ab"),
          widened("varchar(3)", "char(5)", "ab ", "ab"),
          narrowed("varchar(9)", "char(5)", "ab       ", "ab"),
          narrowed("varchar(9)", "char(5)", "abcdef", "!longer than 5"),
          widened("bigint", "text", 7L, "7"),
          widened("boolean", "text", true, "true"),
          widened("numeric(38,37)", "text", EDGE, EDGE.toPlainString()),
          widened("timestamptz", "text", Instant.EPOCH, "1970-01-01 00:00:00+00"),
          widened("bytea", "text", new byte[] {0, -1}, "\\x00ff"),
          narrowed("text", "boolean", " Yes ", true),
          narrowed("text", "boolean", "off", false),
          narrowed("text", "boolean", "maybe", "!no truth value"),
          narrowed("text", "bigint", " 7 ", 7L),
          narrowed("text", "bigint", "7.0", 7L),
          narrowed("text", "bigint", "7.5", "!not whole"),
          narrowed("text", "bigint", "1e999999999", "!no number PostgreSQL could hold"),
          narrowed("text", "integer", "2147483648", "!out of range for integer"),
          narrowed("text", "numeric", "NaN", Double.NaN),
          narrowed("text", "numeric", "0x10", "!no number"),
          narrowed("text", "numeric", "", "!no number"),
          narrowed("text", "numeric", "1e131071", new BigDecimal("1e131071")),
          narrowed("text", "numeric", "1e131072", "!no number PostgreSQL could hold"),
          narrowed("text", "numeric", "1e-16384", "!no number PostgreSQL could hold"),
          narrowed("text", "numeric", "1e999999999", "!no number PostgreSQL could hold"),
          narrowed("text", "numeric(5,2)", "1e-999999999", "!no number PostgreSQL could hold"),
          narrowed("text", "numeric(5,2)", "1.234", "!rounded"),
          narrowed("text", "jsonb", "{\"a\": 1}", "{\"a\": 1}"),
          narrowed("text", "uuid", "not judged here", "not judged here"),
          widened("jsonb", "json", "{}", "{}"),
          widened("json", "text", "{ }", "{ }"),
          lossy("json", "jsonb", "{\"b\":1,\"a\":2}", "{\"b\":1,\"a\":2}"),
          narrowed("text", "jsonb", "[{\"a\": 1}, {\"a\": \"a\"}]", "[{\"a\": 1}, {\"a\": \"a\"}]"),
          narrowed("text", "jsonb", "{\"a\": {\"b\": 1}, \"c\": [], \"a\": 2}", "!one name twice"),
          narrowed("text", "jsonb", "{\"a\":1,\"\\u0061\":2}", "!one name twice"),
          narrowed("text", "jsonb", "{\"a\\\"\":1,\"a\":\"\\\"\"}", "{\"a\\\"\":1,\"a\":\"\\\"\"}"),
          narrowed("text", "jsonb", "no JSON: the target says so", "no JSON: the target says so"),
          checked("varchar(9)", "citext", "Ab", "Ab"),
          checked("bigint", "inet", 7L, "7"),
          checked("text", "inet", "10.0.0.1/32", "10.0.0.1"),
          checked("numeric(9,2)", "money", decimal("-1234567.50"), "-$1,234,567.50"),
          checked("text", "money", "12.345", "12.345"),
          checked("text", "numeric(5,2)[]", "{ 1, \"2.5\",null, 1.234}", "{1.00,2.50,NULL,1.234}"),
          checked("text", "text[]", "{a, \"b c\", {}, \"\"}", "{a,\"b c\",{},\"\"}"),
          checked("text", "text[]", "[0:1]={a,b}", "[0:1]={a,b}"),
          narrowed("text", "date", "now", "!no date"));

  static final List<Line> TIMES =
      List.of(
          exact("date", LocalDate.of(-4711, 1, 1)),
          exact("date", LocalDate.of(9999, 12, 31)),
          exact("timestamp", LocalDateTime.of(294_276, 12, 31, 23, 59, 59, 999_999_000)),
          widened("date", "timestamp", LocalDate.of(9999, 12, 31), time("9999-12-31T00:00:00")),
          widened("date", "timestamp", LocalDate.MAX, LocalDateTime.MAX),
          widened("date", "timestamp", LocalDate.MIN, LocalDateTime.MIN),
          narrowed("timestamp", "date", time("2026-03-02T00:00:00"), LocalDate.of(2026, 3, 2)),
          narrowed("timestamp", "date", time("2026-03-02T00:00:00.000001"), "!time of day"),
          narrowed("timestamp", "date", LocalDateTime.MAX, LocalDate.MAX),
          narrowed("timestamp", "date", LocalDateTime.MIN, LocalDate.MIN),
          lossy(
              "timestamp",
              "timestamptz",
              time("2026-03-29T02:30:00"),
              Instant.parse("2026-03-29T02:30:00Z")),
          lossy("timestamp", "timestamptz", LocalDateTime.MAX, Instant.MAX),
          lossy("timestamp", "timestamptz", LocalDateTime.MIN, Instant.MIN),
          lossy(
              "timestamptz",
              "timestamp",
              Instant.parse("-0043-03-15T12:00:00Z"),
              time("-0043-03-15T12:00:00")),
          lossy("timestamptz", "timestamp", Instant.MAX, LocalDateTime.MAX),
          lossy("timestamptz", "timestamp", Instant.MIN, LocalDateTime.MIN),
          widened(
              "timestamp(3)",
              "timestamp",
              time("2026-03-02T08:00:00.123"),
              time("2026-03-02T08:00:00.123")),
          widened(
              "timestamp(3)",
              "timestamp(4)",
              time("2026-03-02T08:00:00.123"),
              time("2026-03-02T08:00:00.123")),
          narrowed(
              "timestamp",
              "timestamp(3)",
              time("2026-03-02T08:00:00.123"),
              time("2026-03-02T08:00:00.123")),
          narrowed("timestamp", "timestamp(3)", time("2026-03-02T08:00:00.123456"), "!more than 3"),
          narrowed(
              "timestamptz",
              "timestamptz(0)",
              Instant.parse("2026-03-02T08:00:00.5Z"),
              "!more than 0"),
          narrowed("timestamp", "timestamp(0)", LocalDateTime.MAX, LocalDateTime.MAX),
          narrowed("timestamptz", "timestamptz(0)", Instant.MIN, Instant.MIN),
          lossy("timestamp", "timestamptz(3)", time("2026-03-02T08:00:00.1234"), "!more than 3"),
          narrowed("time", "time(3)", "08:00:00.123000", "08:00:00.123000"),
          narrowed("time", "time(3)", "08:00:00.123400", "!more than 3"),
          narrowed("interval", "interval(0)", "1 day 00:00:00.5", "!more than 0"),
          narrowed("interval", "interval(0)", "1 year 2 mons", "1 year 2 mons"),
          narrowed("text", "date", "2026-03-02", LocalDate.of(2026, 3, 2)),
          narrowed("text", "date", "2026-02-31", "!no date"),
          narrowed("text", "date", "infinity", LocalDate.MAX),
          narrowed("text", "timestamp", "2026-03-02 08:00", time("2026-03-02T08:00:00")),
          narrowed("text", "timestamp", "2026-03-02 08:00:00.1234567", "!no timestamp"),
          narrowed(
              "text", "timestamptz", "2026-03-02 08:00+02", Instant.parse("2026-03-02T06:00:00Z")),
          narrowed("text", "timestamptz", "soon", "!no timestamp"),
          narrowed("text", "time", "08:00", "08:00"),
          narrowed("text", "timetz", "08:00:00.1234567+02", "!more than 6"),
          narrowed("text", "time", "now", "!no time"),
          narrowed("text", "time", " ALLBALLS ", "!no time"),
          narrowed("text", "time", "2026-03-02 08:00", "!no time"),
          narrowed("text", "time", "08:00+02", "!no time"),
          narrowed("text", "time", "08:00:60", "!no time"),
          narrowed("text", "time", "08:00:00.0000000001", "!no time"),
          narrowed("text", "time", "24:00", "24:00"),
          narrowed("text", "timetz", "08:00:00 -0330", "08:00:00 -0330"),
          narrowed("text", "timetz", "08:00 Europe/Berlin", "!no time"),
          narrowed("text", "interval", "1 day", "1 day"),
          narrowed("text", "interval", "@ 1 hour 0.5 secs ago", "-01:00:00.5"),
          narrowed("text", "interval", "P1Y2M3DT4H5M6.7S", "1 year 2 mons 3 days 04:05:06.7"),
          narrowed("text", "interval", "-1 years +2 mons", "-10 mons"),
          narrowed("text", "interval", "1 mon -1 days +2:03", "1 mon -1 days +02:03:00"),
          narrowed("text", "interval", "0 days", "00:00:00"),
          narrowed("text", "interval", "$12.50", "!no interval"),
          narrowed("text", "interval", "12", "!no interval"),
          narrowed("text", "interval", "1.5 days", "!no interval"),
          narrowed("text", "interval", "1 fortnight", "!no interval"),
          narrowed("text", "interval", "1 day now", "!no interval"),
          narrowed("text", "interval", "P", "!no interval"),
          narrowed("text", "interval", "P1H", "!no interval"),
          narrowed("text", "interval", "1 sec .0000001", "!no interval"),
          checked("interval", "interval day", "1 days 05:00", "1 day 05:00:00"),
          checked("text", "interval day to second", "nonsense", "nonsense"));

  @ParameterizedTest
  @FieldSource({"NUMBERS", "TEXTS", "TIMES"})
  void a_value_arrives_as_it_is_or_is_refused(Line line) {
    TypeMapping mapping = TypeMapper.map(parse(line.source()), parse(line.target()));

    assertThat(verdict(mapping)).isEqualTo(line.verdict());
    Object out = converter(mapping).convert(line.in());
    if (line.out() instanceof String text && text.startsWith("!")) {
      assertThat(out)
          .isInstanceOfSatisfying(
              ConversionRefusal.class,
              conversionRefusal ->
                  assertThat(conversionRefusal.reason()).contains(text.substring(1)));
    } else if (out instanceof BigDecimal number) {
      assertThat(number).isEqualByComparingTo((BigDecimal) line.out());
    } else {
      assertThat(out).isEqualTo(line.out());
    }
  }

  static Stream<List<String>> impossible() {
    return Stream.of(
        List.of("date", "bigint"),
        List.of("bigint", "date"),
        List.of("boolean", "numeric"),
        List.of("boolean", "double precision"),
        List.of("numeric", "boolean"),
        List.of("timestamptz", "date"),
        List.of("timestamp", "time"),
        List.of("time", "timestamp"),
        List.of("bigint", "uuid"),
        List.of("bigint", "jsonb"),
        List.of("text", "bytea"),
        List.of("bytea", "integer"),
        List.of("bytea", "inet"),
        List.of("interval", "bigint"));
  }

  @ParameterizedTest
  @MethodSource("impossible")
  void some_types_never_become_others(List<String> pair) {
    assertThat(TypeMapper.map(parse(pair.get(0)), parse(pair.get(1))))
        .isEqualTo(new Refused("%s cannot become %s".formatted(pair.get(0), pair.get(1))));
  }

  @Test
  void every_type_becomes_itself_exactly() {
    for (Plain type : Plain.values()) {
      assertThat(TypeMapper.map(type, type)).isEqualTo(new Exact());
    }
  }

  @Test
  void every_pair_of_types_has_a_verdict() {
    for (Plain source : Plain.values()) {
      for (Plain target : Plain.values()) {
        assertThat(TypeMapper.map(source, target)).as("%s to %s", source, target).isNotNull();
      }
    }
  }

  @Test
  void a_number_that_fits_keeps_its_value_and_no_other_passes() {
    qt().forAll(
            bigDecimals().ofBytes(9).withScale(6),
            integers().between(1, 20),
            integers().between(-5, 10))
        .check((number, precision, scale) -> {
          Object out = NumberConversions.fitting(new Decimal(precision, scale)).convert(number);
          BigDecimal digits = number.stripTrailingZeros();
          boolean fits =
              number.signum() == 0
                  || (digits.scale() <= scale
                      && digits.precision() - digits.scale() <= precision - scale);
          return fits
              ? out instanceof BigDecimal kept && kept.compareTo(number) == 0
              : out instanceof ConversionRefusal;
        });
  }

  @Test
  void an_integer_goes_to_decimal_and_back() {
    qt().forAll(longs().all())
        .check(number ->
            NumberConversions.TO_DECIMAL
                .then(NumberConversions.DECIMAL_TO_INTEGER)
                .convert(number)
                .equals(number));
  }

  @Test
  void a_refusal_holds_no_value() {
    Object refused = TextConversions.TO_NUMBER.convert("secret");

    assertThat(refused).hasToString("ConversionRefusal[reason=the text is no number]");
  }

  private static Converter converter(TypeMapping mapping) {
    return switch (mapping) {
      case Exact _ -> Converter.IDENTITY;
      case Widened(Converter converter) -> converter;
      case Narrowed(Converter converter) -> converter;
      case Checked(Converter converter) -> converter;
      case Lossy(Converter converter, _) -> converter;
      case Refused(String reason) -> throw new AssertionError(reason);
    };
  }

  private static Verdict verdict(TypeMapping mapping) {
    return switch (mapping) {
      case Exact _ -> Verdict.EXACT;
      case Widened _ -> Verdict.WIDENED;
      case Narrowed _ -> Verdict.NARROWED;
      case Checked _ -> Verdict.CHECKED;
      case Lossy _ -> Verdict.LOSSY;
      case Refused(String reason) -> throw new AssertionError(reason);
    };
  }

  private static Line exact(String type, Object value) {
    return new Line(type, type, Verdict.EXACT, value, value);
  }

  private static Line widened(String source, String target, Object in, Object out) {
    return new Line(source, target, Verdict.WIDENED, in, out);
  }

  private static Line narrowed(String source, String target, Object in, Object out) {
    return new Line(source, target, Verdict.NARROWED, in, out);
  }

  private static Line checked(String source, String target, Object in, Object out) {
    return new Line(source, target, Verdict.CHECKED, in, out);
  }

  private static Line lossy(String source, String target, Object in, Object out) {
    return new Line(source, target, Verdict.LOSSY, in, out);
  }

  private static BigDecimal decimal(String text) {
    return new BigDecimal(text);
  }

  private static LocalDateTime time(String text) {
    return LocalDateTime.parse(text);
  }
}
