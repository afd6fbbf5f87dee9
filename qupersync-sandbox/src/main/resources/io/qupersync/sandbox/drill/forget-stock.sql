-- The job stock begins anew.
drop table if exists analytics.stock;
delete from quper.qupersync_state where job_id = 'stock';
