package io.qupersync.infrastructure.redshift;

import io.qupersync.domain.job.JobId;
import io.qupersync.infrastructure.jdbc.SqlFailures;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Remembers which ways of reading the source has refused, so that later reads do not try them
/// again; for an hour, since a cluster may be patched or moved meanwhile. Safe for use by many
/// threads.
final class SourceRefusals {

  private static final Duration REMEMBERED = Duration.ofHours(1);

  /// `Failed to incorporate external table "s"."t" into local catalog. Error=transaction is
  /// read-only`, and `cannot execute CREATE TABLE AS in a read-only transaction`, under whatever
  /// state.
  private static final Pattern READ_ONLY =
      Pattern.compile(
          "transaction is read-only|in a read-only transaction", Pattern.CASE_INSENSITIVE);

  private final InstantSource clock;
  private final Map<JobId, Instant> readOnly = new ConcurrentHashMap<>();
  private volatile Instant portalsUntil = Instant.MIN;

  SourceRefusals(InstantSource clock) {
    this.clock = clock;
  }

  /// Whether the source cannot read this job's rows in a read-only transaction.
  boolean refusesReadOnly(JobId job) {
    return readOnly.getOrDefault(job, Instant.MIN).isAfter(clock.instant());
  }

  void refusedReadOnly(JobId job) {
    readOnly.put(job, clock.instant().plus(REMEMBERED));
  }

  /// Whether the source forgets its portals between two fetches.
  boolean losesPortals() {
    return portalsUntil.isAfter(clock.instant());
  }

  void lostPortal() {
    portalsUntil = clock.instant().plus(REMEMBERED);
  }

  /// Whether the server refused something because the transaction may not write.
  static boolean isReadOnly(Throwable failure) {
    return sqlCause(failure)
        .filter(sql ->
            "25006".equals(sql.getSQLState())
                || READ_ONLY.matcher(SqlFailures.unredacted(sql)).find())
        .isPresent();
  }

  /// Whether the server has forgotten a portal.
  static boolean isLostPortal(Throwable failure) {
    return sqlCause(failure).filter(sql -> "34000".equals(sql.getSQLState())).isPresent();
  }

  private static Optional<SQLException> sqlCause(Throwable failure) {
    @Nullable Throwable each = failure;
    for (int depth = 0; each != null && depth < 10; depth++) {
      if (each instanceof SQLException sql) {
        return Optional.of(sql);
      }
      each = each.getCause();
    }
    return Optional.empty();
  }
}
