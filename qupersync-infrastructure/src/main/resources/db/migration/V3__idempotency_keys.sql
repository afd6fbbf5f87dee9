create table idempotency_keys (
  caller     text not null,
  key        text not null,
  request    text not null,
  answer     text,
  claimed_at timestamptz not null default clock_timestamp(),
  primary key (caller, key)
);
create index idempotency_keys_by_age on idempotency_keys (claimed_at);
comment on table idempotency_keys is 'Requests that were made under a key, so that one sent twice is done once. Forgotten after a day.';
comment on column idempotency_keys.answer is 'What came of the request; empty while it is being done.';
