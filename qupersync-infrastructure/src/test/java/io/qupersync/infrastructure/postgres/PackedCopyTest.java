package io.qupersync.infrastructure.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qupersync.domain.row.PassThroughBatch;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.row.RowPacker;
import io.qupersync.domain.table.CellParser;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.ColumnType;
import io.qupersync.domain.table.TableShape;
import io.qupersync.infrastructure.fixture.PostgresSide;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackedCopyTest {

  private static final List<String> NOTHING_MORE = List.of();

  private static PostgresSide side;

  @BeforeAll
  static void open() {
    side = PostgresSide.open();
  }

  @AfterAll
  static void close() {
    side.close();
  }

  /// Of the same type, of a wider one, and of one that PostgreSQL makes of a text.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "smallint | smallint | -32768",
        "smallint | integer | -32768",
        "smallint | bigint | -32768",
        "integer | bigint | -2147483648",
        "bigint | bigint | -9223372036854775808",
        "bigint | numeric | -9223372036854775808",
        "boolean | boolean | true",
        "real | real | 1.1",
        "real | double precision | 1.5",
        "double precision | double precision | 4.428571428571429",
        "numeric(18,4) | numeric(18,4) | -1234567.8900",
        "numeric(18,4) | numeric(20,6) | -1234567.890000",
        "numeric(18,4) | numeric | 0.0001",
        "numeric | numeric | NaN",
        "numeric | numeric | 123456789012345678901234567890.123456789",
        "date | date | 2026-02-28",
        "date | date | infinity",
        "date | date | 0044-03-15 BC",
        "date | timestamp | 2026-02-28",
        "time | time | 07:00:00.5",
        "time | time | 24:00:00",
        "timestamp | timestamp | 2026-03-29 02:30:00.000001",
        "timestamp | timestamp | -infinity",
        "timestamp(3) | timestamp | 2026-03-29 02:30:00.001",
        "timestamptz | timestamptz | 2026-03-29 02:30:00+00",
        "timetz | timetz | 07:00:00+02",
        "interval | interval | 1 day 02:00:00",
        "bytea | bytea | \\x00ff5c",
        "varchar(20) | varchar(40) | größe 💶",
        "varchar(20) | text | a	b\\c",
        "varchar(40) | uuid | 0d3c7a1e-5a1b-4d8e-9a55-2f3c0a7b9e10",
        "json | json | {\"a\":  1}",
        "json | jsonb | {\"a\": 1}",
        "text | jsonb | {\"a\": 1}",
        "text | inet | 10.0.0.1/32",
        "character(5) | character(5) | abcde",
      })
  void every_value_arrives_whatever_the_types(String from, String to, String text)
      throws SQLException {
    side.execute("set timezone to 'UTC'; drop table if exists taken");
    side.execute("create table taken (id integer, v %s)".formatted(to));
    try (Connection connection = side.connect()) {
      assertThat(copy(connection, to).send(batch(from, text, null, text), NOTHING_MORE))
          .isEqualTo(3);
    }

    assertThat(
            side.value(
                "select count(*) from taken where (id <> 1 and v::text = '%1$s'::%2$s::text) or (id = 1 and v is null)"
                    .formatted(text, to)))
        .isEqualTo("3");
  }

  @Test
  void many_rows_go_in_many_pieces() throws SQLException {
    side.execute("drop table if exists taken");
    side.execute("create table taken (id bigint, v text)");
    String[] texts = new String[500];
    for (int row = 0; row < texts.length; row++) {
      texts[row] = "é".repeat(row * 37 % 5000) + (row == 250 ? "x".repeat(200_000) : "");
    }
    List<ColumnType> wider = List.of(ColumnType.parse("bigint"), ColumnType.parse("text"));
    try (Connection connection = side.connect()) {
      var copy = new PackedCopy(connection, "taken", columns(wider), List.of());
      assertThat(copy.send(batch("text", texts), NOTHING_MORE)).isEqualTo(500);
    }

    assertThat(
            side.value(
                "select count(*) from taken where v = repeat('é', (id * 37 %% 5000)::int) || case id when 250 then repeat('x', 200000) else '' end"
                    .replace("%%", "%")))
        .isEqualTo("500");
  }

  @ParameterizedTest
  @CsvSource({"text, text", "text, jsonb", "smallint, integer"})
  void cells_that_no_row_has_come_with_the_batch(String from, String to) throws SQLException {
    side.execute("drop table if exists taken");
    side.execute(
        "create table taken (id integer, v %s, source text, at timestamptz)".formatted(to));
    try (Connection connection = side.connect()) {
      var copy =
          new PackedCopy(
              connection,
              "taken",
              columns(List.of(ColumnType.parse("integer"), ColumnType.parse(to))),
              List.of(
                  new Column("source", ColumnType.parse("text"), true),
                  new Column("at", ColumnType.parse("timestamptz"), true)));
      copy.send(batch(from, "1", null, "3"), List.of("he\\re", "2026-01-01 00:00:00+00"));
      copy.send(batch(from, "4"), List.of("there", "2026-01-01 00:00:00+00"));
    }

    assertThat(
            side.value(
                "select string_agg(id || coalesce(v::text, '-') || source, ',' order by source, id) from taken where at = '2026-01-01 00:00Z'"))
        .isEqualTo("01he\\re,1-he\\re,23he\\re,04there");
  }

  @ParameterizedTest
  @CsvSource({
    "varchar(20), varchar(2), abc",
    "'numeric(18,4)', 'numeric(4,2)', 123.4500",
    "text, jsonb, {",
    "text, uuid, 7",
    "text, date, 2026-02-30",
  })
  void what_the_target_refuses_is_a_refusal_of_data(String from, String to, String text)
      throws SQLException {
    side.execute("drop table if exists taken");
    side.execute("create table taken (id integer, v %s)".formatted(to));
    try (Connection connection = side.connect()) {
      PackedCopy copy = copy(connection, to);
      for (int attempt = 0; attempt < 2; attempt++) {
        assertThatThrownBy(() -> copy.send(batch(from, text), NOTHING_MORE))
            .isInstanceOfSatisfying(
                SQLException.class, refused -> assertThat(DataRefusal.is(refused)).isTrue());
      }
    }
  }

  private static PackedCopy copy(Connection connection, String type) {
    return new PackedCopy(
        connection,
        "taken",
        columns(List.of(ColumnType.parse("integer"), ColumnType.parse(type))),
        List.of());
  }

  private static List<Column> columns(List<ColumnType> types) {
    return List.of(new Column("id", types.get(0), true), new Column("v", types.get(1), true));
  }

  private static PassThroughBatch batch(String type, @Nullable String... texts) {
    ColumnType of = ColumnType.parse(type);
    var shape = new TableShape(columns(List.of(ColumnType.parse("integer"), of)));
    var packer = new RowPacker(shape, List.of(0, 1));
    for (int id = 0; id < texts.length; id++) {
      String text = texts[id];
      packer.addRow(new Row((long) id, text == null ? null : CellParser.read(text, of)));
    }
    return new PassThroughBatch(
        List.of(packer.pack()),
        List.of(0, 1),
        Optional.empty(),
        () -> {
          throw new UnsupportedOperationException();
        });
  }
}
