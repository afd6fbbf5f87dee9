package io.qupersync.application.port;

import io.qupersync.domain.progress.OpenTransactions;
import java.time.Instant;

/// The source's clock, and which of its transactions were open then or a moment later.
public record SourceMoment(Instant now, OpenTransactions open) {}
