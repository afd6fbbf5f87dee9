select rtrim(application_name)   as application_name,
       rtrim(user_name)          as user_name,
       rtrim(database_name)      as database_name,
       min(record_time)          as first_seen,
       max(record_time)          as last_seen,
       count(distinct global_session_id) as session_count,
       max(rtrim(driver_version)) as driver_version,
       max(rtrim(os_version))    as os_version
from   sys_connection_log
where  rtrim(application_name) <> '' and rtrim(user_name) <> 'rdsdb'
group by 1, 2, 3
