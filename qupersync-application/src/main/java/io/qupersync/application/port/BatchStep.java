package io.qupersync.application.port;

import io.qupersync.domain.progress.Checkpoint;
import java.util.Optional;

/// A batch's place in its run.
///
/// @param number counts the committed batches of the run from 1, without gaps
/// @param checkpoint where a run may resume once this batch is committed; empty when rows come in
///   no order
public record BatchStep(long number, Optional<Checkpoint> checkpoint) {}
