select c.table_catalog             as database_name,
       c.table_schema              as schema_name,
       c.table_name,
       c.column_name,
       c.ordinal_position,
       c.data_type,
       c.character_maximum_length  as max_length_bytes,
       c.numeric_precision,
       c.numeric_scale,
       c.datetime_precision,
       c.is_nullable,
       c.column_default,
       c.remarks,
       a.attnotnull                as not_null,
       a.attisdistkey              as is_dist_key,
       a.attsortkeyord             as sort_key_position,
       a.attencodingtype           as encoding_type,
       format_encoding(a.attencodingtype::integer) as encoding
from   svv_columns c
left join pg_namespace n on n.nspname = c.table_schema
left join pg_class     r on r.relnamespace = n.oid and r.relname = c.table_name
left join pg_attribute a on a.attrelid = r.oid and a.attname = c.column_name
                        and a.attnum > 0 and not a.attisdropped
where  c.table_schema !~ '^(pg_|information_schema|catalog_history)'
