package io.qupersync.application.query;

import io.qupersync.domain.job.FlavoredJob;
import io.qupersync.domain.progress.JobProgress;
import io.qupersync.domain.run.SyncRun;
import java.util.Optional;

/// A job and how it stands.
///
/// @param lastRun the latest run, which may still be under way
/// @param deadLetters rejected rows that wait
public record JobStatus(
    FlavoredJob job, JobProgress progress, Optional<SyncRun> lastRun, long deadLetters) {}
