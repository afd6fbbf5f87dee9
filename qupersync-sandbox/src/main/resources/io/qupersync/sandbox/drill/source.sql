-- What the drills copy: a table that grows and changes, and one that is mirrored.
create table public.orders (
  id         bigint primary key,
  customer   varchar(80),
  amount     numeric(18, 4),
  note       varchar(400),
  updated_at timestamp not null
);
insert into public.orders
select n, 'customer ' || n % 997, n * 1.0001, md5(n::text) || ' ' || repeat('x', (n % 120)::int),
  (clock_timestamp() at time zone 'UTC') - interval '3 days' + n * interval '7 seconds'
from generate_series(1, 20000) as n;

create table public.stock (
  sku      varchar(20) not null,
  place    integer not null,
  quantity integer,
  price    numeric(12, 2),
  primary key (sku, place)
);
insert into public.stock
select 'sku-' || n / 4, n % 4, n % 1000, n / 100.0 from generate_series(1, 8000) as n;

grant select on public.orders, public.stock to public;
