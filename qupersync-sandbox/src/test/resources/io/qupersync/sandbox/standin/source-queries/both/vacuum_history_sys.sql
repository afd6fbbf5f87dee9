select transaction_id, table_id, start_time, end_time,
       record_time              as recorded_at,
       query_id, user_id, database_name, schema_name, table_name,
       rtrim(vacuum_type)       as vacuum_type,
       is_automatic,
       rtrim(status)            as status,
       duration                 as duration_us,
       rows_before_vacuum, size_before_vacuum as size_before_mb,
       reclaimable_rows, reclaimed_rows, reclaimed_blocks,
       sortedrows_before_vacuum as sorted_rows_before,
       sortedrows_after_vacuum  as sorted_rows_added
from   sys_vacuum_history
where  start_time >= ? or end_time is null
