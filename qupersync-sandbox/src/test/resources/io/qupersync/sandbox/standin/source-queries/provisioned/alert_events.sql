select xid, query, slice, segment, step, event_time,
       md5(rtrim(event))                     as event_hash,
       pid, userid                           as user_id,
       rtrim(split_part(event, ':', 1))      as category,
       rtrim(event)                          as event,
       rtrim(solution)                       as solution
from   stl_alert_event_log
where  userid > 1 and event_time >= ?
