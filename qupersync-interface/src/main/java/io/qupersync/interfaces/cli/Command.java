package io.qupersync.interfaces.cli;

import io.qupersync.application.sync.RunRequest;
import io.qupersync.domain.job.JobId;
import java.util.Optional;

/// What the user wants done. Complete and consistent in itself; whether its jobs exist only the
/// configuration knows.
public sealed interface Command {

  record Run(JobChoice jobs, RunRequest.Scope scope, RunRequest.Deletes deletes)
      implements Command {}

  record Plan(JobChoice jobs) implements Command {}

  record Validate() implements Command {}

  record Jobs() implements Command {}

  /// @param job empty asks for all, one line each
  record Status(Optional<JobId> job) implements Command {}

  /// @param limit 1 to 1000
  record Runs(Optional<JobId> job, int limit) implements Command {}

  record WatermarkShow(JobId job) implements Command {}

  record Migrate() implements Command {}

  record Version() implements Command {}

  /// @param once end after the table, instead of keeping the databases up
  /// @param scale how many times the usual amount of data, 1 or more
  record Demo(boolean once, int scale) implements Command {}
}
