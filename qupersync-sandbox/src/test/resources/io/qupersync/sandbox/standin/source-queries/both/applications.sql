select rtrim(global_session_id)   as session_guid,
       rtrim(event)               as event,
       record_time                as event_time,
       rtrim(application_name)    as application_name,
       rtrim(user_name)           as user_name,
       rtrim(database_name)       as database_name,
       session_id,
       rtrim(remote_host)         as remote_host,
       rtrim(driver_version)      as driver_version,
       rtrim(os_version)          as os_version,
       rtrim(plugin_name)         as plugin_name,
       rtrim(auth_method)         as auth_method
from   sys_connection_log
where  record_time >= ?
and    rtrim(global_session_id) <> ''
and    rtrim(user_name)         <> 'rdsdb'
