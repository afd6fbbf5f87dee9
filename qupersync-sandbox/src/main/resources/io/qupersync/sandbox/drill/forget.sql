-- The drills' own jobs begin anew.
drop table if exists analytics.orders, analytics.stock;
delete from quper.qupersync_state where job_id in ('orders', 'stock');
