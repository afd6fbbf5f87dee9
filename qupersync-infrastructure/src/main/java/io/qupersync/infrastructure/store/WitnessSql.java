package io.qupersync.infrastructure.store;

import io.qupersync.application.port.TargetRow;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.progress.Witness;
import io.qupersync.domain.table.CellText;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.ColumnType;
import io.qupersync.domain.table.Identifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/// Looks for single rows of a target `t` by their key, which has a unique index.
public final class WitnessSql {

  private final TableMapping mapping;
  private final Map<String, Column> columns = new LinkedHashMap<>();

  public WitnessSql(TableMapping mapping) {
    this.mapping = mapping;
    mapping.targetColumns().forEach(column -> columns.put(column.name(), column));
  }

  /// The columns of the key, in the job's order.
  public List<String> key() {
    return mapping.job().destination().key();
  }

  /// The column that holds the watermark's leading column; empty where the target keeps none.
  public Optional<String> markColumn() {
    OptionalInt index = mapping.markColumn();
    return index.isPresent()
        ? Optional.of(mapping.targetColumns().get(index.getAsInt()).name())
        : Optional.empty();
  }

  /// The column of the witness's mark, where the job still writes it.
  public Optional<Witness.Column> markOf(Witness witness) {
    return witness.mark().filter(mark -> markColumn().equals(Optional.of(mark.name())));
  }

  public String table() {
    return mapping.job().destination().table().quoted() + " as t";
  }

  /// The row that has this key; one parameter for each column of the key.
  public String hasKey() {
    return key().stream().map(this::equality).collect(Collectors.joining(" and "));
  }

  /// Rows whose mark is as high; one parameter.
  public String isAsRecent(String markColumn) {
    return "%s >= %s".formatted(column(markColumn), parameter(markColumn));
  }

  /// Rows that are newer for certain, whatever the key: as high where the watermark is one column,
  /// whose every row of that value is read again, else higher; one parameter.
  public String isNoOlder(String markColumn) {
    boolean single = mapping.watermark().orElseThrow().kinds().size() == 1;
    return "%s %s %s".formatted(column(markColumn), single ? ">=" : ">", parameter(markColumn));
  }

  public String column(String name) {
    return "t." + Identifier.quoted(name);
  }

  /// A type that the job names without its schema may be out of reach in this session.
  private String equality(String name) {
    Column column = Objects.requireNonNull(columns.get(name));
    return column.type() instanceof ColumnType.Other(String type) && type.indexOf('.') < 0
        ? "%s::text = ?".formatted(column(name))
        : "%s = %s".formatted(column(name), parameter(name));
  }

  private String parameter(String name) {
    Column column = Objects.requireNonNull(columns.get(name));
    return "cast(? as %s)".formatted(column.type().sql());
  }

  /// The text form of a row's key, by column.
  static Map<String, String> keyOf(TargetRow row) {
    var texts = new LinkedHashMap<String, String>();
    List<String> names = row.mapping().job().destination().key();
    for (int i = 0; i < names.size(); i++) {
      texts.put(names.get(i), CellText.of(Objects.requireNonNull(row.key().cell(i))));
    }
    return texts;
  }

  /// What the parameters of [#hasKey] stand for.
  public List<String> parameters(Map<String, String> key) {
    var values = new ArrayList<String>();
    key().forEach(name -> values.add(Objects.requireNonNull(key.get(name))));
    return values;
  }
}
