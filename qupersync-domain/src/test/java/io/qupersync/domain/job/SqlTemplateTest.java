package io.qupersync.domain.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.strings;

import io.qupersync.domain.job.SqlTemplate.Piece;
import io.qupersync.domain.job.SqlTemplate.Placeholder;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTemplateTest {

  @Test
  void cuts_a_query_at_its_placeholders() {
    var query = new SqlTemplate("select * from t where at >= :from and at < :to order by at");

    assertThat(query.pieces())
        .containsExactly(
            new Piece("select * from t where at >= ", Optional.of(Placeholder.FROM)),
            new Piece(" and at < ", Optional.of(Placeholder.TO)),
            new Piece(" order by at", Optional.empty()));
  }

  @Test
  void a_placeholder_may_come_twice_and_at_either_end() {
    assertThat(new SqlTemplate(":from,:from").pieces())
        .containsExactly(
            new Piece("", Optional.of(Placeholder.FROM)),
            new Piece(",", Optional.of(Placeholder.FROM)),
            new Piece("", Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({
    "at > :from, true",
    "at>:FROM, true",
    "at > (:from), true",
    "at > cast(:from as timestamp), true",
    ":from < at, true",
    "(:from::timestamp) < at, true",
    "at >= :from and b > :to, false",
    ":from <= at, false",
    "at <> :from, false",
    ":from <> at, false",
    "at < :from, false",
    "at > 'x :from', false",
    "'at > dateadd(minute, -5, :from)', false",
  })
  void knows_a_comparison_that_leaves_out_the_beginning(String condition, boolean leavesOut) {
    assertThat(new SqlTemplate("select * from t where " + condition).leavesOutFrom())
        .isEqualTo(leavesOut);
  }

  @ParameterizedTest
  @ValueSource(strings = {"at >= :from", "at >= :FROM", "(:from)", ":from::timestamp", "'a':from"})
  void finds_a_placeholder(String sql) {
    assertThat(new SqlTemplate(sql).has(Placeholder.FROM)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 1",
        "at::from",
        "at >= :from_date",
        "at >= :fromage",
        "at >= :from1",
        "':from'",
        "'it''s :from'",
        "'it\\'s :from'",
        "\"a :from\"",
        "\"a\"\" :from\"",
        "1 -- :from",
        "1 /* :from */",
        "1 /* a /* b */ :from */",
        "'left open :from",
        "1 /* left open :from",
        ": from",
      })
  void finds_no_placeholder(String sql) {
    assertThat(new SqlTemplate(sql).has(Placeholder.FROM)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1 -- note\n:from",
        "1 /* note */ :from",
        "1 /* a /* b */ */ :from",
        "'it''s', :from",
        "'a\\\\', :from",
        "\"a\"\"b\", :from",
        "'--', :from",
        "at::date >= :from",
        "1 /*/ */ :from",
      })
  void finds_a_placeholder_after_text_that_holds_none(String sql) {
    assertThat(new SqlTemplate(sql).has(Placeholder.FROM)).isTrue();
  }

  @Test
  void the_pieces_and_placeholders_are_the_query() {
    qt().forAll(strings().betweenCodePoints(' ', 'z').ofLengthBetween(1, 60))
        .assuming(text -> !text.strip().replace(";", "").isBlank())
        .check(text -> {
          var query = new SqlTemplate(text + " :from '" + " /* x */ :to");
          var joined = new StringBuilder();
          for (Piece piece : query.pieces()) {
            joined.append(piece.sql());
            piece.placeholder().ifPresent(found -> joined.append(':').append(found.name()));
          }
          return joined.toString().equalsIgnoreCase(query.text());
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"select 1", " select 1 ", "select 1;", "select 1 ; ;\n"})
  void blanks_and_semicolons_around_a_query_are_not_part_of_it(String sql) {
    assertThat(new SqlTemplate(sql).text()).isEqualTo("select 1");
    assertThat(new SqlTemplate(sql)).isEqualTo(new SqlTemplate("select 1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", ";", " ; ; "})
  void an_empty_query_is_none(String sql) {
    assertThatThrownBy(() -> new SqlTemplate(sql)).hasMessage("a query must not be empty");
  }
}
