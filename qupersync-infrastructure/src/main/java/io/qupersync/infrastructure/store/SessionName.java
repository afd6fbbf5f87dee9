package io.qupersync.infrastructure.store;

import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.RunId;

/// What a run's session on the target is called in `pg_stat_activity`.
public final class SessionName {

  private static final int LONGEST = 63;

  private SessionName() {}

  /// The run comes before the job: PostgreSQL cuts names that are too long.
  public static String of(StateSchema schema, RunId run, JobId job) {
    String name = "QuperSync %s run %s: %s".formatted(schema, run, job);
    return name.length() <= LONGEST ? name : name.substring(0, LONGEST);
  }
}
