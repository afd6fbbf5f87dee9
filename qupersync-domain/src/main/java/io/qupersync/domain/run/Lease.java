package io.qupersync.domain.run;

import io.qupersync.domain.job.JobId;

/// The right of one run to write for its job. It expires unless renewed; whoever takes it over gets
/// a higher token, and nothing is committed under a token that is no longer the highest.
public record Lease(JobId job, RunId run, long token) {}
