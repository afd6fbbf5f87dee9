package io.qupersync.domain.row;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.lists;
import static org.quicktheories.generators.SourceDSL.strings;

import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.ColumnType;
import io.qupersync.domain.table.TableShape;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PackedRowsTest {

  private static final TableShape TEXTS = shape("text", "text", "text");

  @Test
  void any_text_comes_out_as_it_went_in() {
    qt().forAll(
            lists()
                .of(strings().betweenCodePoints(0, 0x2fff).ofLengthBetween(0, 12))
                .ofSizeBetween(0, 9))
        .checkAssert(texts -> {
          var packer = new RowPacker(shape("text"), List.of(0));
          texts.forEach(text -> packer.addText(text.getBytes(UTF_8)));

          assertThat(packer.pack().rows()).extracting(row -> row.cell(0)).isEqualTo(texts);
        });
  }

  @Test
  void what_copy_would_misread_is_escaped() {
    var packer = new RowPacker(TEXTS, List.of(0, 1, 2));
    packer.addText("a\tb".getBytes(UTF_8));
    packer.addText("\\N".getBytes(UTF_8));
    packer.addText("line\r\nend".getBytes(UTF_8));
    PackedRows packed = packer.pack();

    assertThat(new String(packed.text(), UTF_8)).isEqualTo("a\\tb\t\\\\N\tline\\r\\nend\n");
    assertThat(cells(packed.rows().getFirst())).containsExactly("a\tb", "\\N", "line\r\nend");
  }

  @Test
  void null_and_the_empty_text_are_two_things() {
    var packer = new RowPacker(TEXTS, List.of(0, 1, 2));
    packer.addNull();
    packer.addText(new byte[0]);
    packer.addText("x".getBytes(UTF_8));
    PackedRows packed = packer.pack();

    assertThat(cells(packed.rows().getFirst())).containsExactly(null, "", "x");
    assertThat(packed.isFull(0)).isFalse();
    assertThat(packed.isFull(1)).isTrue();
  }

  @Test
  void cells_come_out_with_their_types() {
    TableShape shape =
        shape(
            "bigint",
            "numeric(38,37)",
            "boolean",
            "real",
            "double precision",
            "date",
            "timestamp",
            "timestamptz",
            "bytea",
            "numeric");
    Object[] cells = {
      Long.MIN_VALUE,
      new BigDecimal("-1.2345678901234567890123456789012345670"),
      true,
      1.1f,
      Double.NEGATIVE_INFINITY,
      LocalDate.of(-43, 3, 15),
      LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000),
      Instant.parse("1890-01-01T00:00:00.000001Z"),
      new byte[] {0, (byte) 0xff, '\\'},
      Double.NaN
    };
    var packer = new RowPacker(shape, IntStream.range(0, cells.length).boxed().toList());
    Arrays.stream(cells).forEach(packer::addCell);

    assertThat(cells(packer.pack().rows().getFirst())).containsExactly(cells);
  }

  @Test
  void the_servers_own_forms_are_understood() {
    TableShape shape = shape("boolean", "timestamp", "timestamptz", "timestamptz", "date");
    var packer = new RowPacker(shape, List.of(0, 1, 2, 3, 4));
    for (String sent :
        List.of(
            "t",
            "0044-03-15 12:00:00.5 BC",
            "2026-03-02 08:00:31.077231+05:30",
            "1883-01-01 00:00:00-07:52:58",
            "infinity")) {
      packer.addPlain(sent.getBytes(UTF_8));
    }

    assertThat(cells(packer.pack().rows().getFirst()))
        .containsExactly(
            true,
            LocalDateTime.of(-43, 3, 15, 12, 0, 0, 500_000_000),
            Instant.parse("2026-03-02T02:30:31.077231Z"),
            Instant.parse("1883-01-01T07:52:58Z"),
            LocalDate.MAX);
  }

  @Test
  void columns_that_were_not_read_stay_null_and_the_others_keep_their_places() {
    var packer = new RowPacker(TEXTS, List.of(2, 0));
    packer.addText("third".getBytes(UTF_8));
    packer.addText("first".getBytes(UTF_8));
    PackedRows packed = packer.pack();

    assertThat(cells(packed.rows().getFirst())).containsExactly("first", null, "third");
    assertThat(packed.cell(0, 2)).isEqualTo("third");
    assertThat(packed.cell(0, 1)).isNull();
  }

  @Test
  void a_packer_begins_anew_after_each_pack() {
    var packer = new RowPacker(shape("text"), List.of(0));
    packer.addNull();
    packer.pack();
    packer.addText("second".getBytes(UTF_8));
    PackedRows second = packer.pack();

    assertThat(second.rows()).extracting(row -> row.cell(0)).containsExactly("second");
    assertThat(second.isFull(0)).isTrue();
    assertThat(second.end(0)).isEqualTo(second.text().length);
  }

  @Test
  void grows_with_its_rows() {
    var packer = new RowPacker(shape("text", "bigint"), List.of(0, 1));
    String longText = "é\n".repeat(50_000);
    for (long row = 0; row < 3000; row++) {
      packer.addText((row == 1500 ? longText : "x").getBytes(UTF_8));
      packer.addCell(row);
    }
    PackedRows packed = packer.pack();

    assertThat(packed.size()).isEqualTo(3000);
    assertThat(packed.cell(1500, 0)).isEqualTo(longText);
    assertThat(packed.cell(2999, 1)).isEqualTo(2999L);
  }

  @Test
  void hashes_tell_rows_apart_by_the_cells_that_are_asked_for() {
    var packer = new RowPacker(TEXTS, List.of(0, 1, 2));
    for (String row : List.of("a,b,c", "x,b,c", "a,b,x", "ab,,c", "a,bc,")) {
      for (String cell : row.split(",", -1)) {
        packer.addText(cell.getBytes(UTF_8));
      }
    }
    PackedRows packed = packer.pack();

    assertThat(packed.hash(0, new int[] {1, 2})).isEqualTo(packed.hash(1, new int[] {1, 2}));
    assertThat(packed.hash(0, new int[] {0, 1})).isEqualTo(packed.hash(2, new int[] {0, 1}));
    assertThat(packed.hash(0, new int[] {0})).isNotEqualTo(packed.hash(1, new int[] {0}));
    assertThat(packed.hash(3, new int[] {0, 1})).isNotEqualTo(packed.hash(4, new int[] {0, 1}));
  }

  @Test
  void bytes_that_are_no_text_are_not_made_one() {
    var packer = new RowPacker(shape("text"), List.of(0));
    packer.addText(new byte[] {'a', (byte) 0xff});

    assertThatThrownBy(packer.pack()::rows)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("column 'c0' holds text that is not valid UTF-8");
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
