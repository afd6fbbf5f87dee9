create table qupersync_state (
  job_id         text primary key,
  last_sync_time timestamptz,
  watermark      text,
  checkpoint     jsonb,
  metadata       jsonb not null default '{}'
);
comment on table qupersync_state is 'How far each job has read.';
comment on column qupersync_state.last_sync_time is 'When a run of the job last ended well.';
comment on column qupersync_state.watermark is 'Where the next run begins, for people; metadata holds it exactly.';
comment on column qupersync_state.checkpoint is 'Where a run that died goes on; empty when the last one ended.';

create sequence sync_run_ids;

create table sync_logs (
  run_id          bigint primary key,
  sync_job_id     text not null,
  trigger         text not null,
  status          text not null check (status in ('running', 'success', 'failed', 'cancelled', 'abandoned')),
  started_at      timestamptz not null,
  completed_at    timestamptz,
  duration_ms     bigint,
  rows_extracted  bigint not null default 0,
  rows_upserted   bigint not null generated always as (rows_inserted + rows_updated) stored,
  rows_inserted   bigint not null default 0,
  rows_updated    bigint not null default 0,
  rows_unchanged  bigint not null default 0,
  rows_deleted    bigint not null default 0,
  rows_skipped    bigint not null default 0,
  rows_duplicate  bigint not null default 0,
  attempts        integer not null default 1,
  watermark_from  text,
  watermark_to    text,
  error           text,
  remark          text,
  last_step       bigint not null default 0,
  last_step_tally bigint[]
);
create index sync_logs_by_job on sync_logs (sync_job_id, run_id desc);
comment on table sync_logs is 'Every run there was; its counters are committed with the rows they count.';
comment on column sync_logs.rows_skipped is 'Rejected rows, each in dead_letters.';
comment on column sync_logs.rows_duplicate is 'Rows left out because a later one of their batch has the same key.';
comment on column sync_logs.attempts is 'How often the run began to read.';
comment on column sync_logs.last_step is 'The batch that was committed last, and in last_step_tally what it came to: extracted, inserted, updated, unchanged, deleted, skipped, duplicate. They let a run that lost the answer to a commit find out.';

create table leases (
  job_id     text primary key,
  run_id     bigint,
  owner      text,
  token      bigint not null,
  expires_at timestamptz not null
);
comment on table leases is 'Which run may write for a job. Rows are never deleted: the token must only grow.';
comment on column leases.run_id is 'The run that holds the lease; empty when it was given back.';

create table dead_letters (
  id          bigint generated always as identity primary key,
  sync_job_id text not null,
  run_id      bigint not null,
  column_name text,
  reason      text not null,
  row_values  json not null,
  complete    boolean not null,
  row_hash    bytea not null,
  occurrences bigint not null default 1,
  first_seen  timestamptz not null default now(),
  last_seen   timestamptz not null default now(),
  unique (sync_job_id, row_hash)
);
create index dead_letters_by_job on dead_letters (sync_job_id, id);
comment on table dead_letters is 'Rejected rows, each once however many runs met it.';
comment on column dead_letters.complete is 'Whether row_values holds the whole values, or of a very large row their beginnings.';
comment on column dead_letters.row_values is 'The source''s values in their text form; json and not jsonb, which cannot hold U+0000.';
