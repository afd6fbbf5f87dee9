package io.qupersync.domain.mapping;

import io.qupersync.domain.job.ColumnRule;
import io.qupersync.domain.job.Destination;
import io.qupersync.domain.job.SchemaPolicy;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.ColumnType;
import io.qupersync.domain.table.ColumnType.Plain;
import io.qupersync.domain.table.ConversionRefusal;
import io.qupersync.domain.table.Converter;
import io.qupersync.domain.table.TableShape;
import io.qupersync.domain.table.TypeMapper;
import io.qupersync.domain.table.TypeMapping;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Resolves single columns of a mapping; what does not fit is added to the problems.
final class ColumnResolver {

  private final Destination destination;
  private final Optional<TableShape> target;
  private final List<String> problems;

  ColumnResolver(Destination destination, Optional<TableShape> target, List<String> problems) {
    this.destination = destination;
    this.target = target;
    this.problems = problems;
  }

  /// A column that is filled from the source's column at `index`.
  ColumnMapping fromSource(ColumnRule rule, int index, Column column) {
    checkIsText(rule, column);
    ColumnType type = targetType(rule, column.type());
    TypeMapping mapping = TypeMapper.map(column.type(), type);
    return new ColumnMapping(
        new Column(rule.name(), type, !rule.required() && !isKey(rule.name())),
        new CellOrigin.SourceColumn(index, column),
        mapping,
        new Normalizer(rule.normalize()),
        converter(rule, mapping),
        defaultCell(rule, type));
  }

  /// A column that the source knows nothing of, filled with its default.
  ColumnMapping fromDefault(ColumnRule rule) {
    ColumnType type = existingType(rule).or(rule::type).orElse(Plain.TEXT);
    Object cell = defaultCell(rule, type);
    return constant(new Column(rule.name(), type, !isKey(rule.name())), cell == null ? "" : cell);
  }

  /// A column that holds the same cell in every row.
  static ColumnMapping constant(Column column, Object cell) {
    return new ColumnMapping(
        column,
        new CellOrigin.Constant(cell),
        column.type() instanceof ColumnType.Other
            ? new TypeMapping.Checked(Converter.IDENTITY)
            : new TypeMapping.Exact(),
        new Normalizer(List.of()),
        Converter.IDENTITY,
        null);
  }

  private boolean isKey(String name) {
    return destination.key().contains(name);
  }

  private void checkIsText(ColumnRule rule, Column column) {
    boolean text =
        switch (column.type()) {
          case Plain plain -> plain == Plain.TEXT;
          case ColumnType.Varchar _, ColumnType.Char _ -> true;
          default -> false;
        };
    if (!text && !rule.normalize().isEmpty()) {
      problems.add(
          "column '%s': normalize works on text, and '%s' is %s; remove it"
              .formatted(rule.name(), column.name(), column.type().sql()));
    }
  }

  private Converter converter(ColumnRule rule, TypeMapping mapping) {
    return switch (mapping) {
      case TypeMapping.Exact _ -> Converter.IDENTITY;
      case TypeMapping.Widened(Converter converter) -> converter;
      case TypeMapping.Narrowed(Converter converter) -> converter;
      case TypeMapping.Checked(Converter converter) -> converter;
      case TypeMapping.Lossy(Converter converter, _) -> converter;
      case TypeMapping.Refused(String reason) -> {
        problems.add("column '%s': %s; choose another type".formatted(rule.name(), reason));
        yield Converter.IDENTITY;
      }
    };
  }

  /// The target's own type wins, so that what is there stays readable; only a job that evolves its
  /// target may widen a type that has become too narrow for its source.
  private ColumnType targetType(ColumnRule rule, ColumnType source) {
    Optional<ColumnType> existing = existingType(rule);
    ColumnType natural = TargetTypes.natural(source);
    if (existing.isEmpty() || rule.type().isPresent()) {
      return existing.or(rule::type).orElse(natural);
    }
    boolean widens =
        destination.schema() == SchemaPolicy.EVOLVE
            && isTooNarrow(existing.get(), source)
            && isWider(natural, existing.get());
    return widens ? natural : existing.get();
  }

  private Optional<ColumnType> existingType(ColumnRule rule) {
    return target.flatMap(shape -> shape.typeOf(rule.name()));
  }

  /// A type that only the target knows is never too narrow: somebody chose it for what it refuses.
  private static boolean isTooNarrow(ColumnType existing, ColumnType source) {
    return !(existing instanceof ColumnType.Other)
        && TypeMapper.map(source, existing) instanceof TypeMapping.Narrowed;
  }

  private static boolean isWider(ColumnType natural, ColumnType existing) {
    return TypeMapper.map(existing, natural) instanceof TypeMapping.Widened
        && TypeMapper.sameFamily(existing, natural);
  }

  private @Nullable Object defaultCell(ColumnRule rule, ColumnType type) {
    if (rule.defaultValue().isEmpty()) {
      return null;
    }
    Object cell = TypeMapper.ofText(rule.defaultValue().get(), type);
    if (cell instanceof ConversionRefusal(String reason)) {
      problems.add(
          "column '%s': its default is no value of type %s: %s"
              .formatted(rule.name(), type.sql(), reason));
      return null;
    }
    return cell;
  }
}
