-- All jobs begin anew.
drop table if exists analytics.orders, analytics.stock, quper.table_stats, quper.vacuum_history,
  quper.query_history, quper.alert_events, quper.node_details, quper.column_stats, quper.table_scan_stats,
  quper.applications;
delete from quper.qupersync_state;
