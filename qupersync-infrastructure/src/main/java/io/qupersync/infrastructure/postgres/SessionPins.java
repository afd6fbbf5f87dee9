package io.qupersync.infrastructure.postgres;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The settings of a target's session that values and names depend on, and that a role, a database
/// or a server may have set otherwise.
final class SessionPins {

  /// A setting and what it must be, in SQL.
  private static final List<Map.Entry<String, String>> PINS =
      List.of(
          // how values are read and written
          Map.entry("timezone", "'UTC'"),
          Map.entry("datestyle", "'ISO, YMD'"),
          Map.entry("intervalstyle", "'postgres'"),
          Map.entry("extra_float_digits", "3"),
          Map.entry("bytea_output", "'hex'"),
          // two digits behind the point, as nearly everywhere
          Map.entry("lc_monetary", "'C'"),
          Map.entry("xmloption", "content"),
          // or NULL in an array is the text of that name
          Map.entry("array_nulls", "on"),
          // what our own statements mean
          Map.entry("standard_conforming_strings", "on"),
          Map.entry("backslash_quote", "safe_encoding"),
          Map.entry("transform_null_equals", "off"),
          Map.entry("quote_all_identifiers", "off"),
          // or a search by a GIN index leaves rows out
          Map.entry("gin_fuzzy_search_limit", "0"),
          Map.entry("row_security", "on"),
          Map.entry("escape_string_warning", "off"),
          Map.entry("client_min_messages", "warning"),
          // the fence relies on it: its waiting update must see what the other run wrote
          Map.entry("default_transaction_isolation", "'read committed'"),
          Map.entry("default_transaction_read_only", "off"),
          Map.entry("default_transaction_deferrable", "off"));

  /// Only a superuser may set it, and only a superuser can have given it to a role: rows would go
  /// in without triggers and foreign keys.
  private static final String WITH_TRIGGERS =
      """
      select set_config('session_replication_role', 'origin', false)
      from pg_catalog.pg_roles
      where rolname = current_user and rolsuper
        and current_setting('session_replication_role') <> 'origin'
      """;

  private SessionPins() {}

  /// The names of the settings, in lower case.
  static List<String> names() {
    return Stream.concat(
            PINS.stream().map(Map.Entry::getKey), Stream.of("session_replication_role"))
        .toList();
  }

  static String sql() {
    return PINS.stream()
            .map(pin -> "set %s = %s;\n".formatted(pin.getKey(), pin.getValue()))
            .collect(Collectors.joining())
        + WITH_TRIGGERS;
  }
}
