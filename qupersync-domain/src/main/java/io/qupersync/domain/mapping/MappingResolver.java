package io.qupersync.domain.mapping;

import io.qupersync.domain.job.ColumnRule;
import io.qupersync.domain.job.SchemaPolicy;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.job.WatermarkRule;
import io.qupersync.domain.progress.Mark;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.ColumnType;
import io.qupersync.domain.table.ColumnType.Plain;
import io.qupersync.domain.table.Converter;
import io.qupersync.domain.table.Refusal;
import io.qupersync.domain.table.TableShape;
import io.qupersync.domain.table.TypeMapper;
import io.qupersync.domain.table.TypeMapping;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Fits a job's rules to the columns that are really there, on both sides, and finds every problem
/// at once.
public final class MappingResolver {

  private final SyncJob job;
  private final TableShape source;
  private final Optional<TableShape> target;
  private final List<String> problems = new ArrayList<>();

  private MappingResolver(SyncJob job, TableShape source, Optional<TableShape> target) {
    this.job = job;
    this.source = source;
    this.target = target;
  }

  /// @param target the target table as it is; empty when it is still to be created
  /// @param sourceName fills the job's source stamp, when it has one
  /// @throws MappingProblem with all that does not fit
  public static TableMapping resolve(
      SyncJob job, TableShape source, Optional<TableShape> target, String sourceName) {
    return new MappingResolver(job, source, target).resolve(sourceName);
  }

  private TableMapping resolve(String sourceName) {
    var columns = new ArrayList<ColumnMapping>();
    job.destination().stamps().source().ifPresent(name -> columns.add(constant(name, sourceName)));
    Map<String, ColumnRule> rules = rulesByTarget();
    for (ColumnRule rule : rulesInSourceOrder(rules)) {
      shaped(rule).ifPresent(columns::add);
    }
    checkNames(columns);
    Optional<WatermarkReader> watermark = job.extraction().watermark().flatMap(this::watermark);
    if (!problems.isEmpty()) {
      throw new MappingProblem(problems);
    }
    return new TableMapping(job, source, columns, watermark);
  }

  private Map<String, ColumnRule> rulesByTarget() {
    var rules = new LinkedHashMap<String, ColumnRule>();
    for (ColumnRule rule : job.columns().rules()) {
      rules.put(rule.name(), rule);
    }
    return rules;
  }

  /// One rule per target column: those of the job, and a bare one for every source column none of
  /// them names.
  private List<ColumnRule> rulesInSourceOrder(Map<String, ColumnRule> rules) {
    var ordered = new ArrayList<ColumnRule>();
    Set<String> placed = new HashSet<>();
    for (Column column : source.columns()) {
      List<ColumnRule> named =
          rules.values().stream().filter(rule -> rule.sourceName().equals(column.name())).toList();
      ordered.addAll(named);
      named.forEach(rule -> placed.add(rule.name()));
      if (named.isEmpty() && passesThrough(column)) {
        ordered.add(bare(column.name()));
      }
    }
    rules.values().stream().filter(rule -> !placed.contains(rule.name())).forEach(ordered::add);
    return ordered;
  }

  private boolean passesThrough(Column column) {
    if (job.columns().excluded().contains(column.name())) {
      return false;
    }
    boolean isNew = target.isPresent() && target.get().indexOf(column.name()).isEmpty();
    if (isNew && job.destination().schema() == SchemaPolicy.STRICT) {
      problems.add(
          ("column '%s' is new at the source, and 'schema: strict' lets none in; "
                  + "add it to the target, exclude it, or choose evolve or ignore")
              .formatted(column.name()));
    }
    return !isNew || job.destination().schema() != SchemaPolicy.IGNORE;
  }

  private static ColumnRule bare(String name) {
    return new ColumnRule(
        name, Optional.empty(), Optional.empty(), false, Optional.empty(), List.of());
  }

  private Optional<ColumnMapping> shaped(ColumnRule rule) {
    OptionalInt index = source.indexOf(rule.sourceName());
    if (index.isPresent()) {
      return Optional.of(fromSource(rule, index.getAsInt()));
    }
    if (rule.from().isEmpty() && rule.defaultValue().isPresent()) {
      return Optional.of(fromDefault(rule));
    }
    problems.add(
        "column '%s': the source has no column '%s'; it has %s"
            .formatted(rule.name(), rule.sourceName(), String.join(", ", source.names())));
    return Optional.empty();
  }

  private ColumnMapping fromSource(ColumnRule rule, int index) {
    Column column = source.columns().get(index);
    ColumnType cleanedType = rule.normalize().isEmpty() ? column.type() : textOf(rule, column);
    ColumnType type = targetType(rule, TargetTypes.natural(column.type()));
    TypeMapping mapping = TypeMapper.map(cleanedType, type);
    Converter converter = converter(rule, mapping);
    return new ColumnMapping(
        new Column(rule.name(), type, !rule.required() && !isKey(rule.name())),
        new CellOrigin.SourceColumn(index, column),
        mapping,
        new Cleaning(rule.normalize()),
        converter,
        defaultCell(rule, type));
  }

  private ColumnType textOf(ColumnRule rule, Column column) {
    boolean text =
        switch (column.type()) {
          case Plain plain -> plain == Plain.TEXT;
          case ColumnType.Varchar _, ColumnType.Char _ -> true;
          default -> false;
        };
    if (!text) {
      problems.add(
          "column '%s': normalize works on text, and '%s' is %s; remove it"
              .formatted(rule.name(), column.name(), column.type().sql()));
    }
    return column.type();
  }

  private Converter converter(ColumnRule rule, TypeMapping mapping) {
    return switch (mapping) {
      case TypeMapping.Exact _ -> Converter.IDENTITY;
      case TypeMapping.Widened(Converter converter) -> converter;
      case TypeMapping.Narrowed(Converter converter) -> converter;
      case TypeMapping.Lossy(Converter converter, _) -> converter;
      case TypeMapping.Refused(String reason) -> {
        problems.add("column '%s': %s; choose another type".formatted(rule.name(), reason));
        yield Converter.IDENTITY;
      }
    };
  }

  private ColumnMapping fromDefault(ColumnRule rule) {
    ColumnType type = targetType(rule, Plain.TEXT);
    Object cell = defaultCell(rule, type);
    return new ColumnMapping(
        new Column(rule.name(), type, !isKey(rule.name())),
        new CellOrigin.Constant(cell == null ? "" : cell),
        new TypeMapping.Exact(),
        new Cleaning(List.of()),
        Converter.IDENTITY,
        null);
  }

  private ColumnMapping constant(String name, String value) {
    return new ColumnMapping(
        new Column(name, Plain.TEXT, false),
        new CellOrigin.Constant(value),
        new TypeMapping.Exact(),
        new Cleaning(List.of()),
        Converter.IDENTITY,
        null);
  }

  /// The target's own type wins, so that what is there stays readable; only a job that evolves its
  /// target may widen a type that has become too narrow for its source.
  private ColumnType targetType(ColumnRule rule, ColumnType natural) {
    Optional<ColumnType> existing = existingType(rule.name());
    if (existing.isEmpty() || rule.type().isPresent()) {
      return existing.or(rule::type).orElse(natural);
    }
    boolean evolves = job.destination().schema() == SchemaPolicy.EVOLVE;
    return evolves && isWider(natural, existing.get()) ? natural : existing.get();
  }

  private Optional<ColumnType> existingType(String name) {
    return target.flatMap(shape -> {
      OptionalInt index = shape.indexOf(name);
      return index.isPresent()
          ? Optional.of(shape.columns().get(index.getAsInt()).type())
          : Optional.empty();
    });
  }

  private static boolean isWider(ColumnType natural, ColumnType existing) {
    return TypeMapper.map(existing, natural) instanceof TypeMapping.Widened
        && TypeMapper.map(natural, existing) instanceof TypeMapping.Narrowed
        && TypeMapper.sameFamily(existing, natural);
  }

  private @Nullable Object defaultCell(ColumnRule rule, ColumnType type) {
    if (rule.defaultValue().isEmpty()) {
      return null;
    }
    Object cell =
        switch (TypeMapper.map(Plain.TEXT, type)) {
          case TypeMapping.Exact _ -> rule.defaultValue().get();
          case TypeMapping.Widened(Converter converter) ->
              converter.convert(rule.defaultValue().get());
          case TypeMapping.Narrowed(Converter converter) ->
              converter.convert(rule.defaultValue().get());
          case TypeMapping.Lossy(Converter converter, _) ->
              converter.convert(rule.defaultValue().get());
          case TypeMapping.Refused(String reason) -> new Refusal(reason);
        };
    if (cell instanceof Refusal(String reason)) {
      problems.add(
          "column '%s': its default is no value of type %s: %s"
              .formatted(rule.name(), type.sql(), reason));
      return null;
    }
    return cell;
  }

  private boolean isKey(String name) {
    return job.destination().key().contains(name);
  }

  private void checkNames(List<ColumnMapping> columns) {
    Set<String> names = new HashSet<>();
    for (ColumnMapping column : columns) {
      if (!names.add(column.target().name())) {
        problems.add(
            "column '%s' would be written twice; rename or exclude one"
                .formatted(column.target().name()));
      }
    }
    mustExist(job.destination().key(), names, "key");
    mustExist(job.destination().updateColumns(), names, "update_columns");
    if (job.destination().conflict()
        instanceof io.qupersync.domain.job.ConflictPolicy.LatestWins(String column)) {
      mustExist(List.of(column), names, "conflict");
    }
    job.columns().excluded().stream()
        .filter(name -> source.indexOf(name).isEmpty())
        .forEach(name -> problems.add("exclude: the source has no column '%s'".formatted(name)));
  }

  private void mustExist(List<String> wanted, Set<String> names, String where) {
    for (String name : wanted) {
      if (!names.contains(name)) {
        problems.add(
            "%s: no column '%s' is written; there are %s"
                .formatted(where, name, String.join(", ", names.stream().sorted().toList())));
      }
    }
  }

  private Optional<WatermarkReader> watermark(WatermarkRule rule) {
    var indexes = new ArrayList<Integer>();
    var kinds = new ArrayList<Mark.Kind>();
    for (String name : rule.columns()) {
      OptionalInt index = source.indexOf(name);
      if (index.isEmpty()) {
        problems.add(
            "watermark: the source has no column '%s'; it has %s"
                .formatted(name, String.join(", ", source.names())));
        continue;
      }
      ColumnType type = source.columns().get(index.getAsInt()).type();
      Mark.Kind.of(type)
          .ifPresentOrElse(
              kinds::add,
              () ->
                  problems.add(
                      "watermark: column '%s' is %s, which has no order to rely on"
                          .formatted(name, type.sql())));
      indexes.add(index.getAsInt());
    }
    return kinds.size() == rule.columns().size()
        ? Optional.of(new WatermarkReader(indexes, kinds, rule.ordered()))
        : Optional.empty();
  }
}
