package io.qupersync.infrastructure.redshift;

import io.qupersync.domain.job.ColumnRule;
import io.qupersync.domain.job.JobSource;
import io.qupersync.domain.job.SqlTemplate;
import io.qupersync.domain.job.SqlTemplate.Placeholder;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.job.WatermarkRule;
import io.qupersync.domain.progress.KeyRange;
import io.qupersync.domain.progress.RowKeys;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.ColumnType;
import io.qupersync.domain.table.ColumnType.Plain;
import io.qupersync.domain.table.Identifier;
import io.qupersync.domain.table.TableRef;
import io.qupersync.domain.table.TableShape;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The statement that reads one window of a job's source.
final class ExtractionSql {

  private final SyncJob job;
  private final TableShape shape;
  private final Window window;
  private final Set<String> wanted;

  ExtractionSql(SyncJob job, TableShape shape, Window window) {
    this.job = job;
    this.shape = shape;
    this.window = window;
    this.wanted = wanted(job, shape);
  }

  static boolean hasPlaceholders(SqlTemplate sql) {
    return sql.has(Placeholder.FROM) || sql.has(Placeholder.TO);
  }

  /// Whoever wires a job that reads from AWS gives it to whom it is for.
  static IllegalArgumentException noSql() {
    return new IllegalArgumentException("the nodes of a cluster are not read by SQL");
  }

  /// All columns but those the job excludes; an excluded one that the job still needs, to know how
  /// far it has read or to fill a column of another name, is read.
  private static Set<String> wanted(SyncJob job, TableShape shape) {
    var wanted = new HashSet<>(shape.names());
    wanted.removeAll(job.columns().excluded());
    job.extraction().watermark().ifPresent(rule -> wanted.addAll(rule.columns()));
    job.columns().rules().stream().map(ColumnRule::sourceName).forEach(wanted::add);
    return wanted;
  }

  /// Whether the statement returns this column. Those it returns come in the order of the shape.
  boolean returns(Column column) {
    return wanted.contains(column.name());
  }

  /// The rows of the window, in the order the job wants.
  SqlText sql() {
    return switch (job.extraction().source()) {
      case JobSource.Table _ ->
          ordered(select(within(windowCondition(), window.range(), window.keys())));
      case JobSource.Query(SqlTemplate query) -> {
        SqlText conditions = within(windowCondition(), window.range(), window.keys());
        yield standsAlone(conditions) ? fill(query) : ordered(select(conditions));
      }
      case JobSource.Nodes _ -> throw noSql();
    };
  }

  /// That a row lies in the window, as far as a query does not say so itself.
  private SqlText windowCondition() {
    return switch (job.extraction().source()) {
      case JobSource.Table _ -> condition(window.from(), window.to());
      case JobSource.Query(SqlTemplate query) ->
          condition(
              query.has(Placeholder.FROM) ? Optional.empty() : window.from(),
              query.has(Placeholder.TO) ? Optional.empty() : window.to());
      case JobSource.Nodes _ -> throw noSql();
    };
  }

  /// The next rows of the window in this order, at most so many.
  ///
  /// @param from the first of them stand here; empty begins at the start
  SqlText piece(PieceOrder order, Optional<PieceOrder.Place> from, int rows) {
    SqlText conditions = within(windowCondition(), window.range(), window.keys());
    SqlText behind = from.map(order::from).orElseGet(SqlText::new);
    SqlText sql = select(both(conditions, behind));
    if (!order.isEmpty()) {
      sql.add("\norder by " + order.sql());
    }
    return sql.add("\nlimit " + rows);
  }

  /// How far a column's values reach, over all the rows that the job may read: one row of the
  /// lowest, the highest and, where it is to bound the watermark, that one's highest leading value
  /// that is not beyond the ceiling.
  SqlText extent(String column) {
    var sql = new SqlText().add("select\n  ");
    sql.add("min(%1$s),\n  max(%1$s)".formatted(Identifier.quoted(column)));
    bounded().ifPresent(leading -> sql.add(",\n  ").add(latest(Identifier.quoted(leading.name()))));
    return sql.add("\nfrom ").add(source()).add(" as q");
  }

  private SqlText latest(String leading) {
    return window
        .ceiling()
        .map(ceiling ->
            new SqlText()
                .add("max(case when %s <= ".formatted(leading))
                .add(ceiling.first())
                .add(" then %s end)".formatted(leading)))
        .orElseGet(() -> new SqlText().add("max(%s)".formatted(leading)));
  }

  /// The leading column of a watermark that counts, or that has a ceiling.
  Optional<Column> bounded() {
    return job.extraction()
        .watermark()
        .map(rule -> shape.columns().get(shape.indexOf(rule.columns().getFirst()).orElseThrow()))
        .filter(column ->
            window.ceiling().isPresent()
                || WatermarkValue.Kind.of(column.type())
                    .equals(Optional.of(WatermarkValue.Kind.NUMBER)));
  }

  /// The rows that have these cells, whatever the watermark says.
  ///
  /// @param cells by column
  SqlText having(Map<String, Object> cells, int limit) {
    var condition = new SqlText();
    cells.forEach((column, cell) ->
        condition
            .add(condition.isEmpty() ? "" : "\n  and ")
            .add(Identifier.quoted(column) + " = ")
            .addCell(cell));
    return select(condition).add("\nlimit " + limit);
  }

  private boolean standsAlone(SqlText condition) {
    return condition.isEmpty()
        && order().isEmpty()
        && shape.columns().stream().allMatch(this::returns)
        && shape.columns().stream().noneMatch(ExtractionSql::needsCast);
  }

  private SqlText select(SqlText condition) {
    var sql = new SqlText().add("select\n  ");
    sql.add(
        shape.columns().stream()
            .filter(this::returns)
            .map(ExtractionSql::expression)
            .collect(Collectors.joining(",\n  ")));
    sql.add("\nfrom ").add(source()).add(" as q");
    return condition.isEmpty() ? sql : sql.add("\nwhere ").add(condition);
  }

  private SqlText source() {
    return switch (job.extraction().source()) {
      case JobSource.Table(TableRef table) -> new SqlText().add(table.quoted());
      // on lines of its own, for it may end with a comment
      case JobSource.Query(SqlTemplate query) ->
          new SqlText().add("(\n").add(fill(query)).add("\n)");
      case JobSource.Nodes _ -> throw noSql();
    };
  }

  private SqlText ordered(SqlText sql) {
    return order().map(rule -> sql.add("\norder by ").add(inOrder(rule.columns()))).orElse(sql);
  }

  private Optional<WatermarkRule> order() {
    return job.extraction().watermark().filter(WatermarkRule::ordered);
  }

  // with the source's name before it: a bare name would mean the column as it is selected, as text
  private static String inOrder(List<String> columns) {
    return columns.stream()
        .map(column -> "q." + Identifier.quoted(column))
        .collect(Collectors.joining(", "));
  }

  private static String expression(Column column) {
    String name = Identifier.quoted(column.name());
    return needsCast(column) ? "%1$s::varchar as %1$s".formatted(name) : name;
  }

  /// Types the driver cannot read exactly: `24:00:00` and offsets are beyond it, and of a numeric
  /// without a declared scale it does not know the scale.
  private static boolean needsCast(Column column) {
    ColumnType type = column.type();
    return type == Plain.TIME
        || type == Plain.TIMETZ
        || type == Plain.INTERVAL
        || type == Plain.NUMERIC;
  }

  private SqlText condition(Optional<Watermark> from, Optional<Watermark> to) {
    Optional<WatermarkRule> rule = job.extraction().watermark();
    boolean ownWindow =
        job.extraction().source() instanceof JobSource.Query(SqlTemplate query)
            && hasPlaceholders(query);
    // a query that asks for its window itself knows what it wants of rows without a mark
    if (rule.isEmpty() || (ownWindow && from.isEmpty() && to.isEmpty())) {
      return new SqlText();
    }
    return new WindowSql(rule.get()).condition(from, to);
  }

  private static SqlText within(
      SqlText condition, Optional<KeyRange> range, Optional<RowKeys> keys) {
    return both(
        both(condition, range.map(RangeSql::condition).orElseGet(SqlText::new)),
        keys.map(ExtractionSql::isOneOf).orElseGet(SqlText::new));
  }

  private static SqlText both(SqlText one, SqlText other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.isEmpty() ? other : one;
    }
    return new SqlText().add("(").add(one).add(")\n  and (").add(other).add(")");
  }

  private static SqlText isOneOf(RowKeys keys) {
    var condition = new SqlText();
    for (List<Object> key : keys.keys()) {
      condition.add(condition.isEmpty() ? "(" : "\n  or (");
      for (int i = 0; i < keys.columns().size(); i++) {
        condition
            .add(i == 0 ? "" : " and ")
            .add(Identifier.quoted(keys.columns().get(i)) + " = ")
            .addCell(key.get(i));
      }
      condition.add(")");
    }
    return condition;
  }

  private SqlText fill(SqlTemplate query) {
    var filled = new SqlText();
    for (SqlTemplate.Piece piece : query.pieces()) {
      filled.add(piece.sql());
      piece.placeholder().ifPresent(placeholder -> filled.add(valueOf(placeholder)));
    }
    return filled;
  }

  /// An open upper end is the source's clock where there is one: the watermark will not pass that,
  /// so what lies beyond is read later.
  private WatermarkValue valueOf(Placeholder placeholder) {
    return switch (placeholder) {
      case FROM -> window.from().map(Watermark::first).orElseGet(() -> CellSql.beginning(kind()));
      case TO ->
          window
              .to()
              .or(window::present)
              .map(Watermark::first)
              .orElseGet(() -> CellSql.end(kind()));
    };
  }

  private WatermarkValue.Kind kind() {
    String leading = job.extraction().watermark().orElseThrow().columns().getFirst();
    Column column = shape.columns().get(shape.indexOf(leading).orElseThrow());
    return WatermarkValue.Kind.of(column.type()).orElseThrow();
  }
}
