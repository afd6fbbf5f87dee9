package io.qupersync.application.query;

import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.RunStatus;
import java.util.Optional;

/// Which runs are asked for, the latest first.
///
/// @param before only runs with a smaller number
/// @param limit at most so many, 1 or more
public record RunFilter(
    Optional<JobId> job, Optional<RunStatus> status, Optional<RunId> before, int limit) {}
