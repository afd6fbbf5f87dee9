package io.qupersync.infrastructure.store;

import io.qupersync.domain.table.Identifier;
import io.qupersync.domain.table.TableRef;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;

/// The schema of the target that holds what is remembered between runs, and the names in it.
public record StateSchema(Identifier name) {

  private static final int LONGEST = 63;

  private static final Set<String> OWN =
      Set.of(
          "qupersync_state",
          "sync_logs",
          "leases",
          "dead_letters",
          "schedules",
          "idempotency_keys",
          "incidents",
          Migrations.HISTORY);

  public StateSchema {
    if (name.value().getBytes(StandardCharsets.UTF_8).length > LONGEST) {
      throw new IllegalArgumentException(
          "a schema's name has at most %d bytes in PostgreSQL, was '%s'".formatted(LONGEST, name));
    }
  }

  public static StateSchema named(String name) {
    return new StateSchema(new Identifier(name));
  }

  /// Whether a table is one of QuperSync's own.
  public boolean owns(TableRef table) {
    return table.schema().equals(name) && OWN.contains(table.name().value());
  }

  /// Whether what a server says is missing is one of QuperSync's own tables.
  public boolean isNamedIn(String said) {
    return said.contains("\"" + name.value() + "\"")
        || OWN.stream().anyMatch(table -> said.contains("\"%s.%s\"".formatted(name.value(), table)))
        || said.contains("\"%s.sync_run_ids\"".formatted(name.value()));
  }

  /// In SQL: those of QuperSync's own tables that are missing.
  String missing() {
    return "select t from unnest(array[%s]) as t where to_regclass(t) is null order by t"
        .formatted(
            OWN.stream()
                .sorted()
                .map(table -> "'" + quoted(table).replace("'", "''") + "'")
                .collect(Collectors.joining(", ")));
  }

  String jobs() {
    return quoted("qupersync_state");
  }

  String runs() {
    return quoted("sync_logs");
  }

  String runIds() {
    return quoted("sync_run_ids");
  }

  String leases() {
    return quoted("leases");
  }

  String schedules() {
    return quoted("schedules");
  }

  String deadLetters() {
    return quoted("dead_letters");
  }

  String incidents() {
    return quoted("incidents");
  }

  String idempotencyKeys() {
    return quoted("idempotency_keys");
  }

  String migrations() {
    return quoted(Migrations.HISTORY);
  }

  private String quoted(String relation) {
    return name.quoted() + '.' + Identifier.quoted(relation);
  }

  @Override
  public String toString() {
    return name.value();
  }
}
