package io.qupersync.domain.mapping;

import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.ColumnType;
import io.qupersync.domain.table.ConversionRefusal;
import io.qupersync.domain.table.Converter;
import io.qupersync.domain.table.TypeMapping;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How one target column gets its cells. Resolved once per run; shaping a cell decides nothing
/// again.
public final class ColumnMapping {

  private static final ConversionRefusal NUL =
      new ConversionRefusal("the text holds U+0000, which PostgreSQL cannot store");

  private final Column target;
  private final CellOrigin origin;
  private final TypeMapping typeMapping;
  private final Normalizer normalizer;
  private final Converter converter;
  private final @Nullable Object defaultCell;
  private final boolean plain;

  /// @param defaultCell stands in for NULL, already of the target's type
  ColumnMapping(
      Column target,
      CellOrigin origin,
      TypeMapping typeMapping,
      Normalizer normalizer,
      Converter converter,
      @Nullable Object defaultCell) {
    this.target = target;
    this.origin = origin;
    this.typeMapping = typeMapping;
    this.normalizer = normalizer;
    this.converter = converter;
    this.defaultCell = defaultCell;
    this.plain = converter.equals(Converter.IDENTITY);
  }

  /// Name, type and whether it may be NULL, as a new target table would have it.
  public Column target() {
    return target;
  }

  public CellOrigin origin() {
    return origin;
  }

  public TypeMapping typeMapping() {
    return typeMapping;
  }

  /// The source column and its type, when the cell comes from one.
  public Optional<Column> source() {
    return origin instanceof CellOrigin.SourceColumn(_, Column column)
        ? Optional.of(column)
        : Optional.empty();
  }

  /// Whether the cells come from the given column of the source's rows.
  public boolean isFrom(int sourceIndex) {
    return origin instanceof CellOrigin.SourceColumn(int index, _) && index == sourceIndex;
  }

  /// The target cell for a source cell: a value, NULL, or a [ConversionRefusal].
  @Nullable Object shape(@Nullable Object cell) {
    Object cleaned = cell == null ? null : normalizer.apply(cell);
    if (cleaned == null) {
      return defaultCell != null || target.nullable()
          ? defaultCell
          : new ConversionRefusal("a value is required");
    }
    if (cleaned instanceof String text && text.indexOf('\0') >= 0) {
      return NUL;
    }
    return plain ? cleaned : converter.convert(cleaned);
  }

  /// Whether any cell but a NULL is written as it was read.
  boolean passes() {
    return plain && normalizer.isEmpty() && defaultCell == null;
  }

  /// Whether only the target can tell that a cell arrives as it is: its type reads texts by rules
  /// of its own.
  public boolean isChecked() {
    return typeMapping instanceof TypeMapping.Checked;
  }

  /// The type a passing cell has.
  public ColumnType type() {
    return target.type();
  }
}
