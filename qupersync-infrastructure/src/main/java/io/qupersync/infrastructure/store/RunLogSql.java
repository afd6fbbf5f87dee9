package io.qupersync.infrastructure.store;

/// The statements of the run log.
///
/// @param started marks those as abandoned that were to end before; they are among the latest, for
///   each run does so
/// @param finished keeps the higher count: what was committed with the rows is right, even where
///   the run never heard of it; and gives the lease back
record RunLogSql(
    String nextId,
    String started,
    String neverBegan,
    String forget,
    String attempt,
    String finished,
    String find,
    String list) {

  RunLogSql(StateSchema schema) {
    this(
        "select nextval('%s')".formatted(schema.runIds().replace("'", "''")),
        """
        with given as (select ?::bigint as run, ?::text as job),
        abandoned as (
          %2$s and run_id in (
            select r.run_id from %1$s as r, given
            where r.sync_job_id = given.job and r.run_id < given.run
            order by r.run_id desc limit 100))
        insert into %1$s (run_id, sync_job_id, trigger, status, started_at, attempts,
          watermark_from, watermark_to)
        select given.run, given.job, ?, ?, ?, ?, ?, ? from given
        on conflict (run_id) do nothing
        """
            .formatted(schema.runs(), abandon(schema)),
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
        with ended as (
        update %s as r set status = e.status, completed_at = e.at,
          duration_ms = round(extract(epoch from e.at - r.started_at) * 1000),
          attempts = e.attempts, watermark_to = e.watermark, error = e.error,
          remark = e.remark, %s
        from (select ?::text as status, ?::timestamptz as at, ?::integer as attempts,
          ?::text as watermark, ?::text as error, ?::text as remark) as e
        where r.run_id = ? and r.status = 'running')
        update %s set run_id = null, owner = null, expires_at = clock_timestamp()
        where job_id = ? and run_id = ?
        """
            .formatted(schema.runs(), TallyColumns.assign("greatest(r.%s, ?)"), schema.leases()),
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

  private static String abandon(StateSchema schema) {
    return """
    update %s set status = 'abandoned', completed_at = now(),
      duration_ms = round(extract(epoch from now() - started_at) * 1000),
      error = 'its process died or lost its lease, and another run took over'
    where status = 'running'\
    """
        .formatted(schema.runs());
  }
}
