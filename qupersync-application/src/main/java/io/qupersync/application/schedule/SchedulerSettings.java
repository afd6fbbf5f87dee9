package io.qupersync.application.schedule;

import java.time.Duration;

/// How the scheduler works; may change while it does.
///
/// @param misfireGrace how late a run may begin before it counts as missed
/// @param maxConcurrentRuns how many scheduled runs this process has under way at most
/// @param maxSourceConnections how many runs may read from the source at a time
public record SchedulerSettings(
    Duration misfireGrace, int maxConcurrentRuns, int maxSourceConnections) {}
