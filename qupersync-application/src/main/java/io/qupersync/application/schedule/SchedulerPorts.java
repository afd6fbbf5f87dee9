package io.qupersync.application.schedule;

import io.qupersync.application.port.RunLog;
import io.qupersync.application.port.ScheduleStore;
import io.qupersync.application.port.Timetable;
import io.qupersync.application.sync.RunObserver;

/// The world as the scheduler sees it.
///
/// @param observer hears of runs that did not begin
/// @param owner names this process, for whoever finds its claims
public record SchedulerPorts(
    ScheduleStore schedules,
    RunLog runs,
    Timetable timetable,
    RunObserver observer,
    String owner) {}
