package io.qupersync.infrastructure.redshift;

import io.qupersync.domain.job.JobSource;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.table.Identifier;
import java.util.List;
import java.util.stream.Collectors;

/// Where a session looks names up that stand without a schema. Immutable.
///
/// @param sql what `set search_path to` is followed by
record SearchPath(String sql) {

  /// Of all that QuperSync asks itself: no function or operator that somebody made in a schema of
  /// the user's search_path takes the place of the server's own.
  static final SearchPath OWN = new SearchPath("pg_catalog");

  /// What the user would have.
  private static final SearchPath OF_THE_USER = new SearchPath("default");

  /// For the statements of a job: its own query is the user's, and may name tables without a
  /// schema.
  ///
  /// @param configured `source.search_path`
  static SearchPath of(SyncJob job, List<Identifier> configured) {
    boolean isUsersQuery =
        job.extraction().source() instanceof JobSource.Query
            && job.extraction().builtIn().isEmpty();
    return isUsersQuery ? ofUser(configured) : OWN;
  }

  private static SearchPath ofUser(List<Identifier> configured) {
    return configured.isEmpty()
        ? OF_THE_USER
        : new SearchPath(
            configured.stream().map(Identifier::quoted).collect(Collectors.joining(", ")));
  }
}
