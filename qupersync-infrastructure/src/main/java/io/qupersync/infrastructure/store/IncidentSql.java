package io.qupersync.infrastructure.store;

/// The statements of the incident store.
///
/// @param close leaves the end to be told where the beginning was told, or is being told: a message
///   that was taken may yet arrive
/// @param told the beginning; an end that came meanwhile is due at once
/// @param take an end that could not be told for a day is no news any more
record IncidentSql(
    String open,
    String close,
    String drop,
    String listOpen,
    String take,
    String told,
    String endTold,
    String postpone) {

  IncidentSql(StateSchema schema) {
    this(
        """
        insert into %s (channel, sync_job_id, kind, reason, run_id) values (?, ?, ?, ?, ?)
        on conflict (channel, sync_job_id, kind) where closed_at is null do nothing
        """
            .formatted(schema.incidents()),
        """
        update %s set closed_at = clock_timestamp(), settled = told_at is null and attempts = 0,
          due_at = case when told_at is null then due_at else clock_timestamp() end
        where id = ? and closed_at is null
        """
            .formatted(schema.incidents()),
        """
        update %s set closed_at = clock_timestamp(), settled = true
        where id = ? and closed_at is null
        """
            .formatted(schema.incidents()),
        "select * from %s where channel = ? and closed_at is null order by id"
            .formatted(schema.incidents()),
        """
        update %1$s as i set due_at = clock_timestamp() + ? * interval '1 ms',
          attempts = i.attempts + 1
        from (
          select id from %1$s
          where channel = ? and not settled and due_at <= clock_timestamp()
            and (closed_at is null) = (told_at is null)
            and (closed_at is null or closed_at > clock_timestamp() - interval '1 day')
          order by id limit 1 for update skip locked) as due
        where i.id = due.id
        returning i.*
        """
            .formatted(schema.incidents()),
        """
        update %s set told_at = clock_timestamp(), attempts = 0, due_at = clock_timestamp()
        where id = ? and told_at is null
        """
            .formatted(schema.incidents()),
        "update %s set settled = true where id = ?".formatted(schema.incidents()),
        "update %s set due_at = clock_timestamp() + ? * interval '1 ms' where id = ?"
            .formatted(schema.incidents()));
  }
}
