package io.qupersync.infrastructure.postgres;

import io.qupersync.domain.job.ConflictPolicy;
import io.qupersync.domain.job.Destination;
import io.qupersync.domain.job.SyncMode;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.Identifier;
import java.util.List;
import java.util.stream.Collectors;

/// Makes one row of all rows of a key, so that the target comes to what it would come to if they
/// were applied to it one by one, in the order read. The target's own types say which keys are one
/// and which of two values is the higher.
///
/// Rows are numbered as they arrive in a temporary table of their own, and go from there into the
/// stage. Only batches in which a key may come twice take this way.
final class FoldSql {

  static final String TABLE = "pg_temp.qupersync_ordered";

  private static final String CREATE =
      """
      create temporary table if not exists qupersync_ordered (
        like %s including defaults, qupersync_place bigint generated always as identity)
      on commit delete rows
      """
          .formatted(StagingTable.TABLE);

  private final TableMapping mapping;
  private final Destination destination;
  private final TargetTable there;
  private final String keys;
  private final String fold;

  FoldSql(TableMapping mapping, TargetTable there) {
    this.mapping = mapping;
    this.there = there;
    this.destination = mapping.job().destination();
    this.keys = names(destination.key(), "o.");
    this.fold = fold();
  }

  String create() {
    return CREATE;
  }

  /// Empties the numbered rows into the stage.
  String intoStage() {
    return fold;
  }

  private String fold() {
    List<Column> columns = mapping.targetColumns();
    return """
    with taken as (delete from %s returning *)
    insert into %s (%s)
    select distinct on (%s) %s
    from %s as o
    window first as (partition by %4$s order by o.qupersync_place),
      last as (partition by %4$s order by o.qupersync_place desc)%s
    order by %4$s, o.qupersync_place
    """
        .formatted(
            TABLE,
            StagingTable.TABLE,
            names(columns.stream().map(Column::name).toList(), ""),
            keys,
            columns.stream().map(this::folded).collect(Collectors.joining(", ")),
            keepsVersion() ? judged() : "taken",
            latest());
  }

  /// The column's cell after all rows of its key.
  private String folded(Column column) {
    String name = "o." + Identifier.quoted(column.name());
    if (keepsVersion() && column.name().equals(version())) {
      return "case when o.qupersync_there then first_value(%1$s) over latest else first_value(%1$s) over first end"
          .formatted(name);
    }
    if (!changes(column)) {
      return "first_value(%s) over first".formatted(name);
    }
    return switch (destination.conflict()) {
      case ConflictPolicy.LatestWins _ -> "first_value(%s) over latest".formatted(name);
      case ConflictPolicy.Merge _ ->
          "first_value(%1$s) over (partition by %2$s order by %1$s is null, o.qupersync_place desc)"
              .formatted(name, keys);
      case ConflictPolicy.SourceWins _, ConflictPolicy.TargetWins _ ->
          "first_value(%s) over last".formatted(name);
    };
  }

  private boolean changes(Column column) {
    boolean insertsOnly =
        mapping.job().mode() == SyncMode.APPEND
            || destination.conflict() instanceof ConflictPolicy.TargetWins;
    List<String> updated = destination.updateColumns();
    return !insertsOnly && (updated.isEmpty() || updated.contains(column.name()));
  }

  private String version() {
    return destination.conflict() instanceof ConflictPolicy.LatestWins(String column) ? column : "";
  }

  private String latest() {
    if (version().isEmpty()) {
      return "";
    }
    String order =
        keepsVersion()
            ? "o.qupersync_wins desc"
            : "o.%s desc nulls last".formatted(Identifier.quoted(version()));
    return ",\n  latest as (partition by %s order by %s, o.qupersync_place desc)"
        .formatted(keys, order);
  }

  /// Whether rows are measured by a value that only the first row of a key writes.
  private boolean keepsVersion() {
    List<String> updated = destination.updateColumns();
    return destination.conflict() instanceof ConflictPolicy.LatestWins(String column)
        && mapping.job().mode() != SyncMode.APPEND
        && !updated.isEmpty()
        && !updated.contains(column);
  }

  /// Each row with whether it wins: against the value that the target has, or the first row of its
  /// key brings there.
  private String judged() {
    String same =
        destination.key().stream()
            .map(name ->
                "t.%1$s %2$s o.%1$s".formatted(Identifier.quoted(name), there.operator(name, "=")))
            .collect(Collectors.joining(" and "));
    return """
    (select b.*, (b.qupersync_base is null or b.%1$s %6$s b.qupersync_base) is true as qupersync_wins
      from (select o.*, t.%2$s is not null as qupersync_there,
          case when t.%2$s is not null then t.%1$s
            else first_value(o.%1$s) over (partition by %3$s order by o.qupersync_place)
          end as qupersync_base
        from taken as o left join %4$s as t on %5$s) as b)\
    """
        .formatted(
            Identifier.quoted(version()),
            Identifier.quoted(destination.key().getFirst()),
            keys,
            destination.table().quoted(),
            same,
            there.operator(version(), ">="));
  }

  private static String names(List<String> names, String prefix) {
    return names.stream()
        .map(name -> prefix + Identifier.quoted(name))
        .collect(Collectors.joining(", "));
  }
}
