package io.qupersync.infrastructure.postgres;

import io.qupersync.domain.job.ConflictPolicy;
import io.qupersync.domain.job.Destination;
import io.qupersync.domain.job.SyncMode;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.ColumnType;
import io.qupersync.domain.table.ColumnType.Plain;
import io.qupersync.domain.table.Identifier;
import io.qupersync.infrastructure.postgres.TargetColumn.Collation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The statements that move a staged batch into the target. A row that is in the target as it is
/// staged is not written again.
final class UpsertSql {

  private final TableMapping mapping;
  private final Destination destination;
  private final Optional<TargetTable> there;
  private final List<Column> updated;

  /// @param there the target as the catalog has it; empty when it is still to be created
  UpsertSql(TableMapping mapping, Optional<TargetTable> there) {
    this.mapping = mapping;
    this.destination = mapping.job().destination();
    this.there = there;
    this.updated = updatedColumns();
  }

  /// Inserts what is new and updates what differs.
  ///
  /// @param stage the staging table's name in SQL
  String merge(String stage) {
    return insert(stage, "") + conflict();
  }

  /// The same, in which rows that are there already never come as far as `on conflict`: that locks
  /// each row it finds, which writes as much to the log as a small change. An index look-up more
  /// for each of the others.
  ///
  /// @param range where the staged keys lie, so that no more of the target is looked at
  String mergeWhatDiffers(String stage, Optional<DenseKeys> range) {
    return insert(stage, "where not exists (%s)\n".formatted(sameRow(range))) + conflict();
  }

  private String sameRow(Optional<DenseKeys> range) {
    String sameKey =
        destination.key().stream()
            .map(name ->
                "u.%1$s %2$s s.%1$s".formatted(Identifier.quoted(name), operator(name, "=")))
            .collect(Collectors.joining(" and "));
    String near = range.map(keys -> " and " + keys.holds("u")).orElse("");
    String nothingToDo =
        updated.isEmpty() ? "" : " and (%s) is not true".formatted(condition("u", "s"));
    return "select from %s as u where %s%s%s"
        .formatted(destination.table().quoted(), sameKey, near, nothingToDo);
  }

  /// Counts the staged rows of which there is nothing to write.
  String countSame(String stage) {
    return "select count(*) from %s as s where exists (%s)"
        .formatted(stage, sameRow(Optional.empty()));
  }

  /// Inserts what is new and leaves the rest alone.
  String insertNew(String stage) {
    return insert(stage, "") + "on conflict (%s) do nothing".formatted(keyNames());
  }

  /// The statement around one that writes rows: how many were inserted, how many updated, and what
  /// is asked of late ones.
  ///
  /// @param inserted tells of a row that was written whether it is new, in SQL
  static String counting(String statement, String inserted, Optional<LateSql> late) {
    return "with %sselect count(*) filter (where inserted), count(*) filter (where not inserted)%s from written"
        .formatted(written(statement, inserted, late), late.map(LateSql::counted).orElse(""));
  }

  /// The rows that a statement writes, as a part named `written` of another statement.
  ///
  /// @param inserted tells of a row that was written whether it is new, in SQL
  static String written(String statement, String inserted, Optional<LateSql> late) {
    return """
    written as (
    %s
    returning %s as inserted%s)
    """
        .formatted(statement, inserted, late.map(LateSql::returned).orElse(""));
  }

  private String insert(String stage, String filter) {
    Optional<String> stamp = destination.stamps().time().map(Identifier::quoted);
    String names = written().collect(Collectors.joining(", "));
    // ordered: two loads that write the same rows wait for each other, but never in a circle
    return """
    insert into %s as t (%s%s)
    %sselect %s%s from %s as s
    %sorder by %s
    """
        .formatted(
            destination.table().quoted(),
            names,
            stamp.map(name -> ", " + name).orElse(""),
            overriding(),
            names,
            stamp.map(_ -> ", now()").orElse(""),
            stage,
            filter,
            order());
  }

  /// COPY takes the values of an identity column as they come; an insert must say so.
  private String overriding() {
    return there.map(table -> !table.traits().identities().isEmpty()).orElse(false)
        ? "overriding system value\n"
        : "";
  }

  private Stream<String> written() {
    return mapping.targetColumns().stream().map(column -> Identifier.quoted(column.name()));
  }

  private String keyNames() {
    return destination.key().stream().map(Identifier::quoted).collect(Collectors.joining(", "));
  }

  /// In the order of the index, which all who write to the table share. Texts by their bytes where
  /// equal means equal bytes: any order will do, and this one is quick.
  private String order() {
    return there
        .flatMap(table -> table.uniqueKey(destination.key()))
        .orElse(destination.key())
        .stream()
        .map(this::column)
        .map(column ->
            Identifier.quoted(column.name()) + (isExactText(column) ? " collate \"C\"" : ""))
        .collect(Collectors.joining(", "));
  }

  private Column column(String name) {
    return mapping.targetColumns().stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private String conflict() {
    if (updated.isEmpty()) {
      return "on conflict (%s) do nothing".formatted(keyNames());
    }
    Stream<String> columns =
        updated.stream()
            .map(column ->
                Identifier.quoted(column.name()) + " = " + incoming(column, "t", "excluded"));
    Stream<String> stamp =
        destination.stamps().time().map(name -> Identifier.quoted(name) + " = now()").stream();
    return "on conflict (%s) do update set\n  %s\nwhere %s"
        .formatted(
            keyNames(),
            Stream.concat(columns, stamp).collect(Collectors.joining(",\n  ")),
            condition("t", "excluded"));
  }

  /// The columns that change in a row that is there.
  List<Column> updated() {
    return updated;
  }

  private List<Column> updatedColumns() {
    if (mapping.job().mode() == SyncMode.APPEND
        || destination.conflict() instanceof ConflictPolicy.TargetWins) {
      return List.of();
    }
    List<String> wanted = destination.updateColumns();
    return mapping.targetColumns().stream()
        .filter(column ->
            destination.key().contains(column.name())
                ? wanted.isEmpty() && hasSpellings(column)
                : wanted.isEmpty() || wanted.contains(column.name()))
        .toList();
  }

  /// A key that is spelt anew at the source is the same key, and yet a change; so is any other
  /// value.
  private boolean hasSpellings(Column column) {
    return KeyEquality.hasSpellings(type(column), collation(column));
  }

  /// @param present names the target's row, and `incoming` the staged one
  private String incoming(Column column, String present, String incoming) {
    String name = Identifier.quoted(column.name());
    return destination.conflict() instanceof ConflictPolicy.Merge
        ? "coalesce(%s.%s, %s.%2$s)".formatted(incoming, name, present)
        : incoming + "." + name;
  }

  /// When a row that is there must be written; true, or false or NULL.
  private String condition(String present, String incoming) {
    String differs = differs(present, incoming);
    if (destination.conflict() instanceof ConflictPolicy.LatestWins(String column)) {
      String name = Identifier.quoted(column);
      return "(%1$s.%3$s is null or %2$s.%3$s %5$s %1$s.%3$s)\n  and (%4$s)"
          .formatted(present, incoming, name, differs, operator(column, ">="));
    }
    return differs;
  }

  /// Values that PostgreSQL holds equal may read differently (1.5 and 1.50, 0 and -0, one day and
  /// 24 hours, `A` and `a`), and some types have no equality at all (json, xml, point). Where a
  /// type is so, the stored bytes are compared: of floats those of a zero, which alone is written
  /// in two ways, since to compare bytes takes longer.
  private String differs(String present, String incoming) {
    Stream<String> unequal =
        updated.stream()
            .filter(column -> !hasSpellings(column) || isFloat(column))
            .map(column ->
                "%s is distinct from %s"
                    .formatted(value(column, present), incoming(column, present, incoming)));
    Stream<String> zeros =
        updated.stream()
            .filter(this::isFloat)
            .map(column ->
                "%s = '0'%s and %s"
                    .formatted(
                        value(column, present),
                        imageType(column),
                        images(List.of(column), present, incoming)));
    List<Column> spelt =
        updated.stream().filter(column -> hasSpellings(column) && !isFloat(column)).toList();
    Stream<String> spellings =
        spelt.isEmpty() ? Stream.of() : Stream.of(images(spelt, present, incoming));
    return Stream.of(unequal, zeros, spellings)
        .flatMap(conditions -> conditions)
        .collect(Collectors.joining("\n  or "));
  }

  /// Whether the stored bytes differ.
  private String images(List<Column> columns, String present, String incoming) {
    return "pg_catalog.record_image_ne(row(%s), row(%s))"
        .formatted(
            columns.stream()
                .map(column -> value(column, present) + imageType(column))
                .collect(Collectors.joining(", ")),
            columns.stream()
                .map(column -> incoming(column, present, incoming) + imageType(column))
                .collect(Collectors.joining(", ")));
  }

  private static String value(Column column, String row) {
    return row + "." + Identifier.quoted(column.name());
  }

  /// Records are compared only when their types are the very same: a domain is not what is beneath
  /// it, and a varchar no text. Rows that travel as arrays have neither. A cast without a size
  /// costs nothing and changes nothing but the blanks that fill a char.
  private String imageType(Column column) {
    return switch (type(column)) {
      case Plain plain -> "::" + plain.sql();
      case ColumnType.Fraction(Plain base, _) -> "::" + base.sql();
      case ColumnType.Decimal _ -> "::" + Plain.NUMERIC.sql();
      case ColumnType.Varchar _, ColumnType.Char _ -> "::" + Plain.TEXT.sql();
      // comes by way of the stage, which has the target's own types
      case ColumnType.Other _ -> "";
    };
  }

  private boolean isFloat(Column column) {
    return type(column) == Plain.REAL || type(column) == Plain.DOUBLE;
  }

  private String operator(String column, String name) {
    return there.map(table -> table.operator(column, name)).orElse(name);
  }

  private ColumnType type(Column column) {
    return there
        .flatMap(table -> table.column(column.name()))
        .map(TargetColumn::type)
        .orElse(column.type());
  }

  private boolean isText(Column column) {
    return switch (type(column)) {
      case Plain plain -> plain == Plain.TEXT;
      case ColumnType.Varchar _, ColumnType.Char _ -> true;
      default -> false;
    };
  }

  private boolean isExactText(Column column) {
    return isText(column) && collation(column) == Collation.EXACT;
  }

  private Collation collation(Column column) {
    return there
        .flatMap(table -> table.column(column.name()))
        .map(TargetColumn::collation)
        .orElse(Collation.EXACT);
  }
}
