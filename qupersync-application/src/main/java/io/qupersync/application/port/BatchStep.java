package io.qupersync.application.port;

import io.qupersync.domain.progress.Checkpoint;
import io.qupersync.domain.progress.LateRows;
import java.util.List;
import java.util.Optional;

/// A batch's place in its run.
///
/// @param number names the batch within its run and grows from batch to batch, from 1. A batch that
///   is tried again keeps its number; rows that are read again come under a new one, for they may
///   be grouped otherwise, and a target that took them for the batch it knows would drop some
/// @param checkpoint where a run may resume once this batch is committed; empty when rows come in
///   no order
/// @param settled dead letters that the batch disposes of: their rows are in it, or are overtaken
/// @param late which of the rows that are written came late; empty when nobody can tell
/// @param after the step that the run was told is committed, the last before this one; 0 for none.
///   A target that has lost it since must not take this one
public record BatchStep(
    long number,
    Optional<Checkpoint> checkpoint,
    List<Long> settled,
    Optional<LateRows> late,
    long after) {

  public BatchStep {
    settled = List.copyOf(settled);
  }

  public BatchStep(long number, Optional<Checkpoint> checkpoint, List<Long> settled) {
    this(number, checkpoint, settled, Optional.empty(), 0);
  }

  public BatchStep(long number, Optional<Checkpoint> checkpoint) {
    this(number, checkpoint, List.of());
  }

  /// The same step, with an eye on late rows.
  public BatchStep watching(Optional<LateRows> rows) {
    return new BatchStep(number, checkpoint, settled, rows, after);
  }

  /// The same step, behind another that was committed.
  public BatchStep following(long committed) {
    return new BatchStep(number, checkpoint, settled, late, committed);
  }
}
