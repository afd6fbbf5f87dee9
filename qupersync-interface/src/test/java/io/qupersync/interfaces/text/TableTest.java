package io.qupersync.interfaces.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.qupersync.interfaces.text.Table.Cell;
import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void puts_texts_left_and_numbers_right() {
    Table table = Table.of("<job", ">rows", "<note");
    table.row(Cell.of("orders"), Cell.of(1_234_567), Cell.of("good"));
    table.row(Cell.of("größe"), Cell.of(0), Cell.of(""));
    assertThat(table.text(false))
        .isEqualTo(
            """
            job          rows  note
            orders  1,234,567  good
            größe           0
            """);
  }

  @Test
  void shows_its_header_when_it_has_no_rows() {
    assertThat(Table.of("<job", ">rows").text(false)).isEqualTo("job  rows\n");
  }

  @Test
  void stays_aligned_when_it_has_colours() {
    Table table = Table.of("<job", "<status", ">rows");
    table.row(Cell.of("a"), new Cell("ok", AnsiStyle.GOOD), Cell.of(1));
    table.row(Cell.of("b"), new Cell("failed", AnsiStyle.BAD), Cell.of(22));
    String coloured = table.text(true);
    assertThat(coloured).contains("\u001b[32mok\u001b[0m", "\u001b[31mfailed\u001b[0m");
    assertThat(coloured.replaceAll("\u001b\\[\\d+m", "")).isEqualTo(table.text(false));
  }

  @Test
  void moves_its_columns_together_before_it_gets_wide() {
    String wide = "x".repeat(50);
    Table fits = Table.of("<a", "<b").row(Cell.of(wide), Cell.of("y".repeat(48)));
    Table wider = Table.of("<a", "<b").row(Cell.of(wide), Cell.of("y".repeat(49)));
    assertThat(fits.text(false)).contains("x  y");
    assertThat(wider.text(false)).contains("x y");
  }

  @Test
  void keeps_a_row_on_its_line() {
    Table table = Table.of("<a").row(Cell.of("one\n  two\u001b[31m"));
    assertThat(table.text(false)).isEqualTo("a\none two [31m\n");
  }

  @Test
  void refuses_a_row_of_other_length() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Table.of("<a", "<b").row(Cell.of("x")))
        .withMessage("a row of 1 cells in a table of 2 columns");
  }

  @Test
  void on_a_narrow_screen_each_row_is_a_block_whose_texts_break_between_words() {
    Table table =
        Table.of("<job", ">rows", "<error")
            .row(
                Cell.of("orders"),
                Cell.of(1200),
                Cell.of("Redshift at r:5439/dev accepts no connection; check source.host"));

    for (int screen : new int[] {40, 60}) {
      String text = table.text(false, screen);
      assertThat(text.lines())
          .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(screen));
      assertThat(text).contains("orders", "1,200");
      assertThat(text.replaceAll("\\s+", " "))
          .contains("Redshift at r:5439/dev accepts no connection; check source.host");
    }
    assertThat(table.text(false, 100)).isEqualTo(table.text(false));
  }
}
