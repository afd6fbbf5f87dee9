package io.qupersync.application.inspect;

import io.qupersync.application.port.SourceCatalog;
import io.qupersync.application.port.SourceCatalog.TableDetail;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.TableRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds what could be copied, and drafts a job for it.
public final class DiscoverTables {

  /// Names by which tables tell when a row changed, then when it came; the better ones first.
  private static final List<String> CHANGED =
      List.of(
          "updated_at",
          "modified_at",
          "changed_at",
          "last_updated",
          "last_modified",
          "updated",
          "modified",
          "update_time",
          "modification_time",
          "updated_on",
          "modified_on");

  private static final List<String> CREATED =
      List.of(
          "created_at",
          "inserted_at",
          "event_time",
          "recorded_at",
          "record_time",
          "created",
          "create_time",
          "start_time",
          "created_on",
          "event_date");

  private final SourceCatalog catalog;

  public DiscoverTables(SourceCatalog catalog) {
    this.catalog = catalog;
  }

  /// @param pattern `schema.table` or `table`, where `*` stands for any text
  public List<TableRef> tables(String pattern) {
    return catalog.tables(pattern);
  }

  public JobDraft draft(TableRef table) {
    TableDetail detail = catalog.detail(table);
    var doubts = new ArrayList<String>();
    List<String> key = key(table, detail, doubts);
    Optional<String> watermark = watermark(detail, doubts);
    return new JobDraft(table, key, watermark, doubts);
  }

  private static List<String> key(TableRef table, TableDetail detail, List<String> doubts) {
    if (!detail.primaryKey().isEmpty()) {
      doubts.add("the key is the declared primary key, which Redshift does not enforce");
      return detail.primaryKey();
    }
    String singular = table.name().value().replaceFirst("s$", "");
    for (String name : List.of("id", table.name().value() + "_id", singular + "_id")) {
      if (detail.shape().indexOf(name).isPresent()) {
        doubts.add("no primary key is declared; the key is guessed from the column's name");
        return List.of(name);
      }
    }
    doubts.add("nothing looks like a key; name the columns that make a row unique");
    return List.of();
  }

  private static Optional<String> watermark(TableDetail detail, List<String> doubts) {
    Optional<String> changed = firstTime(CHANGED, detail);
    if (changed.isPresent()) {
      return changed;
    }
    Optional<String> created =
        firstTime(CREATED, detail).or(() -> firstTime(detail.sortKey(), detail));
    if (created.isPresent()) {
      doubts.add("the watermark tells when a row came, not when it changed; changes are missed");
    } else {
      doubts.add("no column tells when a row changed, so every run reads the whole table");
    }
    return created;
  }

  private static Optional<String> firstTime(List<String> names, TableDetail detail) {
    return names.stream()
        .filter(name -> detail.shape().columns().stream().anyMatch(column -> isTime(column, name)))
        .findFirst();
  }

  private static boolean isTime(Column column, String name) {
    return column.name().equals(name)
        && WatermarkValue.Kind.of(column.type()).map(WatermarkValue.Kind::isTime).orElse(false);
  }
}
