create table incidents (
  id          bigint generated always as identity primary key,
  channel     text not null,
  sync_job_id text not null,
  kind        text not null check (kind in ('failed', 'stale', 'rejected', 'expiring')),
  reason      text not null,
  run_id      bigint,
  opened_at   timestamptz not null default clock_timestamp(),
  told_at     timestamptz,
  closed_at   timestamptz,
  settled     boolean not null default false,
  attempts    integer not null default 0,
  due_at      timestamptz not null default clock_timestamp()
);
create unique index incidents_open on incidents (channel, sync_job_id, kind) where closed_at is null;
create index incidents_due on incidents (channel, id) where not settled;
comment on table incidents is 'What alert channels were told, and still have to be told.';
comment on column incidents.told_at is 'When the channel was told that it began; empty while that is due.';
comment on column incidents.settled is 'Nothing more is to be told: the end was told, or need not be.';
comment on column incidents.due_at is 'When the next message is tried. An instance that tries it moves this on first, so that no other does.';
