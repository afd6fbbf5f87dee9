-- The one SYS view that only Serverless has.
create table pg_catalog.sys_serverless_usage (
  start_time timestamp,
  end_time timestamp,
  compute_seconds double precision,
  compute_capacity double precision,
  data_storage bigint,
  cross_region_transferred_data bigint,
  charged_seconds bigint,
  charged_extra_compute_for_automatic_optimization_seconds bigint
);
