package io.qupersync.sandbox.relay;

import java.util.List;

/// SET, RESET and SHOW of session settings.
///
/// PostgreSQL refuses a name it does not know (42704) unless it has a prefix: Redshift's own
/// settings become `rs.*`, where they can be set and shown and have no effect.
final class SettingStatements {
  /// Before everything else in every search_path: its `pg_attribute` has Redshift's columns.
  static final String CATALOG = "pg_redshift, pg_catalog";

  private static final List<String> ONLY_REDSHIFT =
      List.of(
          "analyze_threshold_percent",
          "cast_super_null_on_error",
          "default_geometry_encoding",
          "describe_field_name_in_uppercase",
          "downcast_delimited_varchar_error",
          "enable_case_sensitive_identifier",
          "enable_case_sensitive_super_attribute",
          "enable_numeric_rounding",
          "enable_result_cache_for_session",
          "enable_vacuum_boost",
          "error_on_nondeterministic_update",
          "json_serialization_enable",
          "json_serialization_parse_nested_strings",
          "max_concurrency_scaling_clusters",
          "max_cursor_result_set_size",
          "mv_enable_aqmv_for_session",
          "navigate_super_null_on_error",
          "parse_super_null_on_error",
          "pg_federation_repeatable_read",
          "query_group",
          "spectrum_enable_pseudo_columns",
          "spectrum_query_maxerror",
          "stored_proc_log_min_messages",
          "use_fips_ssl",
          "wlm_query_slot_count");

  private SettingStatements() {}

  static void translate(SqlTokens tokens) {
    int verb = tokens.next(-1);
    int name = tokens.next(verb);
    if (tokens.is(name, "session") || tokens.is(name, "local")) {
      name = tokens.next(name);
    }
    if (tokens.is(verb, "set")) {
      translateSet(tokens, name);
    } else if (tokens.is(verb, "reset") || tokens.is(verb, "show")) {
      prefix(tokens, name);
    }
  }

  private static void translateSet(SqlTokens tokens, int name) {
    int assignment = tokens.next(name);
    if (!tokens.is(assignment, "to") && !tokens.is(assignment, "=")) {
      return;
    }
    if (tokens.is(name, "readonly")) {
      // `SET readonly=1` is how the driver makes a whole session read-only
      tokens.replace(name, "default_transaction_read_only");
    } else if (tokens.is(name, "search_path") && !tokens.is(tokens.next(assignment), "default")) {
      tokens.insert(tokens.next(assignment), CATALOG + ", ");
    } else {
      prefix(tokens, name);
    }
  }

  private static void prefix(SqlTokens tokens, int name) {
    if (tokens.isOneOf(name, ONLY_REDSHIFT)) {
      tokens.replace(name, "rs." + tokens.text(name));
    }
  }
}
