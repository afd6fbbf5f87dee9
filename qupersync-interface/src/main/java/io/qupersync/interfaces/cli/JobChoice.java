package io.qupersync.interfaces.cli;

import io.qupersync.domain.job.JobId;
import java.util.List;

/// Which jobs a command is about.
public sealed interface JobChoice {

  record All() implements JobChoice {}

  /// @param jobs one or more, as typed; whether they exist is not known yet
  record Named(List<JobId> jobs) implements JobChoice {
    public Named {
      jobs = List.copyOf(jobs);
      if (jobs.isEmpty()) {
        throw new IllegalArgumentException("no job named");
      }
    }
  }
}
