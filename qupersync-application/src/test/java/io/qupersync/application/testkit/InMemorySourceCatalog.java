package io.qupersync.application.testkit;

import io.qupersync.application.port.SourceCatalog;
import io.qupersync.domain.table.TableRef;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Nothing is declared of a table in memory but its columns.
final class InMemorySourceCatalog implements SourceCatalog {

  private final InMemoryWarehouse warehouse;

  InMemorySourceCatalog(InMemoryWarehouse warehouse) {
    this.warehouse = warehouse;
  }

  @Override
  public List<TableRef> tables(String pattern) {
    String wanted = pattern.contains(".") ? pattern : "*." + pattern;
    String regex = Pattern.quote(wanted.toLowerCase(Locale.ROOT)).replace("*", "\\E.*\\Q");
    return warehouse.tables().stream()
        .filter(table -> table.toString().toLowerCase(Locale.ROOT).matches(regex))
        .sorted(Comparator.comparing(TableRef::toString))
        .toList();
  }

  @Override
  public TableDetail detail(TableRef table) {
    return new TableDetail(warehouse.shape(table), List.of(), List.of());
  }
}
