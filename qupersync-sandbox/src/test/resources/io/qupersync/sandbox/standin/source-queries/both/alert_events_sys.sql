select query_id, child_query_sequence, stream_id, segment_id, step_id, start_time,
       user_id, end_time, duration            as duration_us,
       rtrim(step_name)                       as step_name,
       table_id, rtrim(table_name)            as table_name,
       rtrim(split_part(alert, ':', 1))       as category,
       alert                                  as event
from   sys_query_detail
where  user_id > 1 and start_time >= ?
and    alert is not null and rtrim(alert) <> ''
