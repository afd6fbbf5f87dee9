package io.qupersync.sandbox.data;

import java.util.List;

/// A system view that the generated data fills.
///
/// @param name with its schema
/// @param key what a row that is still changing is found by
/// @param time by which rows fall out of the retention
/// @param columns the filled ones, in the order of the lines
record SystemView(String name, String key, String time, String columns) {
  static final SystemView QUERIES =
      new SystemView(
          "pg_catalog.sys_query_history",
          "query_id",
          "start_time",
          """
          user_id, query_id, query_label, transaction_id, session_id, database_name, query_type,
          status, result_cache_hit, start_time, end_time, elapsed_time, queue_time, execution_time,
          error_message, returned_rows, returned_bytes, query_text, redshift_version, usage_limit,
          compute_type, compile_time, planning_time, lock_wait_time, service_class_id,
          service_class_name, query_priority, short_query_accelerated, user_query_hash,
          generic_query_hash, query_hash_version, result_cache_query_id, username\
          """);

  static final SystemView QUERY_TEXTS =
      new SystemView(
          "pg_catalog.sys_query_text",
          "query_id",
          "start_time",
          "user_id, query_id, transaction_id, session_id, start_time, sequence, text, query_uuid");

  static final SystemView QUERY_DETAILS =
      new SystemView(
          "pg_catalog.sys_query_detail",
          "query_id",
          "start_time",
          """
          user_id, query_id, child_query_sequence, stream_id, segment_id, step_id, step_name,
          table_id, table_name, is_rrscan, start_time, end_time, duration, alert, input_bytes,
          input_rows, output_bytes, output_rows, blocks_read, blocks_write, local_read_io,
          remote_read_io, source, data_skewness, time_skewness, is_active,
          spilled_block_local_disk, spilled_block_remote_disk, step_attribute, metrics_level,
          plan_parent_id, plan_node_id\
          """);

  /// What connects the numbers of the legacy views with those of the SYS views.
  static final SystemView CHILD_QUERIES =
      new SystemView(
          "pg_redshift.child_queries", "query", "starttime", "query, query_id, starttime");

  static final SystemView TRANSACTIONS =
      new SystemView(
          "pg_catalog.sys_transaction_history",
          "transaction_id",
          "transaction_start_time",
          """
          user_id, transaction_id, isolation_level, status, transaction_start_time,
          commit_start_time, commit_end_time, blocks_committed, undo_start_time, undo_end_time\
          """);

  static final SystemView SCANS =
      new SystemView(
          "pg_catalog.stl_scan",
          "query",
          "starttime",
          """
          userid, query, slice, segment, step, starttime, endtime, tasknum, rows, bytes, fetches,
          type, tbl, is_rrscan, is_delayed_scan, rows_pre_filter, rows_pre_user_filter,
          perm_table_name, is_rlf_scan, runtime_filtering\
          """);

  static final SystemView ALERTS =
      new SystemView(
          "pg_catalog.stl_alert_event_log",
          "query",
          "event_time",
          "userid, query, slice, segment, step, pid, xid, event, solution, event_time");

  static final SystemView VACUUMS =
      new SystemView(
          "pg_catalog.sys_vacuum_history",
          "transaction_id",
          "start_time",
          """
          user_id, transaction_id, query_id, database_name, schema_name, table_name, table_id,
          vacuum_type, is_automatic, status, start_time, end_time, record_time, duration,
          rows_before_vacuum, size_before_vacuum, reclaimable_rows, reclaimed_rows,
          reclaimed_blocks, sortedrows_before_vacuum, sortedrows_after_vacuum\
          """);

  static final SystemView VACUUM_EVENTS =
      new SystemView(
          "pg_catalog.stl_vacuum",
          "xid",
          "eventtime",
          """
          userid, xid, table_id, status, rows, sortedrows, blocks, max_merge_partitions, eventtime,
          reclaimable_rows, reclaimable_space_mb, cutoff_xid, is_recluster\
          """);

  static final SystemView CONNECTIONS =
      new SystemView(
          "pg_catalog.sys_connection_log",
          "global_session_id",
          "record_time",
          """
          event, record_time, remote_host, remote_port, session_id, database_name, user_name,
          auth_method, duration, application_name, driver_version, os_version, plugin_name,
          protocol_version, global_session_id\
          """);

  static final SystemView LEGACY_CONNECTIONS =
      new SystemView(
          "pg_catalog.stl_connection_log",
          "sessionid",
          "recordtime",
          """
          event, recordtime, remotehost, remoteport, pid, dbname, username, authmethod, duration,
          application_name, driver_version, os_version, plugin_name, protocol_version, sessionid\
          """);

  static final SystemView SERVERLESS_USAGE =
      new SystemView(
          "pg_catalog.sys_serverless_usage",
          "start_time",
          "start_time",
          """
          start_time, end_time, compute_seconds, compute_capacity, data_storage,
          cross_region_transferred_data, charged_seconds\
          """);

  static final SystemView NODES =
      new SystemView("pg_catalog.stv_node_storage_capacity", "node", "", "node, used, capacity");

  static final SystemView SLICES =
      new SystemView("pg_catalog.stv_slices", "slice", "", "node, slice, localslice, type");

  /// Those that keep a week.
  static final List<SystemView> LOGS =
      List.of(
          QUERIES,
          QUERY_TEXTS,
          QUERY_DETAILS,
          CHILD_QUERIES,
          TRANSACTIONS,
          SCANS,
          ALERTS,
          VACUUMS,
          VACUUM_EVENTS,
          CONNECTIONS,
          LEGACY_CONNECTIONS);

  /// The STL and STV views, which stay empty on Serverless.
  boolean onlyProvisioned() {
    return name.startsWith("pg_catalog.st");
  }
}
