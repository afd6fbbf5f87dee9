package io.qupersync.infrastructure.postgres;

import io.qupersync.application.port.PermanentFailure;
import io.qupersync.domain.job.Destination;
import io.qupersync.domain.job.SchemaPolicy;
import io.qupersync.domain.mapping.ColumnMapping;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.ColumnType;
import io.qupersync.domain.table.Identifier;
import io.qupersync.domain.table.TableRef;
import io.qupersync.infrastructure.postgres.TableTraits.Trait;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Works out what a target table lacks for a mapping, and refuses what cannot be helped before the
/// first row.
final class TableChanges {

  private static final int LONGEST_NAME = 63;

  private final TableMapping mapping;
  private final Destination destination;
  private final TableRef table;
  private final List<String> problems = new ArrayList<>();

  TableChanges(TableMapping mapping) {
    this.mapping = mapping;
    this.destination = mapping.job().destination();
    this.table = destination.table();
  }

  /// The DDL that makes the table fit; empty when it does.
  ///
  /// @param there the table as it is; empty when it is missing
  /// @throws PermanentFailure when no DDL of ours may make it fit
  List<String> from(boolean schemaIsThere, Optional<TargetTable> there) {
    checkNames();
    if (there.isPresent()) {
      return alterations(there.get());
    }
    requireNoProblem();
    var statements = new ArrayList<String>();
    if (!schemaIsThere) {
      statements.add("create schema " + table.schema().quoted());
    }
    statements.add(creation());
    OpenRowsSql.of(mapping).map(OpenRowsSql::createIndex).ifPresent(statements::add);
    return statements;
  }

  private String creation() {
    Stream<String> columns =
        mapping.targetColumns().stream()
            .map(column -> definition(column) + (column.nullable() ? "" : " not null"));
    Stream<String> stamp = destination.stamps().time().map(TableChanges::timeStamp).stream();
    Stream<String> key = Stream.of("primary key (%s)".formatted(names(destination.key())));
    return Stream.of(columns, stamp, key)
        .flatMap(part -> part)
        .collect(
            Collectors.joining(",\n  ", "create table %s (\n  ".formatted(table.quoted()), "\n)"));
  }

  private List<String> alterations(TargetTable there) {
    requireTable(there);
    requireOneTable(there);
    requireKey(there);
    requireWritable(there);
    requireFilled(there);
    requireNoProblem();
    var steps = new ArrayList<String>();
    for (ColumnMapping column : mapping.columns()) {
      Optional<TargetColumn> existing = there.column(column.target().name());
      if (existing.isEmpty()) {
        // rows that are there already have no value for it
        steps.add("add column " + definition(column.target()));
      } else if (column.source().isPresent()
          && !existing.get().type().equals(column.type())
          // its checks would go with it; what it does not take is a rejected row
          && !there.traits().domains().contains(column.target().name())) {
        steps.add(
            "alter column %s type %s%s"
                .formatted(
                    Identifier.quoted(column.target().name()),
                    column.type().sql(),
                    collate(column.type(), existing.get())));
      }
    }
    destination
        .stamps()
        .time()
        .filter(name -> there.column(name).isEmpty())
        .ifPresent(name -> steps.add("add column " + timeStamp(name)));
    List<String> alterations =
        steps.stream().map(("alter table " + table.quoted() + " ")::concat).toList();
    // an index beyond what a user's own table has is for the user to decide
    Stream<String> index =
        destination.schema() == SchemaPolicy.EVOLVE && there.traits().has(Trait.OWN)
            ? OpenRowsSql.of(mapping).stream()
                .filter(open -> !there.traits().openIndexes().contains(open.indexName()))
                .map(OpenRowsSql::createIndex)
            : Stream.empty();
    return Stream.concat(alterations.stream(), index).toList();
  }

  /// A text that gets longer keeps the collation that somebody gave it, which is lost unless it is
  /// named: unique keys and comparisons would change.
  private static String collate(ColumnType wider, TargetColumn existing) {
    return switch (wider) {
      case ColumnType.Varchar _, ColumnType.Char _ -> collate(existing);
      case ColumnType.Plain plain when plain == ColumnType.Plain.TEXT -> collate(existing);
      case ColumnType.Plain _, ColumnType.Decimal _, ColumnType.Fraction _, ColumnType.Other _ ->
          "";
    };
  }

  private static String collate(TargetColumn existing) {
    return existing.ownCollation().map(" collate "::concat).orElse("");
  }

  private static String definition(Column column) {
    return Identifier.quoted(column.name()) + " " + column.type().sql();
  }

  private static String timeStamp(String name) {
    return Identifier.quoted(name) + " timestamptz not null default now()";
  }

  private static String names(List<String> columns) {
    return columns.stream().map(Identifier::quoted).collect(Collectors.joining(", "));
  }

  private void requireTable(TargetTable there) {
    String what =
        switch (there.kind()) {
          case ORDINARY, PARTITIONED -> "";
          case OTHER -> "a view or a foreign table";
          case SEQUENCE -> "a sequence";
          case TYPE -> "a type";
          case INDEX -> "an index";
        };
    if (!what.isEmpty()) {
      problems.add("target %s is %s; name a table".formatted(table, what));
      requireNoProblem();
    }
  }

  /// What one way of writing respects and another passes by: the first load would give other rows
  /// than the next run.
  private void requireOneTable(TargetTable there) {
    if (there.traits().has(Trait.RULES)) {
      problems.add(
          "target %s has rules that rewrite what is written to it, which COPY passes by and an upsert is refused for; drop them, use triggers, or name another table"
              .formatted(table));
    }
    if (there.traits().has(Trait.CHILDREN)) {
      problems.add(
          "other tables inherit from target %s, and their rows would be taken for its own; name a table without them, or make it a partitioned table"
              .formatted(table));
    }
  }

  /// What PostgreSQL fills by itself it lets nobody else write.
  private void requireWritable(TargetTable there) {
    List<String> written =
        Stream.concat(
                mapping.targetColumns().stream().map(Column::name),
                destination.stamps().time().stream())
            .filter(there.traits().computed()::contains)
            .toList();
    if (!written.isEmpty()) {
      problems.add(
          "target %s computes %s by itself (generated always as …); take it out of the job ('exclude'), or drop the expression"
              .formatted(table, String.join(", ", written)));
    }
    new UpsertSql(mapping, Optional.of(there))
        .updated().stream()
            .map(Column::name)
            .filter(there.traits().identities()::contains)
            .findFirst()
            .ifPresent(name -> {
              problems.add(
                  "target %s lets nobody update its identity column %s; run: alter table %s alter column %s set generated by default"
                      .formatted(table, name, table.quoted(), Identifier.quoted(name)));
            });
  }

  /// Without such an index `on conflict` cannot tell a repeated row from a new one.
  private void requireKey(TargetTable there) {
    if (there.uniqueKey(destination.key()).isEmpty()) {
      problems.add(
          "target %s has no unique index on its key (%s); run: create unique index on %s (%s)"
              .formatted(
                  table,
                  String.join(", ", destination.key()),
                  table.quoted(),
                  names(destination.key())));
    }
  }

  /// A column that must have a value and gets none would have every row rejected.
  private void requireFilled(TargetTable there) {
    Set<String> written =
        mapping.targetColumns().stream().map(Column::name).collect(Collectors.toSet());
    List<String> empty =
        there.columns().stream()
            .filter(column -> !column.column().nullable() && !column.fillsItself())
            .map(TargetColumn::name)
            .filter(name -> !written.contains(name))
            .filter(name -> !destination.stamps().time().equals(Optional.of(name)))
            .toList();
    if (!empty.isEmpty()) {
      problems.add(
          "target %s wants a value in %s, which job '%s' does not write; map it, or give it a default"
              .formatted(table, String.join(", ", empty), mapping.job().id()));
    }
  }

  /// PostgreSQL would cut longer names silently, and then not find them again.
  private void checkNames() {
    List<String> columns = mapping.targetColumns().stream().map(Column::name).toList();
    Stream.of(
            Stream.of(table.schema().value(), table.name().value()),
            columns.stream(),
            destination.stamps().time().stream())
        .flatMap(names -> names)
        .filter(name -> name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME)
        .findFirst()
        .ifPresent(name -> {
          problems.add(
              "the name '%s' is longer than the %d bytes PostgreSQL keeps; give it a shorter one (columns: { short: { from: long } })"
                  .formatted(name, LONGEST_NAME));
        });
  }

  /// All of them at once.
  private void requireNoProblem() {
    if (!problems.isEmpty()) {
      throw new PermanentFailure(FailureKind.DEFINITION, String.join("; ", problems));
    }
  }
}
