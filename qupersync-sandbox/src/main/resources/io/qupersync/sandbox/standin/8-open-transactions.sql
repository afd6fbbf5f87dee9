-- What is going on at this moment, from PostgreSQL's own activity. A plain user sees his own rows; a superuser and a user with
-- SYSLOG ACCESS UNRESTRICTED, which is here to be a member of pg_read_all_stats, see all.

create function pg_redshift.sees_all() returns boolean language sql stable
return (select rolsuper from pg_catalog.pg_roles where rolname = current_user)
    or pg_has_role(current_user, 'pg_read_all_stats', 'member');

-- In UTC, by the warehouse's clock.
create function pg_redshift.activity()
returns table (pid integer, usesysid oid, usename text, datname text, state text, text text, xid bigint, txn_start timestamp, query_start timestamp)
language sql stable security definer set search_path = pg_catalog
as $$
  select a.pid, a.usesysid, a.usename::text, a.datname::text, a.state, a.query,
         coalesce(a.backend_xid::text::bigint, 4294967296 + a.pid),
         (a.xact_start + c.ahead) at time zone 'UTC', (a.query_start + c.ahead) at time zone 'UTC'
  from   pg_catalog.pg_stat_activity a, pg_redshift.clock c
  where  a.backend_type = 'client backend'
$$;

-- Every open transaction holds a lock on itself, and one for each table that it has touched.
create view pg_catalog.svv_transactions as
select a.usename as txn_owner, a.datname as txn_db, a.xid, a.pid, a.txn_start, l.lock_mode, l.lockable_object_type, l.relation, l.granted
from   pg_redshift.activity() a
cross join lateral (
  select 'ExclusiveLock'::text as lock_mode, 'transactionid'::text as lockable_object_type, null::integer as relation, true as granted
  union all
  select case when l.mode = 'RowExclusiveLock' then 'ShareRowExclusiveLock' else l.mode end, 'relation', l.relation::bigint::integer, l.granted
  from   pg_catalog.pg_locks l
  join   pg_catalog.pg_class c on c.oid = l.relation and c.relkind = 'r'
  join   pg_catalog.pg_namespace n on n.oid = c.relnamespace and n.nspname not in ('pg_catalog', 'pg_redshift', 'pg_toast')
  where  l.pid = a.pid and l.locktype = 'relation'
) l
where  a.txn_start is not null
and    (pg_redshift.sees_all() or a.usename = current_user);

create view pg_catalog.stv_recents as
select a.usesysid::bigint::integer as userid,
       case when a.state = 'active' then 'Running' else 'Done' end::character(20) as status,
       a.query_start as starttime,
       case when a.state = 'active' then (1000000 * extract(epoch from getdate() - a.query_start))::integer else 0 end as duration,
       a.usename::character(50) as user_name, a.datname::character(50) as db_name, substring(a.text, 1, 600)::character(600) as "query", a.pid
from   pg_redshift.activity() a
where  a.query_start is not null
and    (pg_redshift.sees_all() or a.usename = current_user);

create view pg_catalog.svv_user_info as
select r.rolname::text as user_name, r.oid::bigint::integer as user_id, r.rolcreatedb as createdb, r.rolsuper as superuser, false as catalog_update,
       'UNLIMITED'::text as connection_limit,
       case when r.rolsuper or pg_has_role(r.oid, 'pg_read_all_stats', 'member') then 'UNRESTRICTED' else 'RESTRICTED' end::text as syslog_access,
       null::timestamp as last_ddl_timestamp, 0 as session_timeout, null::text as external_user_id
from   pg_catalog.pg_roles r
where  r.rolcanlogin
and    (r.rolname = current_user or (select rolsuper from pg_catalog.pg_roles where rolname = current_user));
