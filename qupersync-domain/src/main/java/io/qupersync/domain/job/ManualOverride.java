package io.qupersync.domain.job;

import java.time.Instant;

/// That someone decided something about a job by hand.
///
/// @param by the name of a token, or of a user
public record ManualOverride(String by, Instant at) {}
