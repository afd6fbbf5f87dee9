package io.qupersync.application.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.domain.table.ColumnType;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalFormTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          jsonb    | {"b": 1.0, "a": [true, null, 1e2]} | {"a":[true,null,100],"b":1.0}
          jsonb    | {"a": 1, "a": 2}                   | {"a": 2}
          jsonb    | "\\u00e9\\/"                       | "é/"
          jsonb    | {}                                 | { }
          jsonb    | -0                                 | 0
          jsonb    | [1.50e1, 25e-1, -0.0]              | [15.0, 2.5, 0.0]
          interval | 1 year 2 mons -3 days 04:05:06.70  | @ 14 months -3 days 4 hours 5 mins 6.7 secs
          interval | -1 day                             | @ 1 day ago
          interval | 00:00:00                           | 0 secs
          time     | 10:00:00.500                       | 10:00:00.5
          time     | 10:00:00.000                       | 10:00:00
          time     | 10:00                              | 10:00:00
          timetz   | 10:00:00+00:00                     | 10:00:00Z
          timetz   | 10:00:00.10-05:00                  | 10:00:00.1-05
          timetz   | 10:00                              | 10:00:00+00
          timetz   | 24:00:00                           | 24:00:00+00
          uuid     | A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11 | {a0eebc999c0b4ef8bb6d6bb9bd380a11}
          """)
  void takes_forms_of_one_value_for_one(String type, String one, String other) {
    CanonicalForm form = CanonicalForm.of(ColumnType.parse(type));

    assertThat(form.of(one)).isEqualTo(form.of(other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          jsonb    | {"a": 1}       | {"a": "1"}
          jsonb    | {"a": 1.0}     | {"a": 1.00}
          jsonb    | [0]            | [0.0]
          jsonb    | [1, 2]         | [2, 1]
          jsonb    | "a"            | "A"
          jsonb    | {"a":"b\\",c"} | {"a":"b","c":""}
          json     | {"a": 1}       | {"a":1}
          interval | 1 day          | 24:00:00
          interval | 1 mon          | 30 days
          time     | 10:00:00.5     | 10:00:00.05
          timetz   | 10:00:00+05    | 10:00:00+05:30
          timetz   | 10:00:00+00    | 11:00:00+01
          text     | a              | A
          """)
  void keeps_apart_what_is_not_the_same(String type, String one, String other) {
    CanonicalForm form = CanonicalForm.of(ColumnType.parse(type));

    assertThat(form.of(one)).isNotEqualTo(form.of(other));
  }

  @Test
  void takes_no_text_for_json_that_is_none() {
    CanonicalForm form = CanonicalForm.of(ColumnType.Plain.JSONB);

    assertThat(form.of("{\"a\":")).isEqualTo("{\"a\":");
    assertThat(form.of("[".repeat(5000))).hasSize(5000);
  }

  @Test
  void looks_at_no_scale_where_the_column_has_its_own() {
    CanonicalForm numeric = CanonicalForm.of(ColumnType.parse("numeric(10,4)"));

    assertThat(numeric.of(new BigDecimal("1.5000"))).isEqualTo(numeric.of(new BigDecimal("1.5")));
    assertThat(numeric.of(new BigDecimal("0.00"))).isEqualTo(numeric.of(BigDecimal.ZERO));
  }

  @Test
  void keeps_apart_what_is_equal_and_stored_otherwise() {
    CanonicalForm numeric = CanonicalForm.of(ColumnType.Plain.NUMERIC);
    CanonicalForm twice = CanonicalForm.of(ColumnType.Plain.DOUBLE);
    CanonicalForm single = CanonicalForm.of(ColumnType.Plain.REAL);

    assertThat(numeric.of(new BigDecimal("1.50"))).isNotEqualTo(numeric.of(new BigDecimal("1.5")));
    assertThat(numeric.of(new BigDecimal("0.0"))).isNotEqualTo(numeric.of(BigDecimal.ZERO));
    assertThat(numeric.of(new BigDecimal("1E+3"))).isEqualTo(numeric.of(new BigDecimal("1000")));
    assertThat(numeric.of(Double.NaN)).isEqualTo("NaN");
    assertThat(twice.of(-0.0)).isNotEqualTo(twice.of(0.0));
    assertThat(single.of(-0.0f)).isNotEqualTo(single.of(0.0f));
    assertThat(twice.of(Double.NaN)).isEqualTo("NaN");
  }

  @Test
  void takes_keys_for_one_that_are_equal() {
    CanonicalForm numeric = CanonicalForm.ofKey(ColumnType.Plain.NUMERIC);
    CanonicalForm twice = CanonicalForm.ofKey(ColumnType.Plain.DOUBLE);
    CanonicalForm document = CanonicalForm.ofKey(ColumnType.Plain.JSONB);

    assertThat(numeric.of(new BigDecimal("1.50"))).isEqualTo(numeric.of(new BigDecimal("1.5")));
    assertThat(twice.of(-0.0)).isEqualTo(twice.of(0.0));
    assertThat(document.of("{\"a\": 1.0}")).isEqualTo(document.of("{\"a\":1.00}"));
  }

  @Test
  void leaves_out_the_blanks_that_fill_a_char() {
    CanonicalForm form = CanonicalForm.of(new ColumnType.Char(5));

    assertThat(form.of("ab   ")).isEqualTo(form.of("ab"));
    assertThat(form.of(" ab")).isNotEqualTo(form.of("ab"));
  }
}
