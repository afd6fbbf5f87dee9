-- What administrators' queries read beside the sources of the eight jobs. What can be derived from the generated data is a
-- view over it; what cannot is an empty table with the documented columns. On Serverless the STL and STV views stay empty.

create function pg_redshift.is_provisioned() returns boolean language sql stable
return exists (select from pg_catalog.stv_slices);

-- Statements -----------------------------------------------------------------------------------------------------

-- The legacy views count in numbers of their own: one or more for each statement of sys_query_history.
create table pg_redshift.child_queries (query integer primary key, query_id bigint not null, starttime timestamp not null);

create view pg_redshift.legacy_queries as
select c.query, q.*, rtrim(q.status) in ('success', 'failed', 'canceled') as has_ended
from   pg_redshift.child_queries c
join   pg_catalog.sys_query_history q using (query_id)
where  pg_redshift.is_provisioned();

create view pg_catalog.stl_query as
select user_id as userid, query, substring(query_label, 1, 30)::character(320) as label, transaction_id as xid, session_id as pid,
       database_name as "database", query_text as querytxt, start_time as starttime, end_time as endtime,
       (rtrim(status) <> 'success')::integer as aborted, 0 as insert_pristine, 0 as concurrency_scaling_status
from   pg_redshift.legacy_queries
where  has_ended;

create view pg_catalog.svl_qlog as
select userid, query, xid, pid, starttime, endtime, (1000000 * extract(epoch from endtime - starttime))::bigint as elapsed,
       aborted, label, substring(querytxt, 1, 60)::character(60) as substring, null::integer as source_query,
       ''::text as concurrency_scaling_status_txt, 0 as from_sp_call
from   pg_catalog.stl_query;

create view pg_catalog.stl_querytext as
select t.user_id as userid, t.transaction_id as xid, t.session_id as pid, c.query, t.sequence, t."text"::character(200) as "text"
from   pg_catalog.sys_query_text t
join   pg_redshift.child_queries c using (query_id)
where  pg_redshift.is_provisioned();

create table pg_catalog.stl_utilitytext (
  userid integer, xid bigint, pid integer, label character(320), starttime timestamp, endtime timestamp, sequence integer,
  "text" character(200)
);

create table pg_catalog.stl_ddltext (
  userid integer, xid bigint, pid integer, label character(320), starttime timestamp, endtime timestamp, sequence integer,
  "text" character(200)
);

create view pg_catalog.svl_statementtext as
select userid, xid, pid, label, starttime, endtime, sequence, 'UTILITY'::character varying(10) as "type", "text"
from   pg_catalog.stl_utilitytext
union all
select userid, xid, pid, label, starttime, endtime, sequence, 'DDL', "text"
from   pg_catalog.stl_ddltext
union all
select t.userid, t.xid, t.pid, q.label, q.starttime, q.endtime, t.sequence, 'QUERY', t."text"
from   pg_catalog.stl_querytext t
join   pg_catalog.stl_query q using (query);

create table pg_catalog.stl_error (
  userid integer, process character(12), recordtime timestamp, pid integer, errcode integer, "file" character(90),
  linenum integer, context character(100), error character(512)
);

create table pg_catalog.stl_commit_stats (
  xid bigint, node integer, startqueue timestamp, startwork timestamp, endtime timestamp, queuelen bigint,
  permblocks bigint, newblocks bigint, dirtyblocks bigint, headers bigint, numxids integer, oldestxid bigint,
  extwritelatency bigint, metadatawritten integer, tombstonedblocks bigint, tossedblocks bigint, batched_by bigint
);

create table pg_catalog.stl_tr_conflict (
  xact_id bigint, process_id bigint, xact_start_ts timestamp, abort_time timestamp, table_id bigint
);

-- Plans and steps ------------------------------------------------------------------------------------------------

create table pg_catalog.stl_explain (
  userid integer, query integer, nodeid integer, parentid integer, plannode character(400), info character(400)
);

create table pg_catalog.stl_plan_info (
  userid integer, query integer, nodeid integer, segment integer, step integer, locus integer, plannode integer,
  startupcost double precision, totalcost double precision, "rows" bigint, bytes bigint
);

create table pg_catalog.stl_dist (
  userid integer, query integer, slice integer, segment integer, step integer, starttime timestamp, endtime timestamp,
  tasknum integer, "rows" bigint, bytes bigint, packets integer
);

create table pg_catalog.stl_bcast (
  userid integer, query integer, slice integer, segment integer, step integer, starttime timestamp, endtime timestamp,
  tasknum integer, "rows" bigint, bytes bigint, packets integer
);

create table pg_catalog.stl_delete (
  userid integer, query integer, slice integer, segment integer, step integer, starttime timestamp, endtime timestamp,
  tasknum integer, "rows" bigint, tbl integer
);

create table pg_catalog.stl_insert (
  userid integer, query integer, slice integer, segment integer, step integer, starttime timestamp, endtime timestamp,
  tasknum integer, "rows" bigint, tbl integer, inserted_mega_value character(1), use_staging_table character(1)
);

create table pg_catalog.stl_return (
  userid integer, query integer, slice integer, segment integer, step integer, starttime timestamp, endtime timestamp,
  tasknum integer, "rows" bigint, bytes bigint, packets integer, checksum bigint
);

create table pg_catalog.svl_query_summary (
  userid integer, query integer, stm integer, seg integer, step integer, maxtime bigint, avgtime bigint, "rows" bigint,
  bytes bigint, rate_row double precision, rate_byte double precision, label text, is_diskbased character(1),
  workmem bigint, is_rrscan character(1), is_delayed_scan character(1), rows_pre_filter bigint
);

create table pg_catalog.svl_query_report (
  userid integer, query integer, slice integer, segment integer, step integer, start_time timestamp, end_time timestamp,
  elapsed_time bigint, "rows" bigint, bytes bigint, label character(256), is_diskbased character(1), workmem bigint,
  is_rrscan character(1), is_delayed_scan character(1), rows_pre_filter bigint
);

create table pg_catalog.svl_query_metrics_summary (
  userid integer, query integer, service_class integer, query_cpu_time bigint, query_blocks_read bigint,
  query_execution_time bigint, query_cpu_usage_percent numeric(38, 2), query_temp_blocks_to_disk bigint,
  segment_execution_time bigint, cpu_skew numeric(38, 2), io_skew numeric(38, 2), scan_row_count bigint,
  join_row_count bigint, nested_loop_join_row_count bigint, return_row_count bigint, spectrum_scan_row_count bigint,
  spectrum_scan_size_mb bigint, query_queue_time bigint, service_class_name character(64)
);

create table pg_catalog.stv_query_metrics (
  userid integer, service_class integer, query integer, segment integer, step_type integer, starttime timestamp,
  slices integer, max_rows bigint, "rows" bigint, max_cpu_time bigint, cpu_time bigint, max_blocks_read integer,
  blocks_read bigint, max_run_time bigint, run_time bigint, max_blocks_to_disk bigint, blocks_to_disk bigint,
  step integer, max_query_scan_size bigint, query_scan_size bigint, query_priority character(20),
  query_queue_time bigint, service_class_name character(64)
);

create table pg_catalog.stl_query_metrics (
  userid integer, service_class integer, query integer, segment integer, step_type integer, starttime timestamp,
  slices integer, max_rows bigint, "rows" bigint, max_cpu_time bigint, cpu_time bigint, max_blocks_read integer,
  blocks_read bigint, max_run_time bigint, run_time bigint, max_blocks_to_disk bigint, blocks_to_disk bigint,
  step integer, max_query_scan_size bigint, query_scan_size bigint, query_priority character(20),
  query_queue_time bigint, service_class_name character(64)
);

-- Loads ----------------------------------------------------------------------------------------------------------

create table pg_catalog.stl_load_errors (
  userid integer, slice integer, tbl integer, starttime timestamp, session integer, query integer, filename character(256),
  line_number bigint, colname character(127), "type" character(10), col_length character(10), "position" integer,
  raw_line character(1024), raw_field_value character(1024), err_code integer, err_reason character(100),
  is_partial integer, start_offset bigint, copy_job_id bigint
);

create table pg_catalog.stl_loaderror_detail (
  userid integer, slice integer, session integer, query integer, filename character(256), line_number bigint, field integer,
  colname character(1024), "value" character(1024), is_null integer, "type" character(10), col_length character(10)
);

create table pg_catalog.stl_load_commits (
  userid integer, query integer, slice integer, "name" character(256), filename character(256), byte_offset integer,
  lines_scanned integer, errors integer, curtime timestamp, status integer, file_format character(16), is_partial integer,
  start_offset bigint, copy_job_id bigint
);

create table pg_catalog.stl_s3client (
  userid integer, query integer, slice integer, recordtime timestamp, pid integer, http_method character(64),
  bucket character(64), "key" character(256), transfer_size bigint, data_size bigint, start_time bigint, end_time bigint,
  transfer_time bigint, compression_time bigint, connect_time bigint, app_connect_time bigint, retries bigint,
  request_id character(32), extended_request_id character(128), ip_address character(64)
);

-- Workload management --------------------------------------------------------------------------------------------

create view pg_catalog.stl_wlm_query as
select user_id as userid, transaction_id as xid, 0 as task, query, service_class_id as service_class, 1 as slot_count,
       start_time as service_class_start_time, start_time as queue_start_time,
       start_time + coalesce(queue_time, 0) * interval '1 microsecond' as queue_end_time,
       coalesce(queue_time, 0) as total_queue_time,
       start_time + coalesce(queue_time, 0) * interval '1 microsecond' as exec_start_time, end_time as exec_end_time,
       coalesce(execution_time, 0) as total_exec_time, end_time as service_class_end_time,
       'Completed'::character(16) as final_state, query_priority, service_class_name, 0::bigint as est_peak_mem
from   pg_redshift.legacy_queries
where  has_ended;

create view pg_catalog.stv_wlm_query_state as
select transaction_id as xid, 0 as task, query, service_class_id as service_class, 1 as slot_count,
       start_time as wlm_start_time,
       (case rtrim(status) when 'queued' then 'QueuedWaiting' when 'returning' then 'Returning' else 'Running' end)::character(16) as state,
       coalesce(queue_time, 0) as queue_time, coalesce(execution_time, 0) as exec_time, query_priority
from   pg_redshift.legacy_queries
where  not has_ended;

create view pg_catalog.stv_inflight as
select user_id as userid, 0 as slice, query, substring(query_label, 1, 15)::character(15) as label, transaction_id as xid,
       session_id as pid, start_time as starttime, query_text::character(100) as "text", 0 as suspended, 0 as insert_pristine,
       0 as concurrency_scaling_status
from   pg_redshift.legacy_queries
where  rtrim(status) in ('running', 'returning');

create table pg_catalog.stv_wlm_classification_config (
  id integer, condition character(128), action_seq integer, "action" character(64), action_service_class integer
);

create table pg_catalog.stv_wlm_service_class_config (
  service_class integer, queueing_strategy character(32), num_query_tasks integer, target_num_query_tasks integer,
  evictable character(8), eviction_threshold bigint, query_working_mem integer, target_query_working_mem integer,
  min_step_mem integer, "name" character(64), max_execution_time bigint, user_group_wild_card boolean,
  query_group_wild_card boolean, concurrency_scaling character(20), query_priority character(20), user_role_wild_card boolean
);

create table pg_catalog.stv_wlm_service_class_state (
  service_class integer, num_queued_queries integer, num_executing_queries integer, num_serviced_queries integer,
  num_executed_queries integer, query_working_mem integer, min_step_mem integer, num_concurrency_scaling_queries integer
);

-- Storage --------------------------------------------------------------------------------------------------------

-- A megabyte a block, spread over the slices one after the other, all of the first column.
create view pg_catalog.stv_blocklist as
select s.slice, 0 as col, i.table_id::integer as tbl, b as blocknum, least(130994, i.tbl_rows::bigint)::integer as num_values,
       0 as extended_limits, 0::bigint as minvalue, 0::bigint as maxvalue, 0 as sb_pos, 0 as pinned, 0 as on_disk, 0 as modified,
       0 as hdr_modified, 0 as unsorted, 0 as tombstone, s.slice as preferred_diskno, 0 as temporary, 0 as newblock,
       0 as num_readers, 0 as flags
from   pg_catalog.svv_table_info i
cross join lateral generate_series(0, i.size - 1) b
join   pg_catalog.stv_slices s on s.slice = b % (select greatest(1, count(*)) from pg_catalog.stv_slices);

-- Empty tables are here, unlike in svv_table_info.
create view pg_catalog.stv_tbl_perm as
select s.slice, c.oid::integer as id, c.relname::character(72) as "name", (t.tbl_rows / n.slices)::bigint as "rows",
       (t.tbl_rows * (100 - t.unsorted) / 100 / n.slices)::bigint as sorted_rows,
       0 as temp, (select oid::integer from pg_database where datname = current_database()) as db_id, 0 as insert_pristine,
       0 as delete_pristine, 0 as backup, 0 as dist_style, 0 as block_count
from   pg_catalog.pg_class c
left join pg_redshift.table_figures f on f.table_id = c.oid
cross join lateral (select coalesce(f.tbl_rows, greatest(c.reltuples, 0)::numeric) as tbl_rows, coalesce(f.unsorted, 0) as unsorted) t
cross join pg_catalog.stv_slices s
cross join (select count(*) as slices from pg_catalog.stv_slices) n
where  c.relkind in ('r', 'm')
and    c.relnamespace::regnamespace::text !~ '^(pg_|information_schema)';

create view pg_catalog.svv_diskusage as
select current_database()::oid as db_id, p."name", b.slice, b.col, b.tbl, b.blocknum, b.num_values, b.minvalue, b.maxvalue
from   pg_catalog.stv_blocklist b
join   pg_catalog.stv_tbl_perm p on p.id = b.tbl and p.slice = b.slice;

create view pg_catalog.stv_partitions as
select n.node as "owner", n.node as host, 0 as diskno, 0::bigint as part_begin, n.capacity::bigint as part_end, n.used, 0 as tossed,
       n.capacity, 0::bigint as "reads", 0::bigint as writes, 0 as seek_forward, 0 as seek_back, 0 as is_san, 0 as failed,
       0 as mbps, ''::character(256) as mount
from   pg_catalog.stv_node_storage_capacity n
where  pg_redshift.is_provisioned();

create table pg_catalog.stv_active_cursors (
  userid integer, "name" character(256), xid bigint, pid integer, starttime timestamp, row_count bigint, byte_count bigint,
  fetched_rows bigint
);

create table pg_catalog.stv_locks (
  table_id integer, last_commit timestamp, last_update timestamp, lock_owner bigint, lock_owner_pid bigint,
  lock_owner_start_ts timestamp, lock_owner_end_ts timestamp, lock_status character(22)
);

create table pg_catalog.svv_vacuum_progress (table_name text, status text, time_remaining_estimate text);

create table pg_catalog.svv_vacuum_summary (
  table_name text, xid bigint, sort_partitions bigint, merge_increments bigint, elapsed_time bigint, row_delta bigint,
  sortedrow_delta bigint, block_delta integer, max_merge_partitions integer
);

create table pg_catalog.stl_analyze (
  userid integer, xid bigint, "database" character(30), table_id integer, status character(15), "rows" double precision,
  modified_rows double precision, threshold_percent integer, is_auto character(1), starttime timestamp, endtime timestamp,
  prevtime timestamp, num_predicate_cols integer, num_new_predicate_cols integer, is_background character(1),
  auto_analyze_phase character(100), schema_name character(128), table_name character(136)
);

-- Catalogs -------------------------------------------------------------------------------------------------------

create table pg_catalog.pg_library (
  "name" name, language_oid oid, file_store_id integer, "owner" integer
);

create view pg_catalog.pg_database_info as
select datname, oid as datid, datdba::oid::integer as datdba, 'local'::text as dattype, null::text as datacl,
       case datconnlimit when -1 then 'UNLIMITED' else datconnlimit::text end as datconnlimit
from   pg_database;

create table pg_catalog.pg_external_schema (esoid oid, eskind integer, esdbname text, esoptions text);

create table pg_catalog.svv_external_columns (
  redshift_database_name text, schemaname text, tablename text, columnname text, external_type text, columnnum integer,
  part_key integer, is_nullable text
);

create table pg_catalog.svv_external_tables (
  redshift_database_name text, schemaname text, tablename text, tabletype text, "location" text, input_format text,
  output_format text, serialization_lib text, serde_parameters text, compressed integer, parameters text
);

create table pg_catalog.svv_external_partitions (
  schemaname text, tablename text, "values" text, "location" text, input_format text, output_format text,
  serialization_lib text, serde_parameters text, compressed integer, parameters text
);
