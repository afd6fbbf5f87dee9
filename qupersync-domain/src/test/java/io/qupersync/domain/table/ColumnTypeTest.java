package io.qupersync.domain.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qupersync.domain.table.ColumnType.Other;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnTypeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bool                           | boolean",
        "int2                           | smallint",
        "INT                            | integer",
        "int4                           | integer",
        "int8                           | bigint",
        "BigInt                         | bigint",
        "decimal                        | numeric",
        "decimal(10)                    | numeric(10,0)",
        "numeric(38,37)                 | numeric(38,37)",
        "NUMERIC ( 18 , 4 )             | numeric(18,4)",
        "numeric(5,-2)                  | numeric(5,-2)",
        "float4                         | real",
        "float                          | double precision",
        "float8                         | double precision",
        "double   precision             | double precision",
        "character varying              | text",
        "character varying(256)         | varchar(256)",
        "varchar(10485760)              | varchar(10485760)",
        "character                      | char(1)",
        "character(12)                  | char(12)",
        "bpchar(12)                     | char(12)",
        "timestamp without time zone    | timestamp",
        "timestamp with time zone       | timestamptz",
        "timestamp(3) without time zone | timestamp(3)",
        "timestamp(0) with time zone    | timestamptz(0)",
        "timestamp(6)                   | timestamp",
        "timestamptz(3)                 | timestamptz(3)",
        "time without time zone         | time",
        "time(3) with time zone         | timetz(3)",
        "interval(3)                    | interval(3)",
        "' jsonb '                      | jsonb",
        // a length that is not told: no length at all
        "bpchar                         | bpchar",
        "citext                         | citext",
        "INET                           | inet",
        "text[]                         | text[]",
        "numeric(10,2)[]                | numeric(10,2)[]",
        "varbyte(100)                   | varbyte(100)",
        "interval year to month         | interval year to month",
        "analytics.mood                 | analytics.mood",
        "\"Mood\"                       | \"Mood\"",
        "\"My schema\".\"mood-2\"       | \"My schema\".\"mood-2\"",
        "\"Mood\"[]                     | \"Mood\"[]",
      })
  void reads_the_names_that_users_and_postgresql_write(String text, String sql) {
    assertThat(ColumnType.parse(text).sql()).isEqualTo(sql);
  }

  @ParameterizedTest
  @EnumSource(ColumnType.Plain.class)
  void reads_back_every_type_it_writes(ColumnType.Plain type) {
    assertThat(ColumnType.parse(type.sql())).isEqualTo(type);
  }

  @Test
  void a_type_that_only_the_target_knows_stays_what_it_is() {
    assertThat(ColumnType.parse("citext")).isEqualTo(new Other("citext"));
    assertThat(ColumnType.parse("text[]")).isEqualTo(new Other("text[]"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "7",
        "text;",
        "text; drop table orders",
        "numeric(",
        "numeric(10,2",
        "numeric(a)",
        "numeric(0)",
        "numeric(1001)",
        "varchar(0)",
        "varchar(10485761)",
        "char(-1)",
        "timestamp(7)",
        "bigint(20)",
        "boolean(1)",
        "text(10)",
        "\"Mood",
        "a\"b",
      })
  void refuses_what_is_no_type(String text) {
    assertThatThrownBy(() -> ColumnType.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void only_times_have_fractions() {
    assertThatThrownBy(() -> new ColumnType.Fraction(ColumnType.Plain.TEXT, 3))
        .hasMessage("text(3) does not exist");
  }
}
