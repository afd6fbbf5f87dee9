package io.qupersync.infrastructure.store;

/// The statements of the lease store.
///
/// @param reserve makes up the job's row where there is none, free for the taking
/// @param lock reads the row and keeps everyone else from it
/// @param find reads the row and waits for nobody
record LeaseSql(
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
