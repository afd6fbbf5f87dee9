create index qupersync_state_by_last_sync on qupersync_state (last_sync_time);

alter table sync_logs add column error_count bigint not null generated always as
  (rows_skipped + attempts - 1 + case when status in ('failed', 'abandoned') then 1 else 0 end) stored;
comment on column sync_logs.error_count is 'What went wrong in the run: rejected rows, attempts that failed, and the failure that ended it.';
