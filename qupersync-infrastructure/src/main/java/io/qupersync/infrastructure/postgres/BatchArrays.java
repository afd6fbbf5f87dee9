package io.qupersync.infrastructure.postgres;

import io.qupersync.domain.mapping.CellOrigin;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.row.PackedRows;
import io.qupersync.domain.row.PassThroughBatch;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.row.ShapedBatch;
import io.qupersync.domain.row.TargetBatch;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A small batch turned on its side: an array for each of the target's columns.
final class BatchArrays {

  /// Beyond that, COPY into a stage is quicker.
  private static final int MOST_ROWS = 2000;

  private static final int MOST_CHARACTERS = 256 * 1024;

  private final @Nullable Object[] constants;
  private final ArrayText[] arrays;

  private BatchArrays(TableMapping mapping) {
    this.constants =
        mapping.columns().stream()
            .map(
                column -> column.origin() instanceof CellOrigin.Constant(Object cell) ? cell : null)
            .toArray();
    this.arrays = Stream.generate(ArrayText::new).limit(constants.length).toArray(ArrayText[]::new);
  }

  /// @return empty when the batch is not small
  static Optional<List<String>> of(TargetBatch batch, TableMapping mapping) {
    if (batch.read() > MOST_ROWS) {
      return Optional.empty();
    }
    var turned = new BatchArrays(mapping);
    boolean small =
        switch (batch) {
          case ShapedBatch shaped -> turned.addShaped(shaped.rows());
          case PassThroughBatch passing -> turned.addPassing(passing);
        };
    return small
        ? Optional.of(Arrays.stream(turned.arrays).map(ArrayText::ended).toList())
        : Optional.empty();
  }

  private boolean addShaped(List<Row> rows) {
    int[] straight = IntStream.range(0, arrays.length).toArray();
    return add(rows, straight);
  }

  private boolean addPassing(PassThroughBatch batch) {
    if (batch.rows().stream().mapToLong(PackedRows::bytes).sum() > MOST_CHARACTERS) {
      return false;
    }
    return batch.rows().stream().allMatch(rows -> add(rows.rows(), sources(rows, batch.columns())));
  }

  /// For each column of the target, where its cell is in a row of the source; less than zero for
  /// one that no row has.
  private int[] sources(PackedRows rows, List<Integer> targets) {
    int[] sources = new int[arrays.length];
    Arrays.fill(sources, -1);
    for (int cell = 0; cell < targets.size(); cell++) {
      sources[targets.get(cell)] = rows.columns().get(cell);
    }
    return sources;
  }

  private boolean add(List<Row> rows, int[] sources) {
    for (Row row : rows) {
      long length = 0;
      for (int column = 0; column < sources.length; column++) {
        int source = sources[column];
        arrays[column].add(source < 0 ? constants[column] : row.cell(source));
        length += arrays[column].length();
      }
      if (length > MOST_CHARACTERS) {
        return false;
      }
    }
    return true;
  }
}
