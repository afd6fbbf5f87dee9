package io.qupersync.application.query;

import io.qupersync.domain.run.RunOutcome;
import java.time.Duration;

/// Something happened to a run of this process.
public sealed interface RunEvent {

  /// How far the run had come then.
  LiveRun live();

  record Started(LiveRun live) implements RunEvent {}

  record Progressed(LiveRun live) implements RunEvent {}

  record Retrying(LiveRun live, int retry, Duration delay, String reason) implements RunEvent {}

  /// The run log has the run's end by now.
  record Ended(LiveRun live, RunOutcome outcome) implements RunEvent {}
}
