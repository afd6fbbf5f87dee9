package io.qupersync.infrastructure.redshift;

import io.qupersync.application.port.PermanentFailure;
import io.qupersync.application.port.SyncFailure;
import io.qupersync.application.port.TransientFailure;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.FailureKind;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Remembers when a fetch was too large, so that the next try asks for fewer rows at a time.
///
/// Rows that suddenly grow wide fill a fetch that was sized by narrow ones; the driver then gives
/// up instead of filling the heap. And a cluster of a single node refuses fetches of more than 1000
/// rows.
final class LearnedFetchLimits {

  private static final int SMALLER = 64;

  /// `Fetch size 2000 exceeds the limit of 1000 for a single node configuration.`
  private static final Pattern SERVER_LIMIT =
      Pattern.compile("fetch size \\d+ exceeds the limit of (\\d{1,9})", Pattern.CASE_INSENSITIVE);

  /// The driver's word for a fetch beyond its bound.
  private static final String TOO_MUCH = "maxResultBuffer";

  private final Map<JobId, Integer> limits = new ConcurrentHashMap<>();
  private volatile int serverLimit = Integer.MAX_VALUE;

  /// How many rows of a job to fetch at most.
  int limit(JobId job) {
    return Math.min(serverLimit, limits.getOrDefault(job, Integer.MAX_VALUE));
  }

  /// What a failed read means, when it was about fetching too much.
  ///
  /// @param fetchRows how many rows were asked for
  Optional<SyncFailure> learn(JobId job, int fetchRows, SQLException failure) {
    String message = String.valueOf(failure.getMessage());
    Matcher limited = SERVER_LIMIT.matcher(message);
    if (limited.find()) {
      serverLimit = Math.max(1, Integer.parseInt(limited.group(1)));
      return Optional.of(
          again(job, "the server lets fetch no more than %d rows".formatted(serverLimit), failure));
    }
    return message.contains(TOO_MUCH)
        ? Optional.of(tooMuch(job, fetchRows, failure))
        : Optional.empty();
  }

  private SyncFailure tooMuch(JobId job, int fetchRows, SQLException failure) {
    if (fetchRows == 1) {
      return new PermanentFailure(
          FailureKind.SOURCE,
          "cannot read job '%s': a single row is too large for this process; exclude a column, or shorten it in a query"
              .formatted(job),
          failure);
    }
    limits.put(job, Math.max(1, fetchRows / SMALLER));
    return again(
        job, "its rows have become too wide to fetch %d at a time".formatted(fetchRows), failure);
  }

  private static SyncFailure again(JobId job, String reason, SQLException failure) {
    return new TransientFailure(
        FailureKind.SOURCE,
        "cannot read job '%s': %s; the next try fetches fewer".formatted(job, reason),
        failure);
  }
}
