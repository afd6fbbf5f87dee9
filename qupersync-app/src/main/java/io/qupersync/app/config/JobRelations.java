package io.qupersync.app.config;

import io.qupersync.domain.job.JobId;
import io.qupersync.domain.table.TableRef;
import java.util.List;
import java.util.Set;

/// What an enabled job says that matters to other jobs: known of one that has problems, too, so
/// that all problems of a file are told at once.
///
/// @param targets of both its shapes
record JobRelations(JobId id, List<JobId> after, Set<TableRef> targets) {

  JobRelations {
    after = List.copyOf(after);
    targets = Set.copyOf(targets);
  }
}
