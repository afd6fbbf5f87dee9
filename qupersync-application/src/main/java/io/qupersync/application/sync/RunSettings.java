package io.qupersync.application.sync;

import java.time.Duration;

/// What all runs of this process have in common.
///
/// @param owner names this process, for whoever finds its leases
/// @param leaseTtl how long after its process died a job stays locked; 1 s or more
public record RunSettings(String owner, Duration leaseTtl) {}
