package io.qupersync.domain.mapping;

import static io.qupersync.domain.mapping.Jobs.aJob;
import static io.qupersync.domain.mapping.Jobs.row;
import static io.qupersync.domain.mapping.Jobs.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.row.RejectedRow;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.row.RowBatch;
import io.qupersync.domain.row.ShapedBatch;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TableMappingTest {

  @Nested
  class rows_of_one_key {

    private final TableMapping mapping = aJob().from(shape("id", "bigint", "name", "text"));

    @Test
    void stay_in_the_order_read() {
      ShapedBatch batch = Jobs.shape(mapping, row(1L, "a"), row(2L, "b"), row(1L, "c"));

      assertThat(batch.rows()).extracting(row -> row.cell(1)).containsExactly("a", "b", "c");
      assertThat(batch.origins()).extracting(row -> row.cell(1)).containsExactly("a", "b", "c");
      assertThat(batch.read()).isEqualTo(3);
      assertThat(batch.repeatsAKey()).isTrue();
    }

    @Test
    void are_noticed_even_in_two_batches() {
      ShapedBatch batch =
          mapping.shape(List.of(batch(row(1L, "a"), row(2L, "b")), batch(row(2L, "c"))));

      assertThat(batch.repeatsAKey()).isTrue();
      assertThat(mapping.shape(List.of(batch(row(1L, "a"), row(2L, "a")))).repeatsAKey()).isFalse();
    }

    @Test
    void are_not_repeated_by_a_rejected_one() {
      TableMapping required = aJob().requiring("name").from(shape("id", "bigint", "name", "text"));

      ShapedBatch batch = Jobs.shape(required, row(1L, "a"), row(1L, null));

      assertThat(batch.rows()).extracting(row -> row.cell(1)).containsExactly("a");
      assertThat(batch.rejected()).hasSize(1);
      assertThat(batch.repeatsAKey()).isFalse();
    }

    @Test
    void come_to_the_last_one_where_the_source_wins() {
      qt().forAll(lists().of(integers().between(0, 9)).ofSizeBetween(0, 40))
          .check(ids -> {
            Map<Long, String> last = new LinkedHashMap<>();
            Row[] rows = new Row[ids.size()];
            for (int i = 0; i < rows.length; i++) {
              rows[i] = row((long) ids.get(i), "row " + i);
              last.put((long) ids.get(i), "row " + i);
            }
            Map<Object, Object> kept = new LinkedHashMap<>();
            mapping
                .precedence()
                .effective(Jobs.shape(mapping, rows).rows())
                .forEach(row -> kept.put(row.cell(0), row.cell(1)));
            return kept.equals(last);
          });
    }

    @Test
    void numbers_are_equal_whatever_their_scale() {
      assertThat(distinct("numeric", new BigDecimal("1.0"), new BigDecimal("1.00"))).isEqualTo(1);
      assertThat(distinct("numeric", new BigDecimal("1E+2"), new BigDecimal("100"))).isEqualTo(1);
      assertThat(distinct("numeric", new BigDecimal("0"), new BigDecimal("0.00"))).isEqualTo(1);
      assertThat(distinct("numeric", new BigDecimal("1.0"), new BigDecimal("1.01"))).isEqualTo(2);
      assertThat(distinct("numeric", Double.NaN, Double.NaN)).isEqualTo(1);
    }

    @Test
    void minus_zero_is_zero() {
      assertThat(distinct("double precision", 0.0, -0.0)).isEqualTo(1);
      assertThat(distinct("real", -0.0f, 0.0f)).isEqualTo(1);
      assertThat(distinct("double precision", Double.NaN, Double.NaN)).isEqualTo(1);
      assertThat(distinct("double precision", 0.0, Double.MIN_VALUE)).isEqualTo(2);
    }

    @Test
    void bytes_are_equal_by_content() {
      assertThat(distinct("bytea", new byte[] {1, 2}, new byte[] {1, 2})).isEqualTo(1);
      assertThat(distinct("bytea", new byte[] {1, 2}, new byte[] {1, 3})).isEqualTo(2);
    }

    @Test
    void texts_are_equal_to_the_byte() {
      assertThat(distinct("text", "a", "A")).isEqualTo(2);
      assertThat(distinct("text", "a", "a ")).isEqualTo(2);
      assertThat(distinct("char(2)", "a", "a ")).isEqualTo(1);
    }

    @Test
    void a_key_of_several_columns_is_equal_when_all_of_them_are() {
      TableMapping pairs =
          aJob().keyedOn("b", "a").from(shape("a", "numeric(5,2)", "b", "text", "c", "text"));

      ShapedBatch batch =
          Jobs.shape(
              pairs,
              row(new BigDecimal("1.0"), "x", "first"),
              row(new BigDecimal("1.00"), "x", "second"),
              row(new BigDecimal("1.00"), "y", "third"));

      assertThat(pairs.precedence().effective(batch.rows()))
          .extracting(row -> row.cell(2))
          .containsExactly("second", "third");
      assertThat(pairs.keyOf(batch.rows().getFirst()).cell(0)).isEqualTo("x");
    }

    private int distinct(String type, Object... ids) {
      TableMapping keyed = aJob().from(shape("id", type));
      Row[] rows = new Row[ids.length];
      for (int i = 0; i < ids.length; i++) {
        rows[i] = row(ids[i]);
      }
      return keyed.precedence().effective(Jobs.shape(keyed, rows).rows()).size();
    }
  }

  @Nested
  class rejected_rows {

    private final TableMapping mapping =
        aJob()
            .rule("amount", null, "numeric(5,2)", true, null)
            .typing("count", "integer")
            .from(
                shape(
                    "id", "bigint", "amount", "numeric(18,4)", "count", "bigint", "note", "text"));

    @Test
    void a_row_tells_its_column_its_reason_and_its_key() {
      Row origin = row(7L, new BigDecimal("1.2345"), 1L, "note");

      RejectedRow rejected = rejected(origin);

      assertThat(rejected.source()).isSameAs(origin);
      assertThat(rejected.column()).contains("amount");
      assertThat(rejected.reason())
          .isEqualTo("the number would have to be rounded to fit numeric(5,2)");
      assertThat(rejected.key()).map(key -> key.cell(0)).contains(7L);
    }

    @Test
    void a_required_value_that_is_missing_rejects_the_row() {
      RejectedRow rejected = rejected(row(7L, null, 1L, "note"));

      assertThat(rejected.column()).contains("amount");
      assertThat(rejected.reason()).isEqualTo("a value is required");
    }

    @Test
    void a_row_without_its_key_is_rejected_and_has_none() {
      RejectedRow rejected = rejected(row(null, BigDecimal.ONE, 1L, "note"));

      assertThat(rejected.column()).contains("id");
      assertThat(rejected.key()).isEmpty();
    }

    @Test
    void a_nul_in_a_text_rejects_the_row_wherever_it_is() {
      assertThat(rejected(row(7L, BigDecimal.ONE, 1L, "a\0b")).reason()).contains("U+0000");
      assertThat(rejected(row(7L, BigDecimal.ONE, 1L, "\0")).column()).contains("note");
    }

    @Test
    void a_value_out_of_range_rejects_the_row() {
      assertThat(rejected(row(7L, BigDecimal.ONE, 1L << 31, null)).column()).contains("count");
    }

    @Test
    void the_other_rows_are_written() {
      ShapedBatch batch =
          Jobs.shape(
              mapping,
              row(1L, BigDecimal.ONE, 1L, null),
              row(2L, null, 1L, null),
              row(3L, BigDecimal.ONE, null, "x"));

      assertThat(batch.rows()).extracting(row -> row.cell(0)).containsExactly(1L, 3L);
      assertThat(batch.read()).isEqualTo(3);
    }

    @Test
    void no_reason_holds_a_value() {
      assertThat(rejected(row(7L, new BigDecimal("98765.4321"), 1L, "x")).reason())
          .doesNotContain("98765");
      assertThat(rejected(row(7L, BigDecimal.ONE, 1L, "secret\0")).reason())
          .doesNotContain("secret");
    }

    private RejectedRow rejected(Row row) {
      ShapedBatch batch = Jobs.shape(mapping, row);
      assertThat(batch.rows()).isEmpty();
      return batch.rejected().getFirst();
    }
  }

  @Nested
  class the_highest_watermark {

    private static final LocalDateTime EIGHT = LocalDateTime.parse("2026-03-02T08:00:00");
    private static final LocalDateTime NINE = LocalDateTime.parse("2026-03-02T09:00:00");

    @Test
    void is_that_of_the_last_row_when_rows_come_in_order() {
      TableMapping mapping =
          aJob().watermarkedOn("name").from(shape("id", "bigint", "name", "text"));

      // the source has an order of texts of its own
      assertThat(highest(mapping, row(1L, "b"), row(2L, "B"), row(3L, null)))
          .contains(Watermark.of(new WatermarkValue.Text("B")));
    }

    @Test
    void is_the_largest_when_rows_come_in_no_order() {
      TableMapping mapping =
          aJob().watermarkedWithoutOrderOn("at").from(shape("id", "bigint", "at", "timestamp"));

      assertThat(highest(mapping, row(1L, NINE), row(2L, EIGHT), row(3L, EIGHT), row(4L, null)))
          .contains(Watermark.of(new WatermarkValue.Timestamp(NINE)));
    }

    @Test
    void counts_rejected_rows_and_duplicates_too() {
      TableMapping mapping =
          aJob()
              .watermarkedWithoutOrderOn("at")
              .requiring("name")
              .from(shape("id", "bigint", "at", "timestamp", "name", "text"));

      assertThat(highest(mapping, row(1L, NINE, null), row(2L, EIGHT, "a")))
          .contains(Watermark.of(new WatermarkValue.Timestamp(NINE)));
      assertThat(highest(mapping, row(2L, NINE, "a"), row(2L, EIGHT, "b")))
          .contains(Watermark.of(new WatermarkValue.Timestamp(NINE)));
    }

    @Test
    void is_none_when_no_row_has_one() {
      TableMapping mapping =
          aJob().watermarkedOn("at").from(shape("id", "bigint", "at", "timestamp"));

      assertThat(highest(mapping, row(1L, null))).isEmpty();
      assertThat(highest(mapping)).isEmpty();
    }

    @Test
    void of_several_columns_is_a_tuple_and_needs_all_of_them() {
      TableMapping mapping =
          aJob()
              .watermarkedWithoutOrderOn("at", "id")
              .from(shape("id", "bigint", "at", "timestamp"));

      assertThat(highest(mapping, row(2L, EIGHT), row(10L, EIGHT), row(1L, EIGHT), row(99L, null)))
          .contains(
              Watermark.of(
                  new WatermarkValue.Timestamp(EIGHT), new WatermarkValue.Numeric(BigDecimal.TEN)));
    }

    @Test
    void is_read_at_the_source_even_where_the_column_stays_behind() {
      TableMapping mapping =
          aJob().watermarkedOn("at").excluding("at").from(shape("id", "bigint", "at", "timestamp"));

      assertThat(highest(mapping, row(1L, EIGHT)))
          .contains(Watermark.of(new WatermarkValue.Timestamp(EIGHT)));
    }

    @Test
    void leaves_out_what_lies_beyond_the_ceiling_and_not_what_lies_on_it() {
      Optional<Watermark> ceiling = Optional.of(Watermark.of(new WatermarkValue.Timestamp(NINE)));
      for (Jobs job : List.of(aJob().watermarkedOn("at"), aJob().watermarkedWithoutOrderOn("at"))) {
        TableMapping mapping = job.from(shape("id", "bigint", "at", "timestamp")).upTo(ceiling);

        assertThat(
                highest(
                    mapping,
                    row(1L, EIGHT),
                    row(2L, NINE.plusNanos(1000)),
                    row(3L, LocalDateTime.MAX)))
            .contains(Watermark.of(new WatermarkValue.Timestamp(EIGHT)));
        assertThat(highest(mapping, row(1L, EIGHT), row(2L, NINE), row(3L, NINE.plusYears(70))))
            .contains(Watermark.of(new WatermarkValue.Timestamp(NINE)));
        assertThat(highest(mapping, row(2L, NINE.plusHours(1)))).isEmpty();
        assertThat(highest(mapping.inNoOrder(), row(1L, EIGHT), row(2L, NINE.plusHours(1))))
            .contains(Watermark.of(new WatermarkValue.Timestamp(EIGHT)));
      }
    }

    @Test
    void of_several_columns_leaves_out_the_very_value_of_the_ceiling_in_the_leading_one() {
      Optional<Watermark> ceiling = Optional.of(Watermark.of(new WatermarkValue.Timestamp(NINE)));
      for (Jobs job :
          List.of(aJob().watermarkedOn("at", "id"), aJob().watermarkedWithoutOrderOn("at", "id"))) {
        TableMapping mapping = job.from(shape("id", "bigint", "at", "timestamp")).upTo(ceiling);

        assertThat(highest(mapping, row(2L, EIGHT), row(10L, EIGHT), row(1L, NINE)))
            .contains(
                Watermark.of(
                    new WatermarkValue.Timestamp(EIGHT),
                    new WatermarkValue.Numeric(BigDecimal.TEN)));
        assertThat(highest(mapping, row(1L, NINE), row(2L, LocalDateTime.MAX))).isEmpty();
      }
    }

    private Optional<Watermark> highest(TableMapping mapping, Row... rows) {
      return Jobs.shape(mapping, rows).highest();
    }
  }

  @Test
  void a_shaped_batch_accounts_for_every_row() {
    assertThatThrownBy(
            () -> new ShapedBatch(List.of(), List.of(), List.of(), 1, false, Optional.empty()))
        .hasMessageContaining("every row read");
    assertThatThrownBy(() ->
            new ShapedBatch(List.of(row(1L)), List.of(), List.of(), 1, false, Optional.empty()))
        .hasMessageContaining("each row needs its origin");
  }

  @Test
  void a_row_tells_nothing_of_its_values() {
    assertThat(row("secret", 7L)).hasToString("Row of 2 cells");
  }

  private static RowBatch batch(Row... rows) {
    return RowBatch.of(List.of(rows), 100);
  }
}
