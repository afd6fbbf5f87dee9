select query_id, child_query_sequence, stream_id, segment_id, step_id, start_time,
       user_id, end_time, duration     as duration_us,
       table_id, rtrim(table_name)     as table_name,
       "source"                        as scan_source,
       rtrim(is_rrscan)                as is_rrscan,
       input_rows, output_rows, input_bytes, output_bytes,
       data_skewness, time_skewness,
       rtrim(is_active)                as is_active
from   sys_query_detail
where  user_id > 1 and start_time >= ?
and    rtrim(step_name) = 'scan' and step_id >= 0
