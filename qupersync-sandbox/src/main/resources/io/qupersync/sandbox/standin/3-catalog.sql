-- The catalogs that describe tables: views over PostgreSQL's, so that every table created here shows up by itself.
-- What PostgreSQL has no notion of stands in two side tables, which the generated data fills.

create table pg_redshift.column_storage (
  attrelid oid,
  attnum smallint,
  attisdistkey boolean not null,
  attsortkeyord integer not null,
  attencodingtype smallint not null,
  primary key (attrelid, attnum)
);

create table pg_redshift.table_figures (
  table_id oid primary key,
  encoded text,
  diststyle text,
  sortkey1 text,
  max_varchar integer,
  sortkey1_enc character(32),
  sortkey_num integer,
  size bigint,
  pct_used numeric(10, 4),
  unsorted numeric(5, 2),
  stats_off numeric(5, 2),
  tbl_rows numeric(38, 0),
  skew_sortkey1 numeric(19, 2),
  skew_rows numeric(19, 2),
  estimated_visible_rows numeric(38, 0),
  risk_event text,
  vacuum_sort_benefit numeric(12, 2),
  create_time timestamp
);

-- Late-binding views and external tables: known to svv_columns, unknown to pg_attribute.
create table pg_redshift.external_columns (
  table_schema text,
  table_name text,
  column_name text,
  ordinal_position integer,
  data_type text,
  character_maximum_length integer,
  numeric_precision integer,
  numeric_scale integer
);

-- Found before pg_catalog's own because the relay puts pg_redshift first in every search_path.
create view pg_redshift.pg_attribute as
select a.attrelid, a.attname, a.atttypid, a.attstattarget, a.attlen, a.attnum, a.attndims, -1 as attcacheoff,
       a.atttypmod, a.attbyval, a.attstorage, a.attalign, a.attnotnull, a.atthasdef, a.attisdropped, a.attislocal,
       a.attinhcount,
       coalesce(s.attisdistkey, false) as attisdistkey,
       null::boolean as attispreloaded,
       coalesce(s.attsortkeyord, 0) as attsortkeyord,
       coalesce(s.attencodingtype, 0::smallint) as attencodingtype,
       0::smallint as attencrypttype
from   pg_catalog.pg_attribute a
left join pg_redshift.column_storage s on s.attrelid = a.attrelid and s.attnum = a.attnum;

-- The same goes for the columns that other catalogs had in Redshift's day; the relay leads `pg_catalog.pg_class` here too.
create view pg_redshift.pg_class as
select c.*,
       case when f.diststyle like '%KEY%' then 1 when f.diststyle like '%ALL%' then 8 else 0 end::smallint as reldiststyle
from   pg_catalog.pg_class c
left join pg_redshift.table_figures f on f.table_id = c.oid
where  c.relnamespace <> 'pg_redshift'::regnamespace;

create view pg_redshift.pg_attrdef as
select oid, adrelid, adnum, adbin, pg_get_expr(adbin, adrelid) as adsrc
from   pg_catalog.pg_attrdef;

create view pg_redshift.pg_stat_activity as
select datid, datname, pid as procpid, usesysid, usename, "query" as current_query, query_start
from   pg_catalog.pg_stat_activity
where  backend_type = 'client backend';

create view pg_redshift.pg_locks as
select l.relation, l."database", l.transactionid as "transaction", l.pid, l."mode", l.granted
from   pg_catalog.pg_locks l;

create view pg_redshift.pg_default_acl as
select oid, defaclrole as defacluser, defaclnamespace, defaclobjtype, defaclacl
from   pg_catalog.pg_default_acl;

create view pg_catalog.pg_conf as
select name as "key", setting as "value"
from   pg_catalog.pg_settings;

create view pg_catalog.pg_attribute_info as
select a.attrelid, a.attname, a.atttypid, a.attlen, a.attnum, a.atttypmod, a.attnotnull, a.attisdropped, a.attacl::text[] as attacl
from   pg_catalog.pg_attribute a;

create view pg_catalog.svv_columns as
select current_database()::text as table_catalog,
       n.nspname::text as table_schema,
       c.relname::text as table_name,
       a.attname::text as column_name,
       a.attnum::integer as ordinal_position,
       pg_get_expr(d.adbin, d.adrelid) as column_default,
       case when a.attnotnull then 'NO' else 'YES' end as is_nullable,
       case when t.typtype = 'd' then t.typname::text else format_type(a.atttypid, null) end as data_type,
       information_schema._pg_char_max_length(a.atttypid, a.atttypmod)::integer as character_maximum_length,
       information_schema._pg_numeric_precision(a.atttypid, a.atttypmod)::integer as numeric_precision,
       information_schema._pg_numeric_precision_radix(a.atttypid, a.atttypmod)::integer as numeric_precision_radix,
       information_schema._pg_numeric_scale(a.atttypid, a.atttypmod)::integer as numeric_scale,
       information_schema._pg_datetime_precision(a.atttypid, a.atttypmod)::integer as datetime_precision,
       null::text as interval_type,
       null::text as interval_precision,
       null::text as character_set_catalog,
       null::text as character_set_schema,
       null::text as character_set_name,
       null::text as collation_catalog,
       null::text as collation_schema,
       null::text as collation_name,
       case when t.typtype = 'd' then t.typname::text end as domain_name,
       col_description(c.oid, a.attnum) as remarks
from   pg_catalog.pg_class c
join   pg_catalog.pg_namespace n on n.oid = c.relnamespace
join   pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
join   pg_catalog.pg_type t on t.oid = a.atttypid
left join pg_catalog.pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
where  c.relkind in ('r', 'v', 'm', 'p')
union all
select current_database()::text, table_schema, table_name, column_name, ordinal_position,
       -- an external column is neither nullable nor not: the real view leaves it blank
       null, '', data_type, character_maximum_length, numeric_precision, null, numeric_scale,
       null, null, null, null, null, null, null, null, null, null, null
from   pg_redshift.external_columns;

-- Empty tables are absent, as documented. A table without generated figures appears once it has been analyzed.
create view pg_catalog.svv_table_info as
select current_database()::text as "database",
       n.nspname::text as "schema",
       c.oid as table_id,
       c.relname::text as "table",
       coalesce(f.encoded, 'N') as encoded,
       coalesce(f.diststyle, 'AUTO(EVEN)') as diststyle,
       f.sortkey1,
       coalesce(f.max_varchar, 0) as max_varchar,
       f.sortkey1_enc,
       coalesce(f.sortkey_num, 0) as sortkey_num,
       coalesce(f.size, pg_table_size(c.oid) / 1048576 + 1) as "size",
       f.pct_used,
       null::bigint as empty,
       f.unsorted,
       f.stats_off,
       coalesce(f.tbl_rows, greatest(c.reltuples, 0)::numeric(38, 0)) as tbl_rows,
       f.skew_sortkey1,
       f.skew_rows,
       coalesce(f.estimated_visible_rows, greatest(c.reltuples, 0)::numeric(38, 0)) as estimated_visible_rows,
       f.risk_event,
       f.vacuum_sort_benefit,
       f.create_time
from   pg_catalog.pg_class c
join   pg_catalog.pg_namespace n on n.oid = c.relnamespace
left join pg_redshift.table_figures f on f.table_id = c.oid
where  c.relkind in ('r', 'm')
and    n.nspname !~ '^(pg_|information_schema)'
and    coalesce(f.tbl_rows, c.reltuples) > 0;

create view pg_catalog.svv_tables as
select current_database()::text as table_catalog, table_schema::text, table_name::text, table_type::text, null::text as remarks
from   information_schema.tables;

create view pg_catalog.pg_table_def as
select n.nspname as schemaname, c.relname as tablename, a.attname as "column",
       format_type(a.atttypid, a.atttypmod) as "type",
       format_encoding(a.attencodingtype)::character(32) as encoding,
       a.attisdistkey as distkey, a.attsortkeyord as sortkey, a.attnotnull as "notnull"
from   pg_catalog.pg_class c
join   pg_catalog.pg_namespace n on n.oid = c.relnamespace
join   pg_redshift.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
where  c.relkind = 'r' and n.nspname = any (current_schemas(false));

-- The driver's DatabaseMetaData asks for it first.
create view pg_catalog.svv_external_schemas as
select null::oid as esoid, null::smallint as eskind, null::text as schemaname, null::integer as esowner,
       null::text as databasename, null::text as esoptions
where  false;

-- Who may see the rows of others in the logs; `syslog access unrestricted` is PostgreSQL's pg_read_all_stats here.
create view pg_catalog.svl_user_info as
select u.usename::text as usename, u.usesysid, u.usesuper,
       case when u.usesuper or pg_has_role(u.usename, 'pg_read_all_stats', 'member') then 'UNRESTRICTED' else 'RESTRICTED' end as syslogaccess
from   pg_catalog.pg_user u;

create table pg_catalog.svv_user_grants (user_id integer, user_name text, role_id integer, role_name text, admin_option boolean);
