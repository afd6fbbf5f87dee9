package io.qupersync.app;

import io.qupersync.application.port.Gauges.Backlog;
import io.qupersync.application.port.Gauges.Pool;
import io.qupersync.application.port.IncidentStore;
import io.qupersync.application.query.JobHealthQuery;
import io.qupersync.application.query.TargetCalls;
import java.util.List;
import java.util.function.Supplier;

/// Where the program can be looked into while it runs.
///
/// @param instance what tells this process from others
/// @param target for those who may not wait for it
record MonitoringSources(
    String instance,
    JobHealthQuery vitals,
    TargetCalls target,
    IncidentStore incidents,
    Supplier<Backlog> queue,
    Supplier<List<Pool>> pools) {}
