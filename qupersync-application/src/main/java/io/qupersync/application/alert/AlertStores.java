package io.qupersync.application.alert;

import io.qupersync.application.port.IncidentStore;

/// What there is to tell: troubles of jobs, which lie in the target, and those of the target
/// itself, which cannot.
public record AlertStores(IncidentStore incidents, OutageWatch outages) {}
