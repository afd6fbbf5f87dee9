select v.xid,
       v.table_id,
       v.eventtime              as event_time,
       rtrim(v.status)          as status,
       v.userid                 as user_id,
       v."rows"                 as row_count,
       v.sortedrows             as sorted_row_count,
       v."blocks"               as block_count,
       v.max_merge_partitions,
       v.reclaimable_rows,
       v.reclaimable_space_mb,
       v.cutoff_xid,
       v.is_recluster
from   stl_vacuum v
where  v.eventtime >= ?
