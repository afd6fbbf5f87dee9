package io.qupersync.infrastructure.store;

/// The statements of the schedule store. Every one is a transaction of its own that touches one row
/// a job, so that none waits for another.
///
/// @param plan changes nothing where the job is due at another time by now, or its run is claimed
/// @param complete and the three after it change nothing where a higher token has been given
record ScheduleSql(
    String look,
    String plan,
    String owner,
    String claim,
    String renew,
    String complete,
    String release,
    String giveUp,
    String misfired,
    String pause,
    String resume,
    String change,
    String restore) {

  static ScheduleSql in(StateSchema schema) {
    String table = schema.schedules();
    return new ScheduleSql(
        look(schema),
        plan(table),
        "select claim_owner from %s where job_id = ?".formatted(table),
        claim(table),
        renew(table),
        "update %s set due_at = ?, misfired = false, %s where %s".formatted(table, UNCLAIMED, OWN),
        "update %s set %s where %s".formatted(table, UNCLAIMED, OWN),
        "update %s set claim_until = clock_timestamp() where %s".formatted(table, OWN),
        "update %s set misfired = true where job_id = ? and due_at = ? and not misfired"
            .formatted(table),
        pause(table),
        "update %s set paused_by = null, paused_at = null where job_id = ? and paused_at is not null"
            .formatted(table),
        change(table),
        restore(table));
  }

  private static final String UNCLAIMED = "claim_owner = null, claim_until = null";
  private static final String OWN = "job_id = ? and claim_token = ? and claim_owner is not null";

  private static String look(StateSchema schema) {
    return """
    select moment.at as now, s.*, coalesce(s.job_id, l.job_id) as job,
      s.claim_until > clock_timestamp() as claim_unexpired,
      l.run_id, l.owner as lease_owner, l.expires_at,
      l.expires_at > clock_timestamp() as lease_unexpired
    from (select clock_timestamp() as at) as moment
    left join (%s as s full join %s as l on l.job_id = s.job_id) on true
    """
        .formatted(schema.schedules(), schema.leases());
  }

  private static String plan(String table) {
    return """
    insert into %s as s (job_id, plan, due_at) values (?, ?, ?)
    on conflict (job_id) do update
      set plan = excluded.plan, due_at = excluded.due_at, misfired = false
      where s.due_at is not distinct from ?::timestamptz and s.claim_owner is null
    """
        .formatted(table);
  }

  // who held the claim before is compared again: it may have been another's by the time we look
  private static String claim(String table) {
    return """
    update %s set claim_owner = ?, claim_token = claim_token + 1,
      claim_until = clock_timestamp() + ? * interval '1 ms'
    where job_id = ? and due_at = ? and (claim_owner is null
      or claim_until <= clock_timestamp() or claim_owner = any (?))
    returning claim_token
    """
        .formatted(table);
  }

  private static String renew(String table) {
    return """
    update %s as s set claim_until = clock_timestamp() + ? * interval '1 ms'
    from unnest(?::text[], ?::bigint[]) as held (job_id, token)
    where s.job_id = held.job_id and s.claim_token = held.token and s.claim_owner is not null
    returning s.job_id, s.claim_token
    """
        .formatted(table);
  }

  private static String pause(String table) {
    return """
    insert into %s (job_id, paused_by, paused_at) values (?, ?, ?)
    on conflict (job_id) do update
      set paused_by = excluded.paused_by, paused_at = excluded.paused_at
    """
        .formatted(table);
  }

  private static String change(String table) {
    return """
    insert into %s (job_id, changed, changed_by, changed_at) values (?, ?, ?, ?)
    on conflict (job_id) do update set changed = excluded.changed,
      changed_by = excluded.changed_by, changed_at = excluded.changed_at
    """
        .formatted(table);
  }

  private static String restore(String table) {
    return """
    update %s set changed = null, changed_by = null, changed_at = null
    where job_id = ? and changed is not null
    """
        .formatted(table);
  }
}
