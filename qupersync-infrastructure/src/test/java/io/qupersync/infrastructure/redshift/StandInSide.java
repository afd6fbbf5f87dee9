package io.qupersync.infrastructure.redshift;

import io.qupersync.application.port.DatabaseProbe;
import io.qupersync.application.port.RowSource;
import io.qupersync.application.port.SourceCatalog;
import io.qupersync.application.port.SourceLookup;
import io.qupersync.application.testkit.SourceSide;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.Identifier;
import io.qupersync.domain.table.TableRef;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/// The stand-in for Redshift, behind the real driver and the adapters.
final class StandInSide implements SourceSide {

  private final RedshiftConnections connections;
  private final RedshiftRowSource source;
  private final List<TableRef> created = new ArrayList<>();

  StandInSide() {
    this(Source.settings());
  }

  StandInSide(RedshiftSettings settings) {
    this.connections = new RedshiftConnections(settings, InstantSource.system());
    this.source = new RedshiftRowSource(connections);
  }

  @Override
  public RowSource source() {
    return source;
  }

  @Override
  public SourceLookup lookup() {
    return new RedshiftLookup(connections);
  }

  @Override
  public SourceCatalog catalog() {
    return new RedshiftCatalog(connections);
  }

  @Override
  public DatabaseProbe probe() {
    return new RedshiftProbe(connections);
  }

  @Override
  public void create(TableRef table, List<Column> columns) {
    String list =
        columns.stream()
            .map(column -> Identifier.quoted(column.name()) + " " + column.type().sql())
            .collect(Collectors.joining(", "));
    created.add(table);
    Source.execute(
        "create schema if not exists " + table.schema().quoted(),
        "create table %s (%s)".formatted(table.quoted(), list),
        "grant select on %s to public".formatted(table.quoted()));
  }

  @Override
  public void insert(TableRef table, Object... cells) {
    String marks = String.join(", ", Collections.nCopies(cells.length, "?"));
    try (Connection admin = Source.standIn().adminConnection();
        PreparedStatement insert =
            admin.prepareStatement("insert into %s values (%s)".formatted(table.quoted(), marks))) {
      for (int i = 0; i < cells.length; i++) {
        Object cell =
            cells[i] instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : cells[i];
        insert.setObject(i + 1, cell);
      }
      insert.execute();
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Override
  public void close() {
    created.forEach(table -> Source.execute("drop table " + table.quoted()));
  }
}
