package io.qupersync.infrastructure.postgres;

import io.qupersync.domain.job.OpenRows;
import io.qupersync.domain.job.WatermarkRule;
import io.qupersync.domain.mapping.ColumnMapping;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.Identifier;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds the rows of a target that are still open. There are few of them, and an index that holds
/// no others keeps the question as cheap when the table has grown.
final class OpenRowsSql {

  static final String INDEX_PREFIX = "qupersync_open_";

  private final TableMapping mapping;
  private final Optional<Column> mark;
  private final String condition;

  private OpenRowsSql(TableMapping mapping, OpenRows rule) {
    this.mapping = mapping;
    this.mark = mapping.markColumn().stream().mapToObj(mapping.targetColumns()::get).findFirst();
    this.condition = condition(rule);
  }

  static Optional<OpenRowsSql> of(TableMapping mapping) {
    return mapping
        .job()
        .extraction()
        .watermark()
        .flatMap(WatermarkRule::open)
        .map(rule -> new OpenRowsSql(mapping, rule));
  }

  /// With literals, for only so does the planner see that the index fits.
  private static String condition(OpenRows rule) {
    String column = Identifier.quoted(rule.column());
    return rule.values().isEmpty()
        ? column + " is null"
        : rule.values().stream()
            .map(OpenRowsSql::literal)
            .collect(Collectors.joining(", ", column + " in (", ")"));
  }

  private static String literal(String value) {
    return (value.contains("\\") ? " E'" : "'")
        + value.replace("\\", "\\\\").replace("'", "''")
        + "'";
  }

  /// The same for the same table and condition.
  String indexName() {
    String of = mapping.job().destination().table().quoted() + condition + mark;
    return INDEX_PREFIX
        + UUID.nameUUIDFromBytes(of.getBytes(StandardCharsets.UTF_8)).toString().substring(0, 8);
  }

  String createIndex() {
    String columns =
        Stream.concat(mark.stream(), mapping.sourceKey().stream().map(ColumnMapping::target))
            .map(Column::name)
            .distinct()
            .map(Identifier::quoted)
            .collect(Collectors.joining(", "));
    return "create index if not exists %s on %s (%s) where %s"
        .formatted(
            Identifier.quoted(indexName()),
            mapping.job().destination().table().quoted(),
            columns,
            condition);
  }

  List<Row> keys(Connection connection, WatermarkValue before, int limit) throws SQLException {
    List<Column> columns = mapping.sourceKey().stream().map(ColumnMapping::target).toList();
    TargetCell[] cells =
        columns.stream().map(column -> TargetCell.of(column.type())).toArray(TargetCell[]::new);
    var ours = new SourceRows(mapping);
    try (PreparedStatement statement =
        connection.prepareStatement(select(columns, ours, before, limit))) {
      ours.bind(statement, 1);
      ResultSet row = statement.executeQuery();
      var keys = new ArrayList<Row>();
      while (row.next()) {
        keys.add(TargetRows.row(row, cells));
      }
      return List.copyOf(keys);
    }
  }

  private String select(List<Column> columns, SourceRows ours, WatermarkValue before, int limit) {
    String names =
        columns.stream()
            .map(column ->
                TargetCell.of(column.type()).selected("t." + Identifier.quoted(column.name())))
            .collect(Collectors.joining(", "));
    String old =
        mark.map(column ->
                " and t.%1$s < '%2$s' order by t.%1$s desc"
                    .formatted(Identifier.quoted(column.name()), before.text().replace("'", "''")))
            .orElse("");
    return "select %s from %s as t where %s and %s%s limit %d"
        .formatted(
            names,
            mapping.job().destination().table().quoted(),
            ours.condition(),
            condition,
            old,
            limit);
  }
}
