select c.node,
       c.used                                                      as used_mb,
       c.capacity                                                  as capacity_mb,
       round(100.0 * c.used / nullif(c.capacity, 0), 4)            as used_pct,
       s.slice_count
from   stv_node_storage_capacity c
left join (select node, count(*) as slice_count from stv_slices where type = 'D' group by node) s
       on s.node = c.node
