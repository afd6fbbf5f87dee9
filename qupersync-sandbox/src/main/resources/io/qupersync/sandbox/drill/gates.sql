-- Places where a session of the program can be held while it works. To be run by a superuser once the program has made
-- its tables; may be run again.
create schema if not exists drill;
create table if not exists drill.gate (place text, nth bigint);
create sequence if not exists drill.passes;

-- The count is a sequence, which no rollback turns back.
create or replace function drill.pass() returns trigger language plpgsql security definer as $$
declare
  wanted bigint;
begin
  select nth into wanted from drill.gate where place = tg_argv[0];
  if wanted is not null and nextval('drill.passes') = wanted then
    perform pg_advisory_lock(4711);
    perform pg_advisory_unlock(4711);
  end if;
  return new;
end $$;

create or replace trigger gate_lease after update on quper.leases for each row
  when (new.run_id is not null and new.run_id is distinct from old.run_id)
  execute function drill.pass('LEASE');
create or replace trigger gate_release before update on quper.leases for each row
  when (new.run_id is null and old.run_id is not null)
  execute function drill.pass('RELEASE');
create or replace trigger gate_start before insert on quper.sync_logs for each row
  execute function drill.pass('START');
create or replace trigger gate_abandon before update on quper.sync_logs for each row
  when (new.status = 'abandoned' and old.status = 'running')
  execute function drill.pass('ABANDON');
create or replace trigger gate_end before update on quper.sync_logs for each row
  when (new.status not in ('abandoned', 'running') and old.status = 'running')
  execute function drill.pass('END');
create or replace trigger gate_batch after update on quper.sync_logs for each row
  when (new.last_step > old.last_step)
  execute function drill.pass('BATCH');
drop trigger if exists gate_commit on quper.sync_logs;
create constraint trigger gate_commit after update on quper.sync_logs deferrable initially deferred for each row
  when (new.last_step > old.last_step)
  execute function drill.pass('COMMIT');
create or replace trigger gate_watermark before insert on quper.qupersync_state for each row
  when (new.last_sync_time is not null)
  execute function drill.pass('WATERMARK');
