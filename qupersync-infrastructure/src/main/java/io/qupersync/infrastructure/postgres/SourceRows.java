package io.qupersync.infrastructure.postgres;

import io.qupersync.domain.mapping.CellOrigin;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.table.CellText;
import io.qupersync.domain.table.Identifier;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;

/// Which rows of a target table `t` belong to the job's source: all of them, or in a shared table
/// those that bear its name.
final class SourceRows {

  private final Optional<String> column;
  private final Optional<String> name;

  SourceRows(TableMapping mapping) {
    this.column = mapping.job().destination().stamps().source();
    this.name =
        column.flatMap(stamp ->
            mapping.columns().stream()
                .filter(candidate -> candidate.target().name().equals(stamp))
                .flatMap(found ->
                    found.origin() instanceof CellOrigin.Constant(Object cell)
                        ? Optional.of(CellText.of(cell)).stream()
                        : Optional.<String>empty().stream())
                .findFirst());
  }

  String condition() {
    return name.isPresent()
        ? "t.%s::text = ?".formatted(Identifier.quoted(column.orElseThrow()))
        : "true";
  }

  void bind(PreparedStatement statement, int index) throws SQLException {
    if (name.isPresent()) {
      statement.setString(index, name.get());
    }
  }
}
