create table schedules (
  job_id      text primary key,
  plan        text,
  due_at      timestamptz,
  misfired    boolean not null default false,
  paused_by   text,
  paused_at   timestamptz,
  changed     text,
  changed_by  text,
  changed_at  timestamptz,
  claim_owner text,
  claim_token bigint not null default 0,
  claim_until timestamptz
);
comment on table schedules is 'When each job runs next, and who has taken that run: all instances share the work by these rows.';
comment on column schedules.plan is 'The schedule by which due_at was reckoned.';
comment on column schedules.misfired is 'Whether the run log has a line already that the run of due_at is late.';
comment on column schedules.changed is 'A schedule that wins over the one in the file.';
comment on column schedules.claim_owner is 'The process that has begun the run of due_at; still set when claim_until has passed, it never ended.';
comment on column schedules.claim_token is 'Grows with each claim: who holds an older one has lost it.';

alter table leases add column cancel_requested boolean not null default false;
comment on column leases.cancel_requested is 'Someone asked the run that holds the lease to stop; its process sees it when it renews.';

alter table sync_logs drop constraint sync_logs_status_check;
alter table sync_logs add constraint sync_logs_status_check
  check (status in ('running', 'success', 'failed', 'cancelled', 'abandoned', 'misfired'));
create index sync_logs_by_time on sync_logs (started_at);
