package io.qupersync.infrastructure.redshift;

import io.qupersync.application.port.PermanentFailure;
import io.qupersync.application.port.SyncFailure;
import io.qupersync.application.port.TransientFailure;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.FailureKind;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Remembers of which jobs a fetch was too large. Rows that suddenly grow wide fill a fetch that
/// was sized by narrow ones; the driver then gives up instead of filling the heap, and the next try
/// of the job asks for fewer.
final class FetchLimits {

  private static final int SMALLER = 8;

  private final Map<JobId, Integer> limits = new ConcurrentHashMap<>();

  int of(JobId job) {
    return limits.getOrDefault(job, Integer.MAX_VALUE);
  }

  /// The driver's word for a fetch beyond `maxResultBuffer`.
  static boolean isTooMuch(SQLException failure) {
    return String.valueOf(failure.getMessage()).contains("maxResultBuffer");
  }

  SyncFailure tooMuch(JobId job, int fetchRows, SQLException failure) {
    if (fetchRows == 1) {
      return new PermanentFailure(
          FailureKind.SOURCE,
          "cannot read job '%s': a single row is larger than source.fetch_bytes allows; raise it, or exclude a column"
              .formatted(job),
          failure);
    }
    limits.put(job, Math.max(1, fetchRows / SMALLER));
    return new TransientFailure(
        FailureKind.SOURCE,
        "cannot read job '%s': its rows have become too wide to fetch %d at a time; the next try fetches fewer"
            .formatted(job, fetchRows),
        failure);
  }
}
