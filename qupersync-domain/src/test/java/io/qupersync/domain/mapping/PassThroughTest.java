package io.qupersync.domain.mapping;

import static io.qupersync.domain.mapping.Jobs.aJob;
import static io.qupersync.domain.mapping.Jobs.shape;
import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.domain.row.PackedRows;
import io.qupersync.domain.row.PassThroughBatch;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.row.RowBatch;
import io.qupersync.domain.row.RowPacker;
import io.qupersync.domain.row.ShapedBatch;
import io.qupersync.domain.row.TargetBatch;
import io.qupersync.domain.table.TableShape;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PassThroughTest {

  private static final TableShape SOURCE = shape("id", "bigint", "name", "text");

  @Test
  void rows_that_no_rule_touches_pass_as_they_are() {
    TableMapping mapping = aJob().from(SOURCE);

    TargetBatch batch = mapping.ready(List.of(packed(1L, "a", 2L, null), packed(3L, "c")));

    assertThat(mapping.passes()).isTrue();
    assertThat(batch).isInstanceOf(PassThroughBatch.class);
    assertThat(batch.read()).isEqualTo(3);
    assertThat(((PassThroughBatch) batch).columns()).containsExactly(0, 1);
  }

  @Test
  void rows_taken_apart_are_the_same_rows() {
    ShapedBatch apart = aJob().from(SOURCE).ready(List.of(packed(1L, "a", 2L, null))).shaped();

    assertThat(apart.rows()).extracting(row -> row.cell(0)).containsExactly(1L, 2L);
    assertThat(apart.rows()).extracting(row -> row.cell(1)).containsExactly("a", null);
  }

  @Test
  void a_rule_for_a_column_keeps_rows_from_passing() {
    assertThat(aJob().requiring("name").from(SOURCE).ready(List.of(packed(1L, null))))
        .isInstanceOf(ShapedBatch.class);
  }

  @Test
  void a_key_that_is_null_is_looked_at() {
    TargetBatch batch = aJob().from(SOURCE).ready(List.of(packed(null, "a", 2L, "b")));

    assertThat(batch).isInstanceOf(ShapedBatch.class);
    assertThat(batch.shaped().rejected()).hasSize(1);
  }

  @Test
  void a_key_that_comes_twice_is_looked_at_even_in_two_batches() {
    TargetBatch batch = aJob().from(SOURCE).ready(List.of(packed(1L, "a"), packed(1L, "b")));

    assertThat(batch).isInstanceOf(ShapedBatch.class);
    assertThat(batch.shaped().rows()).extracting(row -> row.cell(1)).containsExactly("a", "b");
    assertThat(batch.shaped().repeatsAKey()).isTrue();
  }

  @Test
  void rows_that_came_loose_are_shaped() {
    TargetBatch batch =
        aJob().from(SOURCE).ready(List.of(RowBatch.of(List.of(Jobs.row(1L, "a")), 100)));

    assertThat(batch).isInstanceOf(ShapedBatch.class);
  }

  @Test
  void a_column_that_is_read_but_not_written_keeps_rows_from_passing() {
    TableMapping mapping =
        aJob().excluding("name").from(shape("id", "bigint", "name", "text", "n", "int"));
    var packer = new RowPacker(mapping.source(), List.of(0, 1, 2));
    packer.addRow(new Row(1L, "read for the watermark only", 5L));

    assertThat(mapping.ready(List.of(packer.pack()))).isInstanceOf(ShapedBatch.class);
  }

  private static PackedRows packed(@Nullable Object... cells) {
    var packer = new RowPacker(SOURCE, List.of(0, 1));
    for (int from = 0; from < cells.length; from += 2) {
      packer.addRow(new Row(cells[from], cells[from + 1]));
    }
    return packer.pack();
  }
}
