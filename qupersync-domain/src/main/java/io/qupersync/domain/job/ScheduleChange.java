package io.qupersync.domain.job;

/// A schedule that wins over the one in the file.
public record ScheduleChange(Schedule schedule, ManualOverride decision) {}
