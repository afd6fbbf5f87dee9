select query, slice, segment, step, tasknum,
       starttime as start_time, endtime as end_time, userid as user_id,
       "type" as scan_type, tbl as table_id, rtrim(perm_table_name) as table_name,
       "rows" as row_count, bytes as byte_count, rows_pre_filter, rows_pre_user_filter,
       is_rrscan, is_rlf_scan, runtime_filtering
from   stl_scan
where  userid > 1 and starttime >= ?
