package io.qupersync.infrastructure.store;

/// The statements of the lease store.
///
/// @param takeFree takes a lease that nobody holds, or that the same run holds already
/// @param reserve makes up the job's row where there is none, free for the taking
/// @param lock reads the row and keeps everyone else from it
/// @param find reads the row and waits for nobody
record LeaseSql(
    String takeFree,
    String reserve,
    String lock,
    String find,
    String take,
    String renew,
    String cancel,
    String release) {

  LeaseSql(StateSchema schema) {
    this(
        """
        select set_config('lock_timeout', '100ms', true);
        insert into %s as l (job_id, run_id, owner, token, expires_at)
        values (?, ?, ?, 1, clock_timestamp() + ? * interval '1 ms')
        on conflict (job_id) do update set run_id = excluded.run_id, owner = excluded.owner,
          token = l.token + (l.run_id is null)::integer, cancel_requested = false,
          expires_at = excluded.expires_at
        where l.run_id is null or l.run_id = excluded.run_id
        returning token
        """
            .formatted(schema.leases()),
        """
        insert into %s (job_id, token, expires_at) values (?, 0, '-infinity')
        on conflict (job_id) do nothing
        """
            .formatted(schema.leases()),
        find(schema) + " for update",
        find(schema),
        """
        update %s set run_id = ?, owner = ?, token = ?, cancel_requested = false,
          expires_at = clock_timestamp() + ? * interval '1 ms'
        where job_id = ?
        """
            .formatted(schema.leases()),
        """
        update %s set expires_at = clock_timestamp() + ? * interval '1 ms'
        where job_id = ? and token = ? and run_id is not null
        returning cancel_requested
        """
            .formatted(schema.leases()),
        """
        update %s set cancel_requested = true
        where run_id = ? and expires_at > clock_timestamp()
        """
            .formatted(schema.leases()),
        """
        update %s set run_id = null, owner = null, expires_at = clock_timestamp()
        where job_id = ? and token = ?
        """
            .formatted(schema.leases()));
  }

  private static String find(StateSchema schema) {
    return """
    select run_id, owner, token, expires_at, expires_at > clock_timestamp() as unexpired
    from %s where job_id = ?
    """
        .formatted(schema.leases());
  }
}
