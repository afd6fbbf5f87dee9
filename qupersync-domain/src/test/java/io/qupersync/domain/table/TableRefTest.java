package io.qupersync.domain.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.strings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableRefTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "orders,                public, orders",
        "analytics.orders,      analytics, orders",
        "Analytics.ORDERS,      analytics, orders",
        "'\"Analytics\".orders', Analytics, orders",
        "'\"a.b\".\"c d\"',     a.b, c d",
        "'\"say \"\"hi\"\"\"',  public, 'say \"hi\"'",
        "a\"B\"c,               public, aBc",
      })
  void reads_a_name_as_the_databases_do(String text, String schema, String name) {
    assertThat(TableRef.parse(text, "public")).isEqualTo(TableRef.of(schema, name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "a.", ".a", "a.b.c", "a..b", "\"a", "a.\"b", "\"\""})
  void refuses_what_names_no_table(String text) {
    assertThatThrownBy(() -> TableRef.parse(text, "public"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void reads_back_what_it_quoted() {
    qt().forAll(
            strings().allPossible().ofLengthBetween(1, 20),
            strings().betweenCodePoints(' ', '~').ofLengthBetween(1, 20))
        .assuming((schema, name) -> schema.indexOf('\0') < 0)
        .check((schema, name) -> {
          TableRef table = TableRef.of(schema, name);
          return TableRef.parse(table.quoted(), "other").equals(table);
        });
  }

  @Test
  void an_identifier_is_not_empty_and_holds_no_nul() {
    assertThatThrownBy(() -> new Identifier("")).hasMessageContaining("must not be empty");
    assertThatThrownBy(() -> new Identifier("a\0b")).hasMessageContaining("U+0000");
  }

  @Test
  void an_identifier_between_quotes_cannot_end_early() {
    assertThat(Identifier.quoted("a\"; drop table b; --")).isEqualTo("\"a\"\"; drop table b; --\"");
  }
}
