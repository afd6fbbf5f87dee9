package io.qupersync.infrastructure.store;

/// The statements of the run log.
///
/// @param finished keeps the higher count: what was committed with the rows is right, even where
///   the run never heard of it
record RunLogSql(
    String nextId,
    String started,
    String neverBegan,
    String forget,
    String attempt,
    String finished,
    String abandoned,
    String find,
    String list) {

  RunLogSql(StateSchema schema) {
    this(
        "select nextval('%s')".formatted(schema.runIds().replace("'", "''")),
        """
        insert into %s (run_id, sync_job_id, trigger, status, started_at, attempts,
          watermark_from, watermark_to)
        values (?, ?, ?, ?, ?, ?, ?, ?)
        on conflict (run_id) do nothing
        """
            .formatted(schema.runs()),
        """
        insert into %s (run_id, sync_job_id, trigger, status, started_at, completed_at,
          duration_ms, attempts, watermark_from, watermark_to, error, remark)
        values (?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?)
        on conflict (run_id) do nothing
        """
            .formatted(schema.runs()),
        """
        delete from %1$s as r where r.completed_at < ?
          and (r.status = 'misfired' or exists (select from %1$s as later
            where later.sync_job_id = r.sync_job_id and later.run_id > r.run_id
            and later.status <> 'misfired'))
          and (r.status <> 'success' or exists (select from %1$s as later
            where later.sync_job_id = r.sync_job_id and later.run_id > r.run_id
            and later.status = 'success'))
        """
            .formatted(schema.runs()),
        "update %s set attempts = ? where run_id = ?".formatted(schema.runs()),
        """
        update %s as r set status = e.status, completed_at = e.at,
          duration_ms = round(extract(epoch from e.at - r.started_at) * 1000),
          attempts = e.attempts, watermark_to = e.watermark, error = e.error,
          remark = e.remark, %s
        from (select ?::text as status, ?::timestamptz as at, ?::integer as attempts,
          ?::text as watermark, ?::text as error, ?::text as remark) as e
        where r.run_id = ? and r.status = 'running'
        """
            .formatted(schema.runs(), TallyColumns.assign("greatest(r.%s, ?)")),
        """
        update %s set status = 'abandoned', completed_at = now(),
          duration_ms = round(extract(epoch from now() - started_at) * 1000),
          error = 'its process died or lost its lease, and another run took over'
        where run_id = ? and status = 'running'
        """
            .formatted(schema.runs()),
        "select * from %s where run_id = ?".formatted(schema.runs()),
        """
        select * from %s as r
        cross join (select ?::text as job, ?::text as status) as wanted
        where (wanted.job is null or r.sync_job_id = wanted.job)
          and (wanted.status is null or r.status = wanted.status)
          and r.run_id < ?
        order by r.run_id desc limit ?
        """
            .formatted(schema.runs()));
  }
}
