-- The job orders begins anew.
drop table if exists analytics.orders;
delete from quper.qupersync_state where job_id = 'orders';
