package io.qupersync.domain.row;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.bigDecimals;
import static org.quicktheories.generators.SourceDSL.lists;
import static org.quicktheories.generators.SourceDSL.strings;

import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.ColumnType;
import io.qupersync.domain.table.TableShape;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackedRowsTest {

  private static final TableShape TEXTS = shape("text", "text", "text");

  @Test
  void any_text_comes_out_as_it_went_in() {
    qt().forAll(
            lists()
                .of(strings().betweenCodePoints(0, 0x2fff).ofLengthBetween(0, 12))
                .ofSizeBetween(0, 9))
        .checkAssert(texts -> {
          var packer = packer("text");
          texts.forEach(text -> packer.addRow(new Row(text)));

          assertThat(packer.pack().rows()).extracting(row -> row.cell(0)).isEqualTo(texts);
        });
  }

  @Test
  void any_decimal_comes_out_with_all_its_digits() {
    qt().forAll(bigDecimals().ofBytes(20).withScale(13))
        .checkAssert(number -> assertThat(throughPacking("numeric", number)).isEqualTo(number));
  }

  @ParameterizedTest
  @CsvSource({"0", "0.00", "-0.0001", "10000", "1E+5", "99999999.99999999", "1E-30", "-123456.5"})
  void decimals_keep_their_scale(BigDecimal number) {
    BigDecimal shown = number.scale() < 0 ? number.setScale(0) : number;

    assertThat(throughPacking("numeric", number)).isEqualTo(shown);
  }

  @Test
  void rows_lie_as_copy_has_them_in_binary() {
    var packer = packer("smallint", "text", "numeric(9,2)", "boolean", "date");
    packer.addRow(new Row(-2L, "hé", new BigDecimal("-12345.60"), null, LocalDate.of(2000, 1, 3)));
    PackedRows packed = packer.pack();

    assertThat(HexFormat.of().formatHex(packed.packed(), 0, packed.length()))
        .isEqualTo(
            "0005"
                + "00000002"
                + "fffe"
                + "00000003"
                + "68c3a9"
                + "0000000e"
                + "0003"
                + "0001"
                + "4000"
                + "0002"
                + "0001"
                + "0929"
                + "1770"
                + "ffffffff"
                + "00000004"
                + "00000002");
    assertThat(packed.end(0)).isEqualTo(packed.length());
  }

  @Test
  void null_and_the_empty_text_are_two_things() {
    var packer = new RowPacker(TEXTS, List.of(0, 1, 2));
    packer.addRow(new Row(null, "", "x"));
    PackedRows packed = packer.pack();

    assertThat(cells(packed.rows().getFirst())).containsExactly(null, "", "x");
    assertThat(packed.isFull(0)).isFalse();
    assertThat(packed.isFull(1)).isTrue();
  }

  @Test
  void cells_come_out_with_their_types() {
    String[] types = {
      "bigint",
      "integer",
      "numeric(38,37)",
      "boolean",
      "real",
      "double precision",
      "date",
      "time",
      "time",
      "timestamp",
      "timestamptz",
      "bytea",
      "numeric",
      "interval"
    };
    Object[] cells = {
      Long.MIN_VALUE,
      -5L,
      new BigDecimal("-1.2345678901234567890123456789012345670"),
      true,
      1.1f,
      Double.NEGATIVE_INFINITY,
      LocalDate.of(-43, 3, 15),
      "07:00:00.5",
      "24:00:00",
      LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000),
      Instant.parse("1890-01-01T00:00:00.000001Z"),
      new byte[] {0, (byte) 0xff, '\\'},
      Double.NaN,
      "1 day 02:00:00"
    };
    var packer = packer(types);
    packer.addRow(new Row(cells));

    assertThat(cells(packer.pack().rows().getFirst())).containsExactly(cells);
  }

  @Test
  void what_never_ends_stays_so() {
    Object[] cells = {
      LocalDate.MAX,
      LocalDate.MIN,
      LocalDateTime.MAX,
      LocalDateTime.MIN,
      Instant.MAX,
      Instant.MIN,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY
    };
    var packer =
        packer(
            "date",
            "date",
            "timestamp",
            "timestamp",
            "timestamptz",
            "timestamptz",
            "numeric",
            "numeric");
    packer.addRow(new Row(cells));

    assertThat(cells(packer.pack().rows().getFirst())).containsExactly(cells);
  }

  @Test
  void columns_that_were_not_read_stay_null_and_the_others_keep_their_places() {
    var packer = new RowPacker(TEXTS, List.of(2, 0));
    packer.addRow(new Row("first", null, "third"));
    PackedRows packed = packer.pack();

    assertThat(cells(packed.rows().getFirst())).containsExactly("first", null, "third");
    assertThat(packed.cell(0, 2)).isEqualTo("third");
    assertThat(packed.cell(0, 1)).isNull();
    assertThat(packed.isFull(1)).isFalse();
  }

  @Test
  void a_packer_begins_anew_after_each_pack() {
    var packer = packer("text");
    packer.addRow(new Row((Object) null));
    packer.pack();
    packer.addRow(new Row("second"));
    PackedRows second = packer.pack();

    assertThat(second.rows()).extracting(row -> row.cell(0)).containsExactly("second");
    assertThat(second.isFull(0)).isTrue();
  }

  @Test
  void rows_stay_as_they_are_until_they_are_released() {
    var packer = packer("text");
    packer.addRow(new Row("first"));
    PackedRows first = packer.pack();
    byte[] array = first.packed();
    packer.addRow(new Row("second"));
    PackedRows second = packer.pack();

    assertThat(first.cell(0, 0)).isEqualTo("first");
    assertThat(second.packed()).isNotSameAs(array);

    first.release();
    first.release();
    packer.pack();
    packer.addRow(new Row("third"));
    PackedRows third = packer.pack();

    assertThat(third.packed()).isSameAs(array);
    assertThatThrownBy(() -> first.cell(0, 0)).isInstanceOf(IllegalStateException.class);
    assertThat(second.cell(0, 0)).isEqualTo("second");
  }

  @Test
  void a_row_that_is_dropped_leaves_nothing_behind() {
    var packer = packer("text", "text", "text");
    packer.addRow(new Row("a", null, "c"));
    packer.begin(10);
    packer.addNull();
    packer.addNull();
    packer.drop();
    packer.addRow(new Row("d", "e", "f"));
    PackedRows packed = packer.pack();

    assertThat(packed.rows()).extracting(row -> row.cell(0)).containsExactly("a", "d");
    assertThat(packed.isFull(0)).isTrue();
    assertThat(packed.isFull(1)).isFalse();
  }

  @Test
  void grows_with_its_rows() {
    var packer = packer("text", "bigint");
    String longText = "é\n".repeat(50_000);
    for (long row = 0; row < 3000; row++) {
      packer.addRow(new Row(row == 1500 ? longText : "x", row));
    }
    PackedRows packed = packer.pack();

    assertThat(packed.size()).isEqualTo(3000);
    assertThat(packed.cell(1500, 0)).isEqualTo(longText);
    assertThat(packed.cell(2999, 1)).isEqualTo(2999L);
    assertThat(packed.wholeNumber(2999, 1)).hasValue(2999);
  }

  @Test
  void whole_numbers_of_every_width_are_read_as_they_stand() {
    var packer = packer("text", "smallint", "integer", "bigint");
    packer.addRow(new Row("7", -3L, -4L, Long.MIN_VALUE));
    packer.addRow(new Row("7", null, 4L, 5L));
    PackedRows packed = packer.pack();

    assertThat(packed.wholeNumber(0, 0)).isEqualTo(OptionalLong.empty());
    assertThat(packed.wholeNumber(0, 1)).hasValue(-3);
    assertThat(packed.wholeNumber(0, 2)).hasValue(-4);
    assertThat(packed.wholeNumber(0, 3)).hasValue(Long.MIN_VALUE);
    assertThat(packed.wholeNumber(1, 1)).isEqualTo(OptionalLong.empty());
  }

  @Test
  void hashes_tell_rows_apart_by_the_cells_that_are_asked_for() {
    var packer = packer("text", "text", "text");
    for (String row : List.of("a,b,c", "x,b,c", "a,b,x", "ab,,c", "a,bc,")) {
      packer.addRow(new Row((Object[]) row.split(",", -1)));
    }
    PackedRows packed = packer.pack();

    assertThat(packed.hash(0, new int[] {1, 2})).isEqualTo(packed.hash(1, new int[] {1, 2}));
    assertThat(packed.hash(0, new int[] {0, 1})).isEqualTo(packed.hash(2, new int[] {0, 1}));
    assertThat(packed.hash(0, new int[] {0})).isNotEqualTo(packed.hash(1, new int[] {0}));
    assertThat(packed.hash(3, new int[] {0, 1})).isNotEqualTo(packed.hash(4, new int[] {0, 1}));
  }

  @Test
  void a_million_keys_have_a_million_hashes() {
    var packer = packer("bigint", "integer");
    for (long key = 0; key < 1_000_000; key++) {
      packer.addRow(new Row(key / 1000 << 32, key % 1000));
    }
    PackedRows packed = packer.pack();

    assertThat(
            IntStream.range(0, packed.size())
                .mapToLong(row -> packed.hash(row, new int[] {0, 1}))
                .distinct()
                .count())
        .isEqualTo(1_000_000);
  }

  @Test
  void bytes_that_are_no_text_are_not_made_one() {
    var packer = packer("text");
    packer.begin(2);
    packer.add(new byte[] {'a', (byte) 0xff});

    assertThatThrownBy(packer.pack()::rows)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("column 'c0' holds text that is not valid UTF-8");
  }

  @Test
  void bytes_of_another_length_are_no_number() {
    var packer = packer("bigint");
    packer.begin(4);
    packer.add("1234".getBytes(UTF_8));

    assertThatThrownBy(packer.pack()::rows)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("column 'c0' holds 4 bytes that are no LONG");
  }

  private static @Nullable Object throughPacking(String type, Object cell) {
    var packer = packer(type);
    packer.addRow(new Row(cell));
    return packer.pack().cell(0, 0);
  }

  private static RowPacker packer(String... types) {
    return new RowPacker(shape(types), IntStream.range(0, types.length).boxed().toList());
  }

  private static TableShape shape(String... types) {
    return new TableShape(
        IntStream.range(0, types.length)
            .mapToObj(i -> new Column("c" + i, ColumnType.parse(types[i]), true))
            .toList());
  }

  private static Object[] cells(Row row) {
    return IntStream.range(0, row.size()).mapToObj(row::cell).toArray();
  }
}
