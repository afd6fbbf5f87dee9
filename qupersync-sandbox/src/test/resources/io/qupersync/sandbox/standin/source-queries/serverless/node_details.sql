select start_time, end_time, compute_seconds, compute_capacity,
       data_storage                    as data_storage_mb,
       cross_region_transferred_data   as cross_region_bytes,
       charged_seconds
from   sys_serverless_usage
where  start_time >= ?
