package io.qupersync.sandbox.bench;

import java.util.Optional;

/// One round of one contestant.
///
/// @param heap bytes that QuperSync had in use after it, 0 for others
/// @param told what QuperSync says of it
record Sample(Cost cost, long heap, Optional<ReportedCounts> told) {}
