-- From now on no row may be written to the drills' tables, as if the disk were full.
create schema if not exists drill;
grant usage on schema drill to public;
create sequence drill.refusals;
-- Dropped with the function, triggers included.
create function drill.refuse() returns trigger language plpgsql security definer as $$
begin
  perform nextval('drill.refusals');
  raise exception 'could not extend file: No space left on device' using errcode = '53100';
end $$;
create trigger refuse before insert or update on analytics.orders for each row execute function drill.refuse();
create trigger refuse before insert or update on analytics.stock for each row execute function drill.refuse();
