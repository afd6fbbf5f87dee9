package io.qupersync.domain.mapping;

import io.qupersync.domain.job.ColumnRule;
import io.qupersync.domain.job.ConflictPolicy;
import io.qupersync.domain.job.SchemaPolicy;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.job.WatermarkRule;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.ColumnType;
import io.qupersync.domain.table.ColumnType.Plain;
import io.qupersync.domain.table.TableShape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Fits a job's rules to the columns that are really there, on both sides, and finds every problem
/// at once.
public final class MappingResolver {

  private final SyncJob job;
  private final TableShape source;
  private final Optional<TableShape> target;
  private final List<String> problems = new ArrayList<>();
  private FailureKind kind = FailureKind.DEFINITION;
  private final ColumnResolver resolver;

  private MappingResolver(SyncJob job, TableShape source, Optional<TableShape> target) {
    this.job = job;
    this.source = source;
    this.target = target;
    this.resolver = new ColumnResolver(job.destination(), target, problems);
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
    job.destination()
        .stamps()
        .source()
        .map(name -> new Column(name, Plain.TEXT, false))
        .ifPresent(stamp -> columns.add(ColumnResolver.constant(stamp, sourceName)));
    Map<String, ColumnRule> rules = rulesByTarget();
    for (ColumnRule rule : rulesInSourceOrder(rules)) {
      shaped(rule).ifPresent(columns::add);
    }
    checkNames(columns);
    Optional<WatermarkReader> watermark = job.extraction().watermark().flatMap(this::watermark);
    Optional<SplitPlan> splitting = splitting();
    if (!problems.isEmpty()) {
      throw new MappingProblem(kind, problems);
    }
    return new TableMapping(job, source, columns, watermark, splitting.orElseThrow());
  }

  private Optional<SplitPlan> splitting() {
    try {
      return Optional.of(SplitPlan.of(job, source));
    } catch (IllegalArgumentException unfit) {
      problems.add(String.valueOf(unfit.getMessage()));
      return Optional.empty();
    }
  }

  private Map<String, ColumnRule> rulesByTarget() {
    var rules = new LinkedHashMap<String, ColumnRule>();
    for (ColumnRule rule : job.columns().rules()) {
      if (rules.put(rule.name(), rule) != null) {
        writtenTwice(rule.name());
      }
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
      Column column = source.columns().get(index.getAsInt());
      return Optional.of(resolver.fromSource(rule, index.getAsInt(), column));
    }
    if (rule.from().isEmpty() && rule.defaultValue().isPresent()) {
      return Optional.of(resolver.fromDefault(rule));
    }
    problems.add(
        "column '%s': the source has no column '%s'; it has %s"
            .formatted(rule.name(), rule.sourceName(), String.join(", ", source.names())));
    return Optional.empty();
  }

  private void checkNames(List<ColumnMapping> columns) {
    Set<String> names = new HashSet<>();
    for (ColumnMapping column : columns) {
      if (!names.add(column.target().name())) {
        writtenTwice(column.target().name());
      }
    }
    job.destination().stamps().time().filter(names::contains).ifPresent(this::writtenTwice);
    mustExist(job.destination().key(), names, "key");
    mustExist(job.destination().updateColumns(), names, "update_columns");
    if (job.destination().conflict() instanceof ConflictPolicy.LatestWins(String column)) {
      mustExist(List.of(column), names, "conflict");
    }
    job.extraction()
        .watermark()
        .flatMap(WatermarkRule::open)
        .ifPresent(open -> mustExist(List.of(open.column()), names, "watermark.open"));
    job.columns().excluded().stream()
        .filter(name -> source.indexOf(name).isEmpty())
        .forEach(name -> problems.add("exclude: the source has no column '%s'".formatted(name)));
  }

  private void writtenTwice(String name) {
    problems.add("column '%s' would be written twice; rename or exclude one".formatted(name));
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
    var kinds = new ArrayList<WatermarkValue.Kind>();
    for (String name : rule.columns()) {
      OptionalInt index = source.indexOf(name);
      if (index.isEmpty()) {
        problems.add(
            "watermark: the source has no column '%s'; it has %s"
                .formatted(name, String.join(", ", source.names())));
        continue;
      }
      ColumnType type = source.columns().get(index.getAsInt()).type();
      WatermarkValue.Kind.of(type)
          .ifPresentOrElse(
              kinds::add,
              () ->
                  problems.add(
                      "watermark: column '%s' is %s, which has no order to rely on"
                          .formatted(name, type.sql())));
      indexes.add(index.getAsInt());
    }
    requireFit(rule);
    return kinds.size() == rule.columns().size()
        ? Optional.of(new WatermarkReader(indexes, kinds, rule.ordered()))
        : Optional.empty();
  }

  private void requireFit(WatermarkRule rule) {
    List<String> unfit = WatermarkFit.problems(rule, source);
    if (!unfit.isEmpty()) {
      kind = FailureKind.USAGE;
      problems.addAll(unfit);
    }
  }
}
