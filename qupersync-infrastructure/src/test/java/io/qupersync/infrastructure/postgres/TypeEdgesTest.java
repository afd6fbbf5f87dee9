package io.qupersync.infrastructure.postgres;

import static io.qupersync.application.testkit.Columns.columns;
import static io.qupersync.application.testkit.Columns.row;
import static io.qupersync.application.testkit.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.application.port.Rows;
import io.qupersync.application.testkit.ActiveRun;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.row.RowBatch;
import io.qupersync.domain.table.CellText;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.TableRef;
import io.qupersync.infrastructure.fixture.PostgresSide;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every type with the values at its edges: what goes in comes out, in PostgreSQL's own words and
/// read back as cells, and writing it again changes nothing.
class TypeEdgesTest {

  private static PostgresSide side;

  @BeforeAll
  static void open() {
    side = PostgresSide.open();
  }

  @AfterAll
  static void close() {
    side.close();
  }

  static Stream<Arguments> cells() {
    return Stream.of(
        of("boolean", true, false),
        of("smallint", -32768L, 0L, 32767L),
        of("integer", (long) Integer.MIN_VALUE, -1L, (long) Integer.MAX_VALUE),
        of("bigint", Long.MIN_VALUE, -10L, 0L, 9L, 10L, 99L, 100L, Long.MAX_VALUE),
        of(
            "numeric(38,37)",
            new BigDecimal("9.9999999999999999999999999999999999999"),
            new BigDecimal("-9.9999999999999999999999999999999999999"),
            new BigDecimal("0.0000000000000000000000000000000000001"),
            Double.NaN),
        of(
            "numeric",
            new BigDecimal("12345678901234567890123456789012345678"),
            new BigDecimal("0.00"),
            new BigDecimal("1E+20"),
            new BigDecimal("1E-20"),
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY),
        of("numeric(18,4)", new BigDecimal("99999999999999.9999"), new BigDecimal("-0.0001")),
        of(
            "real",
            Float.MIN_VALUE,
            Float.MAX_VALUE,
            0.1f,
            -0.0f,
            1.0E10f,
            Float.NaN,
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY),
        of(
            "double precision",
            Double.MIN_VALUE,
            Double.MAX_VALUE,
            0.1,
            1.0 / 3,
            2.2250738585072014E-308,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY),
        of(
            "text",
            "",
            " ",
            "\\N",
            "\\.",
            "\\",
            "a\tb\nc\rd\\e\u0001\u001f\u007f",
            "\b\f\u000b",
            "'\"$$",
            "äßñ€",
            "\uD83D\uDE00 \uD800\uDC00 \uDBFF\uDFFF \uFFFF",
            "x".repeat(65_535),
            "é".repeat(100_000),
            "\\\n".repeat(50_000),
            "\uD83D\uDE00".repeat(40_001),
            "a" + "\uD83D\uDE00".repeat(40_001)),
        of("varchar(3)", "", "abc", "€€€", "\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00"),
        of(
            "date",
            LocalDate.of(1, 1, 1),
            LocalDate.of(0, 12, 31),
            LocalDate.of(-43, 3, 15),
            LocalDate.of(-4712, 1, 1),
            LocalDate.of(1582, 10, 10),
            LocalDate.of(2000, 2, 29),
            LocalDate.of(9999, 12, 31),
            LocalDate.of(10_000, 1, 1),
            LocalDate.of(294_276, 12, 31),
            LocalDate.MAX,
            LocalDate.MIN),
        of(
            "timestamp",
            LocalDateTime.parse("2026-03-08T02:30:00"),
            LocalDateTime.parse("2026-03-02T08:00:31.077231"),
            LocalDateTime.parse("2026-03-02T08:00:31.1"),
            LocalDateTime.parse("1883-11-18T12:00:00.000001"),
            LocalDateTime.parse("-0043-03-15T12:00:00.999999"),
            LocalDateTime.of(294_276, 12, 31, 23, 59, 59, 999_999_000),
            LocalDateTime.MAX,
            LocalDateTime.MIN),
        of(
            "timestamptz",
            Instant.parse("2026-03-08T10:30:00Z"),
            Instant.parse("2026-03-02T08:00:31.077231Z"),
            Instant.parse("1883-11-18T12:00:00.000001Z"),
            Instant.parse("-0043-03-15T12:00:00.999999Z"),
            Instant.parse("0000-12-31T23:59:59.999999Z"),
            Instant.parse("9999-12-31T23:59:59.999999Z"),
            Instant.MAX,
            Instant.MIN),
        of("timestamp(3)", LocalDateTime.parse("2026-03-02T08:00:31.123")),
        of("timestamptz(0)", Instant.parse("2026-03-02T08:00:31Z")),
        of("time", "00:00:00", "23:59:59.999999", "24:00:00"),
        of("timetz", "02:30:00+05:30", "00:00:00-12", "23:59:59.999999+00"),
        of("interval", "1 day", "24:00:00", "-1 years -2 mons +3 days -04:05:06.000007"),
        of(
            "bytea",
            new byte[0],
            new byte[] {0},
            new byte[] {'\\', '\n', '\t', -1, -128, 127},
            new byte[200_000]));
  }

  private static Arguments of(String type, Object... cells) {
    return Arguments.of(type, List.of(cells));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cells")
  void arrives_exactly(String type, List<Object> cells) {
    List<Column> source = columns("id", "bigint", "cell", type);
    SyncJob job = job(type);
    try (var run = ActiveRun.begin(side, job, source)) {
      assertThat(run.commit(rows(cells)).inserted()).isEqualTo(cells.size() + 1);

      assertThat(side.query(texts(job)))
          .extracting(row -> row.get("cell").orElse(null))
          .containsExactlyElementsOf(expected(cells));
      assertThat(readBack(run)).containsExactlyElementsOf(expected(cells));
      assertThat(run.commit(rows(cells)).unchanged()).isEqualTo(cells.size() + 1);
    }
  }

  /// Into a table that holds a row already, few rows go as arrays.
  @ParameterizedTest(name = "{0}")
  @MethodSource("cells")
  void arrives_exactly_among_few(String type, List<Object> cells) {
    List<Object> few = cells.stream().filter(cell -> CellText.of(cell).length() < 10_000).toList();
    List<Column> source = columns("id", "bigint", "cell", type);
    SyncJob job = aJob().into(TableRef.of("few", type)).typing("cell", type).build();
    side.create(job.destination().table(), List.of("id"), source);
    side.execute(
        "insert into %s (id) values (%d)"
            .formatted(job.destination().table().quoted(), few.size()));
    try (var run = ActiveRun.begin(side, job, source)) {
      assertThat(run.commit(rows(few)).skipped()).isZero();

      assertThat(side.query(texts(job)))
          .extracting(row -> row.get("cell").orElse(null))
          .containsExactlyElementsOf(expected(few));
      assertThat(run.commit(rows(few)).unchanged()).isEqualTo(few.size() + 1);
    }
  }

  /// Texts that only PostgreSQL can judge.
  @ParameterizedTest(name = "{0}")
  @MethodSource("judged")
  void is_left_to_postgresql(String type, String in, String out) {
    List<Column> source = columns("id", "bigint", "cell", "text");
    try (var run =
        ActiveRun.begin(
            side,
            aJob().into(job(type).destination().table()).typing("cell", type).build(),
            source)) {
      run.commit(row(1L, in));

      assertThat(
              side.value(
                  "select cell::text from " + run.mapping().job().destination().table().quoted()))
          .isEqualTo(out);
      assertThat(run.commit(row(1L, in)).unchanged()).isEqualTo(1);
    }
  }

  static Stream<Arguments> judged() {
    return Stream.of(
        Arguments.of(
            "uuid", "6F1C9F8E-0d2f-4c57-9a6e-3f4f0a1b2c3d", "6f1c9f8e-0d2f-4c57-9a6e-3f4f0a1b2c3d"),
        Arguments.of(
            "json",
            "{\"b\": 1,  \"a\":\"\\n\\u0000\", \"a\": 2}",
            "{\"b\": 1,  \"a\":\"\\n\\u0000\", \"a\": 2}"),
        Arguments.of("jsonb", "{\"b\":1.50,\"a\":\"\\t\"}", "{\"a\": \"\\t\", \"b\": 1.50}"),
        Arguments.of("inet", "10.0.0.1/8", "10.0.0.1/8"),
        Arguments.of("point", "(1,2)", "(1,2)"),
        Arguments.of("xml", "<a>\t\\</a>", "<a>\t\\</a>"),
        Arguments.of("text[]", "{a,\"b\\\"c\",NULL}", "{a,\"b\\\"c\",NULL}"),
        Arguments.of("json[]", "{\"1\",\"{}\"}", "{1,\"{}\"}"));
  }

  private static SyncJob job(String type) {
    return aJob().into(TableRef.of("edges", type)).typing("cell", type).build();
  }

  private static Row[] rows(List<Object> cells) {
    var rows = new ArrayList<Row>();
    for (Object cell : cells) {
      rows.add(row((long) rows.size(), cell));
    }
    rows.add(row((long) rows.size(), null));
    return rows.toArray(Row[]::new);
  }

  private static List<String> expected(List<Object> cells) {
    var texts = new ArrayList<String>();
    cells.forEach(cell -> texts.add(text(cell)));
    texts.add(null);
    return texts;
  }

  /// As PostgreSQL writes it.
  private static String text(Object cell) {
    return switch (cell) {
      case Float number -> side.value("select '%s'::real::text".formatted(number));
      case Double number -> side.value("select '%s'::double precision::text".formatted(number));
      case LocalDateTime moment ->
          side.value("select '%s'::timestamp::text".formatted(CellText.of(moment)));
      case Instant instant ->
          side.value("select '%s'::timestamptz::text".formatted(CellText.of(instant)));
      default -> CellText.of(cell);
    };
  }

  private static String texts(SyncJob job) {
    return "select cell::text from %s order by id".formatted(job.destination().table().quoted());
  }

  private static List<String> readBack(ActiveRun run) {
    var texts = new ArrayList<String>();
    try (Rows rows = new PostgresTargetReader(side.database()).read(run.mapping())) {
      for (Optional<RowBatch> batch = rows.next(); batch.isPresent(); batch = rows.next()) {
        batch
            .get()
            .rows()
            .forEach(row -> texts.add(row.cell(1) == null ? null : text(row.cell(1))));
      }
    }
    return texts;
  }
}
