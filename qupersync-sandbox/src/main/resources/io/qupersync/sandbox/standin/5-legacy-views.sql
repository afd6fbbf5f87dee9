-- The STL and STV views. Serverless has them too and they stay empty there ("no data").

create table pg_catalog.stl_vacuum (
  userid integer,
  xid bigint,
  table_id integer,
  status character(30),
  "rows" bigint,
  sortedrows integer,
  "blocks" integer,
  max_merge_partitions integer,
  eventtime timestamp,
  reclaimable_rows bigint,
  reclaimable_space_mb bigint,
  cutoff_xid bigint,
  is_recluster integer
);

create table pg_catalog.stl_alert_event_log (
  userid integer,
  query integer,
  slice integer,
  segment integer,
  step integer,
  pid integer,
  xid bigint,
  event character(1024),
  solution character(1024),
  event_time timestamp
);

create table pg_catalog.stl_scan (
  userid integer,
  query integer,
  slice integer,
  segment integer,
  step integer,
  starttime timestamp,
  endtime timestamp,
  tasknum integer,
  "rows" bigint,
  bytes bigint,
  fetches bigint,
  "type" integer,
  tbl integer,
  is_rrscan character(1),
  is_delayed_scan character(1),
  rows_pre_filter bigint,
  rows_pre_user_filter bigint,
  perm_table_name character(136),
  is_rlf_scan character(1),
  is_rlf_scan_reason integer,
  num_em_blocks integer,
  checksum bigint,
  runtime_filtering character(1),
  scan_region integer,
  num_sortkey_as_predicate integer,
  row_fetcher_state integer,
  consumed_scan_ranges bigint,
  work_stealing_reason bigint,
  is_vectorized_scan character(1),
  is_vectorized_scan_reason integer,
  row_fetcher_reason bigint,
  topology_signature bigint,
  use_tpm_partition character(1),
  is_rrscan_expr character(1),
  scanned_mega_value character(1)
);

create table pg_catalog.stl_connection_log (
  event character(50),
  recordtime timestamp,
  remotehost character(45),
  remoteport character(32),
  pid integer,
  dbname character(50),
  username character(50),
  authmethod character(32),
  duration integer,
  sslversion character(50),
  sslcipher character(128),
  mtu integer,
  sslcompression character(64),
  sslexpansion character(64),
  iamauthguid character(36),
  application_name character(250),
  os_version character(64),
  driver_version character(64),
  plugin_name character(32),
  protocol_version integer,
  sessionid character(36),
  compression character(16)
);

create table pg_catalog.stv_node_storage_capacity (
  node integer,
  used integer,
  capacity integer
);

create table pg_catalog.stv_slices (
  node integer,
  slice integer,
  localslice integer,
  "type" character(1)
);

create table pg_catalog.stv_sessions (
  starttime timestamp,
  process integer,
  user_name character(50),
  db_name character(50),
  timeout_sec integer
);
