select query, segment, step,
       tbl                                     as table_id,
       trunc(starttime)                        as query_day,
       max(rtrim(perm_table_name))             as table_name,
       max(userid)                             as user_id,
       min(starttime)                          as start_time,
       max(endtime)                            as end_time,
       count(distinct slice)                   as slice_count,
       sum("rows")                             as row_count,
       sum(bytes)                              as byte_count,
       sum(rows_pre_filter)                    as rows_pre_filter,
       sum(rows_pre_user_filter)               as rows_pre_user_filter,
       max(case when is_rrscan = 't' then 1 else 0 end)   as range_restricted,
       max(case when is_rlf_scan = 't' then 1 else 0 end) as row_level_filtered
from   stl_scan
where  userid > 1 and "type" = 2
and    query in (select query from stl_scan where starttime >= ?)
group by query, segment, step, tbl, trunc(starttime)
