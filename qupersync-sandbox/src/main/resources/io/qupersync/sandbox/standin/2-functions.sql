-- Functions of Redshift's that queries on system views and on ordinary tables call. They live in pg_catalog, so that
-- no search_path hides them; what must win over a function of PostgreSQL's own lives in pg_redshift.

create function pg_redshift.version() returns text language sql immutable
return 'PostgreSQL 8.0.2 on i686-pc-linux-gnu, compiled by GCC gcc (GCC) 3.4.2 20041017 (Red Hat 3.4.2-6.fc3), Redshift 1.0.0 (stand-in)';

-- Time -----------------------------------------------------------------------------------------------------------

-- How far the warehouse's clock is ahead of the machine's: a test may let hours pass in a moment.
create table pg_redshift.clock (ahead interval not null);
insert into pg_redshift.clock values ('0');

create function pg_catalog.getdate() returns timestamp language sql stable
return (statement_timestamp() + (select ahead from pg_redshift.clock))::timestamp;

create function pg_catalog.sysdate() returns timestamp language sql stable
return (transaction_timestamp() + (select ahead from pg_redshift.clock))::timestamp;

create function pg_catalog.trunc(timestamp) returns date language sql immutable
return $1::date;

create function pg_catalog.convert_timezone(target text, at timestamp) returns timestamp language sql immutable
return (at at time zone 'UTC') at time zone target;

create function pg_catalog.convert_timezone(target text, at timestamptz) returns timestamp language sql immutable
return at at time zone target;

create function pg_catalog.convert_timezone(source text, target text, at timestamp) returns timestamp language sql immutable
return (at at time zone source) at time zone target;

-- The names that dateadd and datediff accept, brought to one spelling.
create function pg_redshift.date_part_name(part text) returns text language sql immutable
return case
  when lower(part) in ('y', 'yr', 'yrs', 'year', 'years') then 'year'
  when lower(part) in ('qtr', 'qtrs', 'quarter', 'quarters') then 'quarter'
  when lower(part) in ('mon', 'mons', 'month', 'months') then 'month'
  when lower(part) in ('w', 'week', 'weeks') then 'week'
  when lower(part) in ('d', 'day', 'days') then 'day'
  when lower(part) in ('h', 'hr', 'hrs', 'hour', 'hours') then 'hour'
  when lower(part) in ('m', 'min', 'mins', 'minute', 'minutes') then 'minute'
  when lower(part) in ('s', 'sec', 'secs', 'second', 'seconds') then 'second'
  when lower(part) in ('ms', 'msec', 'msecs', 'millisec', 'millisecs', 'millisecond', 'milliseconds') then 'millisecond'
  when lower(part) in ('us', 'usec', 'usecs', 'microsec', 'microsecs', 'microsecond', 'microseconds') then 'microsecond'
  when lower(part) in ('decade', 'decades', 'dec', 'decs') then 'decade'
  when lower(part) in ('century', 'centuries', 'c', 'cent', 'cents') then 'century'
end;

create function pg_redshift.interval_of(part text, n bigint) returns interval language sql immutable
return case pg_redshift.date_part_name(part)
  when 'quarter' then 3 * n * interval '1 month'
  else n * ('1 ' || pg_redshift.date_part_name(part))::interval
end;

create function pg_catalog.dateadd(part text, n bigint, at timestamp) returns timestamp language sql immutable
return at + pg_redshift.interval_of(part, n);

create function pg_catalog.dateadd(part text, n bigint, at timestamptz) returns timestamptz language sql stable
return at + pg_redshift.interval_of(part, n);

create function pg_catalog.dateadd(part text, n bigint, at date) returns timestamp language sql immutable
return at::timestamp + pg_redshift.interval_of(part, n);

create function pg_catalog.add_months(at timestamp, n bigint) returns timestamp language sql immutable
return case
  -- the last day of a month leads to the last day of the other
  when at::date = (date_trunc('month', at) + interval '1 month - 1 day')::date
  then date_trunc('month', at) + (n + 1) * interval '1 month' - interval '1 day' + at::time
  else at + n * interval '1 month'
end;

create function pg_catalog.last_day(at timestamp) returns date language sql immutable
return (date_trunc('month', at) + interval '1 month - 1 day')::date;

-- How many boundaries of the part lie between the two; a week begins on Sunday.
create function pg_catalog.datediff(part text, a timestamp, b timestamp) returns bigint language sql immutable
return case pg_redshift.date_part_name(part)
  when 'century' then extract(century from b) - extract(century from a)
  when 'decade' then extract(decade from b) - extract(decade from a)
  when 'year' then extract(year from b) - extract(year from a)
  when 'quarter' then
    4 * (extract(year from b) - extract(year from a)) + extract(quarter from b) - extract(quarter from a)
  when 'month' then
    12 * (extract(year from b) - extract(year from a)) + extract(month from b) - extract(month from a)
  when 'week' then
    ((b::date - extract(dow from b)::int) - (a::date - extract(dow from a)::int)) / 7
  when 'day' then b::date - a::date
  when 'hour' then extract(epoch from date_trunc('hour', b) - date_trunc('hour', a)) / 3600
  when 'minute' then extract(epoch from date_trunc('minute', b) - date_trunc('minute', a)) / 60
  when 'second' then extract(epoch from date_trunc('second', b) - date_trunc('second', a))
  when 'millisecond' then extract(epoch from date_trunc('milliseconds', b) - date_trunc('milliseconds', a)) * 1000
  when 'microsecond' then extract(epoch from b - a) * 1000000
end::bigint;

create function pg_catalog.datediff(part text, a timestamptz, b timestamptz) returns bigint language sql stable
return datediff(part, a::timestamp, b::timestamp);

create function pg_catalog.datediff(part text, a date, b date) returns bigint language sql immutable
return datediff(part, a::timestamp, b::timestamp);

create function pg_redshift.minus_days(at timestamp, days int) returns timestamp language sql immutable
return at - days * interval '1 day';

create function pg_redshift.plus_days(at timestamp, days int) returns timestamp language sql immutable
return at + days * interval '1 day';

create operator pg_catalog.- (leftarg = timestamp, rightarg = int, function = pg_redshift.minus_days);
create operator pg_catalog.+ (leftarg = timestamp, rightarg = int, function = pg_redshift.plus_days);

-- NULL and text --------------------------------------------------------------------------------------------------

create function pg_catalog.nvl(anycompatible, anycompatible) returns anycompatible language sql immutable
as $$ select coalesce($1, $2) $$;

create function pg_catalog.nvl(anycompatible, anycompatible, anycompatible) returns anycompatible language sql immutable
as $$ select coalesce($1, $2, $3) $$;

create function pg_catalog.nvl(anycompatible, anycompatible, anycompatible, anycompatible)
returns anycompatible language sql immutable
as $$ select coalesce($1, $2, $3, $4) $$;

create function pg_catalog.nvl2(anyelement, anycompatible, anycompatible) returns anycompatible language sql immutable
as $$ select case when $1 is not null then $2 else $3 end $$;

create function pg_catalog.len(text) returns int language sql immutable
return length($1);

create function pg_catalog.charindex(part text, whole text) returns int language sql immutable
return strpos(whole, part);

create function pg_catalog.strtol(digits text, base int) returns bigint language plpgsql immutable strict as $$
declare
  result bigint := 0;
  sign int := case when digits like '-%' then -1 else 1 end;
  digit text;
begin
  foreach digit in array string_to_array(lower(ltrim(digits, '+-')), null) loop
    result := result * base + strpos('0123456789abcdefghijklmnopqrstuvwxyz', digit) - 1;
  end loop;
  return sign * result;
end
$$;

create function pg_catalog.sha2(value text, bits int) returns text language sql immutable
return encode(
  case bits
    when 224 then sha224(convert_to(value, 'UTF8'))
    when 384 then sha384(convert_to(value, 'UTF8'))
    when 512 then sha512(convert_to(value, 'UTF8'))
    else sha256(convert_to(value, 'UTF8'))
  end, 'hex');

-- listagg(x, ',') within group (order by y) reaches us as listagg(x, ',' order by y).
create function pg_redshift.listagg_step(state text, value anyelement, delimiter text) returns text language sql immutable
as $$ select case when value is null then state else coalesce(state || coalesce(delimiter, ''), '') || value::text end $$;

create aggregate pg_catalog.listagg(anyelement, text) (sfunc = pg_redshift.listagg_step, stype = text);

create function pg_redshift.listagg_step(state text, value anyelement) returns text language sql immutable
as $$ select case when value is null then state else coalesce(state, '') || value::text end $$;

create aggregate pg_catalog.listagg(anyelement) (sfunc = pg_redshift.listagg_step, stype = text);

create function pg_redshift.middle(numbers float8[]) returns float8 language sql immutable
return (select percentile_cont(0.5) within group (order by n) from unnest(numbers) n);

create aggregate pg_catalog.median(float8) (
  sfunc = array_append, stype = float8[], initcond = '{}', finalfunc = pg_redshift.middle);

-- JSON -----------------------------------------------------------------------------------------------------------

create function pg_catalog.json_parse(text) returns super language sql immutable
return $1::super;

create function pg_catalog.json_serialize(super) returns text language sql immutable
return $1::text;

create function pg_catalog.is_valid_json(text) returns boolean language sql immutable
return $1 is json object;

create function pg_catalog.is_valid_json_array(text) returns boolean language sql immutable
return $1 is json array;

create function pg_catalog.json_extract_path_text(value text, variadic path text[]) returns text language sql immutable
return json_extract_path_text(value::json, variadic path);

create function pg_catalog.json_extract_array_element_text(value text, at int) returns text language sql immutable
return value::json ->> at;

create function pg_catalog.json_array_length(value text) returns int language sql immutable
return json_array_length(value::json);

-- The leader node ------------------------------------------------------------------------------------------------

-- The numbers are the stand-in's own: AWS documents none. 0 and 128 mean "not compressed" in published SQL.
create function pg_catalog.format_encoding(encoding int) returns text language sql immutable
return case encoding
  when 0 then 'none'
  when 1 then 'bytedict'
  when 2 then 'delta'
  when 3 then 'lzo'
  when 4 then 'runlength'
  when 5 then 'text255'
  when 6 then 'zstd'
  when 7 then 'az64'
  when 128 then 'none'
end;

create function pg_catalog.pg_last_query_id() returns int language sql stable
return -1;

create function pg_catalog.current_user_id() returns int language sql stable
return (select oid::int from pg_catalog.pg_roles where rolname = current_user);

-- Text of what is no text ----------------------------------------------------------------------------------------

-- Redshift turns numbers into text by itself where a function or an operator wants text.
create function pg_catalog.lpad(value bigint, length int, fill text default ' ') returns text language sql immutable
return lpad(value::text, length, fill);

create function pg_catalog.rpad(value bigint, length int, fill text default ' ') returns text language sql immutable
return rpad(value::text, length, fill);

create function pg_redshift.joined(a text, b text) returns text language sql immutable
return a || b;

create operator pg_catalog.+ (leftarg = text, rightarg = text, function = pg_redshift.joined);

create function pg_catalog.text(bigint) returns text language sql immutable
return $1::text;


create function pg_catalog."left"(value double precision, length int) returns text language sql immutable
return "left"(value::text, length);

create function pg_catalog."left"(value numeric, length int) returns text language sql immutable
return "left"(value::text, length);

create function pg_catalog.round(value double precision, digits int) returns double precision language sql immutable
return round(value::numeric, digits)::double precision;

create function pg_catalog.pg_last_copy_id() returns int language sql stable
return -1;

create function pg_catalog.pg_last_copy_count() returns int language sql stable
return 0;

create function pg_catalog.length(bigint) returns int language sql immutable
return length($1::text);

create function pg_catalog.btrim(oid) returns text language sql immutable
return $1::text;

-- Refusals -------------------------------------------------------------------------------------------------------

-- What a relation asks that cannot be read in a transaction declared read-only.
create function pg_redshift.may_write(state text, message text) returns boolean language plpgsql stable as $$
begin
  if current_setting('transaction_read_only')::boolean then
    raise exception using errcode = state, message = message;
  end if;
  return true;
end
$$;
