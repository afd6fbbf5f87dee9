package io.qupersync.app;

import io.qupersync.application.port.Gauges.Backlog;
import io.qupersync.application.port.Gauges.Pool;
import io.qupersync.application.port.IncidentStore;
import io.qupersync.application.query.Vitals;
import java.util.List;
import java.util.function.Supplier;

/// Where the program can be looked into while it runs.
///
/// @param instance what tells this process from others
record Watchpoints(
    String instance,
    Vitals vitals,
    IncidentStore incidents,
    Supplier<Backlog> queue,
    Supplier<List<Pool>> pools) {}
